//! The ways of a graph, brought together so that people can read them, and where stories run along them.

use std::collections::{BTreeMap, BTreeSet};

use super::words::chosen;
use crate::explore::{Chosen, Graph, GraphEdge, GraphState, Kind, Outcome, Violation};
use crate::runtime::monitor::Words;

/// All ways from one state to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    /// What can be done, each with the answers and failures that lead there.
    pub(super) acts: Vec<Act>,
}

/// Something that is done.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Act {
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) says: Words,
    /// What was chosen, in each of the ways; an empty text where nothing was to choose.
    pub(super) how: Vec<Words>,
}

/// Ways with the same ends are one, acts with the same key too.
pub(super) fn ways(graph: &Graph) -> Vec<Way> {
    let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut ways: Vec<Way> = Vec::new();
    for edge in &graph.edges {
        let (from, to) = (edge.from, edge.to);
        if from.max(to) >= graph.states.len() {
            continue;
        }
        let at = *places.entry((from, to)).or_insert(ways.len());
        if at == ways.len() {
            ways.push(Way {
                from,
                to,
                acts: Vec::new(),
            });
        }
        ways[at].add(edge);
    }
    ways
}

impl Way {
    fn add(&mut self, edge: &GraphEdge) {
        let how = how(&edge.chosen);
        match self.acts.iter_mut().find(|act| act.key == edge.key) {
            Some(act) if act.how.contains(&how) => {}
            Some(act) => act.how.push(how),
            None => self.acts.push(Act {
                key: edge.key.clone(),
                kind: edge.kind,
                says: edge.says.clone(),
                how: vec![how],
            }),
        }
    }

    /// Whether the state stays the same.
    pub(super) fn is_loop(&self) -> bool {
        self.from == self.to
    }
}

impl Act {
    /// The act with at most so many of its alternatives.
    pub(super) fn label(&self, alternatives_max: usize) -> Words {
        let told: Vec<&Words> = self.how.iter().filter(|how| !how.en.is_empty()).collect();
        if told.is_empty() {
            return self.says.clone();
        }
        let silent = usize::from(told.len() < self.how.len());
        let more = told.len().saturating_sub(alternatives_max);
        let join = |word: &dyn Fn(&Words) -> String| {
            let shown = told.iter().take(alternatives_max).map(|how| word(how));
            let silent = (silent > 0).then(|| "–".to_owned());
            let more = (more > 0).then(|| format!("+{more}"));
            let parts: Vec<String> = silent.into_iter().chain(shown).chain(more).collect();
            parts.join(" | ")
        };
        Words::new(
            format!("{}: {}", self.says.en, join(&|how| how.en.clone())),
            format!("{}：{}", self.says.zh, join(&|how| how.zh.clone())),
        )
    }
}

/// What was chosen, one after the other.
pub(super) fn how(all: &[Chosen]) -> Words {
    let words: Vec<Words> = all.iter().map(chosen).collect();
    let join = |word: fn(&Words) -> &str| words.iter().map(word).collect::<Vec<_>>().join(", ");
    Words::new(join(|words| &words.en), join(|words| &words.zh))
}

/// For each state the edge with which its shortest story ends; `None` where the program begins.
pub(super) fn shortest(graph: &Graph) -> Vec<Option<usize>> {
    let mut best: Vec<Option<usize>> = vec![None; graph.states.len()];
    for (number, edge) in graph.edges.iter().enumerate() {
        let (Some(from), Some(to)) = (graph.states.get(edge.from), graph.states.get(edge.to))
        else {
            continue;
        };
        let leads = from.choices.len() < to.choices.len() && to.choices.starts_with(&from.choices);
        let length = |edge: usize| graph.states[graph.edges[edge].from].choices.len();
        let is_nearer = best[edge.to].is_none_or(|known| length(known) < from.choices.len());
        if leads && is_nearer {
            best[edge.to] = Some(number);
        }
    }
    best
}

/// The edges of the shortest story to a state, first to last.
pub(super) fn story_of(state: usize, shortest: &[Option<usize>], graph: &Graph) -> Vec<usize> {
    let mut story = Vec::new();
    let mut next = shortest.get(state).copied().flatten();
    while let Some(edge) = next {
        // Each edge comes from a state with fewer choices, so this ends.
        story.push(edge);
        next = shortest[graph.edges[edge].from];
    }
    story.reverse();
    story
}

/// Where the story of a violation runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trail {
    /// States, first to last.
    pub(super) states: Vec<usize>,
    /// Numbers of edges between them.
    pub(super) edges: Vec<usize>,
}

