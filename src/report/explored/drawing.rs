//! The graph as SVG within a page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::html::{both, escaped, phrase};
use super::layout::{BOX, Band, Layout};
use super::ways::{Way, how, shortest};
use super::words::{NOTHING, START};
use crate::explore::{Graph, GraphEdge, GraphState, Kind};
use crate::report::suite::plain::{one_line, width};
use crate::runtime::monitor::Words;

/// Columns of text that a box has room for.
const COLUMNS_MAX: usize = 25;
/// Columns of text above a box.
const ABOVE_MAX: usize = 34;
/// From how many ways on only those of the shortest stories are drawn at first.
const WAYS_MAX: usize = 150;

/// The drawing.
pub(super) fn drawing(
    graph: &Graph,
    ways: &[Way],
    layout: &Layout,
    broken: &BTreeSet<usize>,
) -> String {
    let shortest = shortest(graph);
    let all = if ways.len() <= WAYS_MAX {
        " class=\"all\""
    } else {
        ""
    };
    let (width, height) = (layout.width, layout.height);
    let mut text = format!(
        "<svg id=\"graph\"{all} viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\">\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         markerUnits=\"userSpaceOnUse\" \
         orient=\"auto-start-reverse\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n"
    );
    text.extend(layout.bands.iter().map(|one| band(one, width)));
    for (number, way) in ways.iter().enumerate() {
        let is_short = shortest[way.to].is_some_and(|edge| graph.edges[edge].from == way.from);
        if let (Some(from), Some(to)) = (layout.places[way.from], layout.places[way.to])
            && !way.is_loop()
        {
            text.push_str(&arrow(number, way, from, to, is_short));
        }
    }
    for (number, state) in graph.states.iter().enumerate() {
        if let Some(place) = layout.places[number] {
            let via = shortest[number].map(|edge| &graph.edges[edge]);
            text.push_str(&node(number, state, place, via, broken.contains(&number)));
        }
    }
    text + "</svg>\n"
}

fn band(band: &Band, width: usize) -> String {
    let (top, height) = (band.top, band.height - 6);
    let name = match band.page.as_str() {
        "" => spans(&NOTHING.words()),
        page => escaped(page),
    };
    format!(
        "<rect class=\"band\" x=\"0\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>\
         <text class=\"page\" x=\"10\" y=\"{}\">{name}</text>\n",
        top + 18
    )
}

fn arrow(
    number: usize,
    way: &Way,
    from: (usize, usize),
    to: (usize, usize),
    is_short: bool,
) -> String {
    let (wide, high) = BOX;
    let middle = |place: (usize, usize)| place.1 + high / 2;
    let path = if from.0 < to.0 {
        let (x, y, to_x, to_y) = (from.0 + wide, middle(from), to.0, middle(to));
        let bend = (to_x - x) / 2;
        format!(
            "M{x} {y}C{} {y} {} {to_y} {to_x} {to_y}",
            x + bend,
            to_x - bend
        )
    } else {
        // Back, or within a column: around the right side, and from below.
        let (x, y) = (from.0 + wide / 2, from.1 + high);
        let (to_x, to_y) = (to.0 + wide / 2, to.1 + high);
        let low = y.max(to_y) + 24;
        format!(
            "M{x} {y}C{} {low} {} {low} {to_x} {to_y}",
            x + 20,
            to_x + 20
        )
    };
    let kind = way
        .acts
        .first()
        .map_or("gesture", |act| kind_name(act.kind));
    let short = if is_short { " short" } else { "" };
    let labels: Vec<String> = way
        .acts
        .iter()
        .take(6)
        .map(|act| one_line(&act.label(6).en))
        .collect();
    format!(
        "<path class=\"way {kind}{short}\" id=\"w{number}\" d=\"{path}\" marker-end=\"url(#arrow)\"><title>{}</title></path>\n",
        escaped(&labels.join("\n"))
    )
}

