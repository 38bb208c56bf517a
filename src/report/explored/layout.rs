//! Where states are drawn: a band for each page, a column for each length of story.
//!
//! Within its band and column a state stands near those that lead to it and those that it leads to: a few sweeps put each
//! column into the order of the middles of its neighbours.

use std::collections::BTreeMap;

use super::ways::{Way, page_of, pages, shortest, story_of};
use crate::explore::Graph;

/// Size of the box of a state.
pub(super) const BOX: (usize, usize) = (184, 38);
/// From one column to the next, and from one row to the next.
const STEP: (usize, usize) = (256, 82);
/// Left of the first column, and above the first row of a band: the name of the page, and the labels of the first box.
const EDGE: (usize, usize) = (20, 60);
/// Below the last row of a band.
const BELOW: usize = 4;
/// How often the columns are put in order, there and back.
const SWEEPS: usize = 4;

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bands: Vec<Band>,
    /// Left upper corners of the states' boxes, by number; `None` for those that are not drawn.
    pub(super) places: Vec<Option<(usize, usize)>>,
}

/// The states of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    /// Its route; empty when the program does not run.
    pub(super) page: String,
    pub(super) top: usize,
    pub(super) height: usize,
}

/// States by band, then by column, in the order of their rows.
type Columns = BTreeMap<(usize, usize), Vec<usize>>;

/// Places the states for which `is_drawn` holds.
pub(super) fn layout(graph: &Graph, ways: &[Way], is_drawn: &[bool]) -> Layout {
    let shortest = shortest(graph);
    let ranks: Vec<usize> = (0..graph.states.len())
        .map(|state| story_of(state, &shortest, graph).len())
        .collect();
    let pages = pages(graph);
    let mut columns = Columns::new();
    for (state, own) in graph.states.iter().enumerate() {
        let band = pages
            .iter()
            .position(|page| *page == page_of(own))
            .unwrap_or(0);
        if is_drawn[state] {
            columns.entry((band, ranks[state])).or_default().push(state);
        }
    }
    put_in_order(&mut columns, ways, graph.states.len());
    placed(&columns, &pages, graph.states.len())
}

fn put_in_order(columns: &mut Columns, ways: &[Way], count: usize) {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); count];
    for way in ways.iter().filter(|way| !way.is_loop()) {
        near[way.from].push(way.to);
        near[way.to].push(way.from);
    }
    let mut rows = vec![0.0_f64; count];
    for column in columns.values() {
        number(column, &mut rows);
    }
    for sweep in 0..SWEEPS {
        let mut all: Vec<&mut Vec<usize>> = columns.values_mut().collect();
        if sweep % 2 == 1 {
            all.reverse();
        }
        for column in all {
            let middle = |state: usize| -> f64 {
                let own = &near[state];
                let sum: f64 = own.iter().map(|other| rows[*other]).sum();
                if own.is_empty() {
                    rows[state]
                } else {
                    sum / as_number(own.len())
                }
            };
            let mut sorted: Vec<(f64, usize)> = column
                .iter()
                .map(|state| (middle(*state), *state))
                .collect();
            sorted.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            *column = sorted.into_iter().map(|(_, state)| state).collect();
            number(column, &mut rows);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of rows")]
fn as_number(count: usize) -> f64 {
    count as f64
}

/// The rows of a column, counted from its middle.
fn number(column: &[usize], rows: &mut [f64]) {
    let half = as_number(column.len()) / 2.0;
    for (row, state) in column.iter().enumerate() {
        rows[*state] = as_number(row) - half;
    }
}

fn placed(columns: &Columns, pages: &[&str], count: usize) -> Layout {
    let mut layout = Layout {
        places: vec![None; count],
        ..Layout::default()
    };
    let mut top = 0;
    for (band, page) in pages.iter().enumerate() {
        let own = columns.iter().filter(|((of, _), _)| *of == band);
        let tallest = own
            .clone()
            .map(|(_, column)| column.len())
            .max()
            .unwrap_or(0);
        if tallest == 0 {
            continue;
        }
        for ((_, rank), column) in own {
            let first = top + EDGE.1 + (tallest - column.len()) * STEP.1 / 2;
            let left = EDGE.0 + rank * STEP.0;
            layout.width = layout.width.max(left + BOX.0 + EDGE.0);
            for (row, state) in column.iter().enumerate() {
                layout.places[*state] = Some((left, first + row * STEP.1));
            }
        }
        let height = EDGE.1 + tallest * STEP.1 + BELOW;
        layout.bands.push(Band {
            page: (*page).to_owned(),
            top,
            height,
        });
        top += height;
    }
    layout.height = top;
    layout
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::layout;
    use crate::explore::Graph;
    use crate::report::explored::fixture::{edge, outcome, state};
    use crate::report::explored::ways::ways;

    #[test]
    fn a_page_is_a_band_and_a_longer_story_stands_further_right() {
        let graph = outcome().graph;
        let layout = layout(&graph, &ways(&graph), &[true, true, true]);
        let places: Vec<(usize, usize)> = layout.places.iter().copied().flatten().collect();
        assert!(
            places[0].0 < places[1].0 && places[1].0 < places[2].0,
            "{places:?}"
        );
        assert_eq!(layout.bands.len(), 2);
        let second = &layout.bands[1];
        assert!(places[0].1 < second.top && places[1].1 > second.top);
        assert_eq!(layout.height, second.top + second.height);
    }

    #[test]
    fn no_two_states_stand_at_one_place() {
        let count = 300;
        let states = (0..count).map(|number: u32| {
            let choices: Vec<u32> = (0..=number % 7)
                .map(|at| if at == 0 { number } else { 0 })
                .collect();
            state(&format!("pages/p{}", number % 4), "x", &choices)
        });
        let edges = (1..300).map(|number| edge(number / 3, number, "tap", &[]));
        let graph = Graph {
            states: states.collect(),
            edges: edges.collect(),
        };
        let layout = layout(&graph, &ways(&graph), &[true; 300]);
        let places: BTreeSet<(usize, usize)> = layout.places.iter().copied().flatten().collect();
        assert_eq!(places.len(), 300);
    }

    #[test]
    fn what_is_not_drawn_takes_no_room() {
        let graph = outcome().graph;
        let layout = layout(&graph, &ways(&graph), &[true, false, false]);
        assert_eq!(layout.bands.len(), 1);
        assert_eq!(layout.places.iter().flatten().count(), 1);
    }
}
