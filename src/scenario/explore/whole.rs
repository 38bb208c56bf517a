//! Rules that speak of everything a user could do, judged over what was explored.

use crate::explore::{Chosen, Graph, GraphEdge, GraphState, Kind, Outcome, violation_of};
use crate::rules::{ALL, Edge, EdgeKind, Explored, Judged, Levels, State};
use crate::runtime::monitor::{Found, Weight};

/// What those rules find, as violations with their stories; findings below the threshold are left out.
pub fn judge_rules(
    outcome: &mut Outcome,
    pages: &[String],
    threshold: Weight,
    levels: Option<&Levels>,
) {
    let explored = explored(&outcome.graph, outcome.complete, pages);
    let mut found: Vec<Found> = Vec::new();
    for rule in ALL {
        match rule.judged {
            Judged::Exploration(judge) | Judged::Both(_, judge) => judge(&explored, &mut found),
            Judged::Run(_) => {}
        }
    }
    found.retain_mut(|own| levels.is_none_or(|levels| levels.decide(own)) && own.counts(threshold));
    let violations: Vec<_> = found.iter().map(|own| violation_of(outcome, own)).collect();
    outcome.violations.extend(violations);
    outcome.violations.sort_by_key(|own| own.story.len());
}

/// What was explored, as rules see it.
fn explored(graph: &Graph, is_complete: bool, pages: &[String]) -> Explored {
    Explored {
        states: graph.states.iter().map(state).collect(),
        edges: graph.edges.iter().map(edge).collect(),
        is_complete,
        pages: pages.to_vec(),
    }
}

fn state(own: &GraphState) -> State {
    let seen = &own.seen;
    State {
        stack: seen.stack.clone(),
        refused: seen.refused.clone(),
        has_token: seen.has_token,
        is_expanded: own.is_expanded,
        shows: seen.shows.clone(),
        offers_login: !seen.logins.is_empty(),
        offers_settings: seen.offers_settings,
        has_content: seen.has_content,
        is_asking: seen.is_asking,
        has_home_button: seen.has_home_button,
    }
}

fn edge(own: &GraphEdge) -> Edge {
    let answers = own.chosen.iter().filter_map(|chosen| match chosen {
        Chosen::Answer(key, answer) => Some((key.clone(), answer.clone())),
        Chosen::Fault(..) | Chosen::Other(_) => None,
    });
    Edge {
        from: own.from,
        to: own.to,
        kind: match own.kind {
            Kind::Gesture => EdgeKind::Gesture,
            Kind::Menu => EdgeKind::Menu,
            _ => EdgeKind::World,
        },
        label: own.says.en.clone(),
        answers: answers.collect(),
        calls: own.calls.clone(),
    }
}