/// The class of a kind.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Menu => "menu",
        Kind::World => "world",
        _ => "gesture",
    }
}

fn node(
    number: usize,
    state: &GraphState,
    place: (usize, usize),
    via: Option<&GraphEdge>,
    is_broken: bool,
) -> String {
    let (x, y) = place;
    let (wide, high) = BOX;
    let mut class = String::from("state");
    for (name, holds) in [
        ("start", via.is_none()),
        ("broken", is_broken),
        ("open", !state.is_expanded),
    ] {
        if holds {
            let _ = write!(class, " {name}");
        }
    }
    let shows = match state.seen.shows.as_str() {
        "" => "–".to_owned(),
        shows => cut(&one_line(shows), COLUMNS_MAX),
    };
    let mark = if is_broken { "✗ " } else { "" };
    format!(
        "<g class=\"{class}\" id=\"s{number}\" role=\"button\" tabindex=\"-1\"><title>{number}: {}</title>\
         {}<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" rx=\"6\"/>\
         <text class=\"number\" x=\"{}\" y=\"{}\">{mark}{number}</text><text x=\"{}\" y=\"{}\">{}</text></g>\n",
        escaped(&state.seen.shows),
        above(place, via),
        x + 8,
        y + 14,
        x + 8,
        y + 30,
        escaped(&shows)
    )
}

/// Above a box: what was done to come there, and below that what was chosen.
fn above(place: (usize, usize), via: Option<&GraphEdge>) -> String {
    let (x, y) = place;
    let lines = match via {
        None => vec![START.words()],
        Some(edge) if edge.chosen.is_empty() => vec![edge.says.clone()],
        Some(edge) => vec![edge.says.clone(), how(&edge.chosen)],
    };
    let last = lines.len();
    let lines = lines.iter().enumerate().map(|(number, words)| {
        let words = Words::new(cut(&words.en, ABOVE_MAX), cut(&words.zh, ABOVE_MAX));
        let low = y.saturating_sub(5 + (last - 1 - number) * 14);
        format!(
            "<text class=\"came\" x=\"{x}\" y=\"{low}\">{}</text>",
            spans(&words)
        )
    });
    lines.collect()
}

/// How a state was come to: what was done, and what was chosen.
pub(super) fn came(edge: &GraphEdge) -> Words {
    let how = how(&edge.chosen);
    if how.en.is_empty() {
        return edge.says.clone();
    }
    Words::new(
        format!("{} · {}", edge.says.en, how.en),
        format!("{} · {}", edge.says.zh, how.zh),
    )
}

/// Both languages within SVG.
fn spans(words: &Words) -> String {
    both(words)
        .replace("<span ", "<tspan ")
        .replace("</span>", "</tspan>")
}

/// Text of at most so many columns.
fn cut(text: &str, columns: usize) -> String {
    let text = one_line(text);
    if width(&text) <= columns {
        return text;
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if width(&short) >= columns {
            short.pop();
            break;
        }
    }
    short + "…"
}

/// What the colours mean.
pub(super) fn legend() -> String {
    use super::words::Phrase;
    let entries = [
        (
            "gesture",
            Phrase("the user does something on the page", "用户在页面上操作"),
        ),
        ("menu", Phrase("back, tabs, menu", "返回、标签页、菜单")),
        ("world", Phrase("from outside", "外部变化")),
        (
            "broken",
            Phrase("something does not hold here", "此处存在问题"),
        ),
    ];
    let entries = entries
        .map(|(class, words)| format!("<span class=\"key {class}\">{}</span>", phrase(words)));
    format!("<p class=\"legend\">{}</p>\n", entries.join(" "))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_to_its_columns() {
        assert_eq!(cut("手机号登录", 6), "手机…");
        assert_eq!(cut("手机号登录", 7), "手机号…");
        assert_eq!(cut("short\nlines", 30), "short lines");
        assert!(cut(&"x".repeat(10_000), 25).chars().count() <= 25);
    }
}