/// Follows the choices of a violation through the graph as far as they are in it.
pub(super) fn trail(violation: &Violation, graph: &Graph) -> Trail {
    let numbers: Vec<u32> = violation
        .choices
        .split(',')
        .filter_map(|word| word.trim().parse().ok())
        .collect();
    let begins = |state: &&(usize, &GraphState)| numbers.starts_with(&state.1.choices);
    let all: Vec<(usize, &GraphState)> = graph.states.iter().enumerate().collect();
    let first = all
        .iter()
        .filter(begins)
        .min_by_key(|(_, state)| state.choices.len());
    let Some((first, state)) = first.copied() else {
        return Trail::default();
    };
    let mut trail = Trail {
        states: vec![first],
        edges: Vec::new(),
    };
    let mut keys = violation
        .keys
        .get(state.choices.len()..)
        .unwrap_or_default();
    let mut at = first;
    while let Some((key, after)) = keys.split_first() {
        let ways = graph
            .edges
            .iter()
            .enumerate()
            .filter(|(_, edge)| edge.from == at && edge.key == *key);
        let fitting =
            ways.filter_map(|(number, edge)| Some((number, edge, follow(&edge.chosen, after)?)));
        // Of several the one that leads to a state on the way of the numbers.
        let rank = |edge: &GraphEdge| {
            let to = graph.states.get(edge.to);
            to.is_some_and(|to| edge.to != at && numbers.starts_with(&to.choices))
        };
        let Some((number, edge, used)) =
            fitting.max_by_key(|(number, edge, used)| (*used, rank(edge), usize::MAX - number))
        else {
            break;
        };
        trail.edges.push(number);
        trail.states.push(edge.to);
        at = edge.to;
        keys = &after[used..];
    }
    trail
}

/// How many of the keys are used up by what was chosen within an action; `None` when they tell of something else.
fn follow(chosen: &[Chosen], keys: &[String]) -> Option<usize> {
    let mut used = 0;
    for one in chosen {
        let key = match one {
            Chosen::Answer(key, answer) => format!("{key}={answer}"),
            Chosen::Fault(api, fault) => format!("{api} fails: {fault}"),
            Chosen::Other(what) => what.clone(),
        };
        while keys.get(used)? == USUAL {
            used += 1;
        }
        if keys[used] != key {
            return None;
        }
        used += 1;
    }
    while keys.get(used).is_some_and(|key| key == USUAL) {
        used += 1;
    }
    Some(used)
}

/// The key of a choice by which nothing goes otherwise.
const USUAL: &str = "usual";

/// States at the ends of the violations' stories.
pub(super) fn broken(outcome: &Outcome) -> BTreeSet<usize> {
    let all = outcome.violations.iter();
    all.filter_map(|violation| trail(violation, &outcome.graph).states.last().copied())
        .collect()
}

/// The page that a state shows; empty when the program does not run.
pub(super) fn page_of(state: &GraphState) -> &str {
    state.seen.stack.last().map_or("", String::as_str)
}

/// Pages in the order in which they were found.
pub(super) fn pages(graph: &Graph) -> Vec<&str> {
    let mut pages = Vec::new();
    for state in &graph.states {
        let page = page_of(state);
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::{broken, shortest, story_of, trail, ways};
    use crate::report::explored::fixture::outcome;

    #[test]
    fn ways_that_differ_in_answers_are_one() {
        let outcome = outcome();
        let ways = ways(&outcome.graph);
        assert_eq!(
            ways.iter()
                .map(|way| (way.from, way.to))
                .collect::<Vec<_>>(),
            [(0, 1), (0, 0), (1, 2), (1, 0)]
        );
        assert_eq!(ways[0].acts.len(), 1);
        let label = ways[0].acts[0].label(9);
        assert_eq!(
            label.en,
            "tap button \"Log in\": phone=deny | phone=dismiss"
        );
        assert_eq!(
            ways[0].acts[0].label(1).zh,
            "tap button \"Log in\"：phone=deny | +1"
        );
        assert!(ways[1].is_loop());
    }

    #[test]
    fn a_violation_leads_along_its_edges() {
        let outcome = outcome();
        let trail = trail(&outcome.violations[0], &outcome.graph);
        assert_eq!(trail.states, [0, 1, 2]);
        assert_eq!(trail.edges, [0, 3]);
        assert_eq!(broken(&outcome).into_iter().collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn what_is_not_in_the_graph_ends_the_trail() {
        let outcome = outcome();
        let mut violation = outcome.violations[0].clone();
        violation.keys.truncate(2);
        violation.keys.push("something else".to_owned());
        let all = trail(&violation, &outcome.graph);
        assert_eq!(all.states, [0]);
        violation.choices = "7".to_owned();
        assert_eq!(trail(&violation, &outcome.graph), super::Trail::default());
    }

    #[test]
    fn the_shortest_story_is_the_one_of_the_choices() {
        let graph = outcome().graph;
        let shortest = shortest(&graph);
        assert_eq!(shortest, [None, Some(0), Some(3)]);
        assert_eq!(story_of(2, &shortest, &graph), [0, 3]);
    }
}
