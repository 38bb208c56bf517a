//! What only everything that was explored shows.

use std::collections::BTreeSet;

use crate::explore::{Outcome, Violation};
use crate::runtime::monitor::{Weight, Words};

/// When a property has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// In every state.
    Always,
    /// In one state at least.
    Sometimes,
    /// From every state one in which it holds can still be reached.
    Eventually,
}

/// Adds what only the whole shows: properties that hold nowhere, or cannot come to hold from somewhere. `_homes` are
/// the pages from which a user can go anywhere.
pub(super) fn judge(
    outcome: &mut Outcome,
    properties: &[(When, String)],
    _homes: &BTreeSet<String>,
) {
    for (number, (when, name)) in properties.iter().enumerate() {
        let lost = match when {
            When::Always => continue,
            When::Sometimes => nowhere(outcome, number).then_some(0),
            When::Eventually => lost(outcome, number),
        };
        let says = match when {
            When::Sometimes => Words::new("it holds in no state", "在任何状态下都不成立"),
            _ => Words::new(
                "it cannot come to hold from here",
                "从这里开始再也不可能成立",
            ),
        };
        if let Some(state) = lost {
            let own = violation(outcome, state, name, says);
            outcome.violations.push(own);
        } else if *when == When::Sometimes && !outcome.complete && nowhere_yet(outcome, number) {
            outcome.undecided.push(name.clone());
        }
    }
}

fn nowhere_yet(outcome: &Outcome, number: usize) -> bool {
    let mut states = outcome.graph.states.iter();
    !states.any(|state| state.holds.contains(&number))
}

fn nowhere(outcome: &Outcome, number: usize) -> bool {
    outcome.complete && nowhere_yet(outcome, number)
}

/// The first state from which a property cannot come to hold.
fn lost(outcome: &Outcome, number: usize) -> Option<usize> {
    let graph = &outcome.graph;
    let mut states: Vec<usize> = (0..graph.states.len()).collect();
    states.sort_by_key(|state| graph.states[*state].cost);
    states.into_iter().find(|state| {
        let mut reached = BTreeSet::from([*state]);
        let mut open = vec![*state];
        while let Some(from) = open.pop() {
            let ways = graph.edges.iter().filter(|edge| edge.from == from);
            open.extend(ways.map(|edge| edge.to).filter(|to| reached.insert(*to)));
        }
        let state = |number: &usize| &graph.states[*number];
        reached.iter().all(|own| state(own).is_expanded)
            && !reached.iter().any(|own| state(own).holds.contains(&number))
    })
}

fn violation(outcome: &Outcome, state: usize, property: &str, says: Words) -> Violation {
    let choices = outcome.graph.states.get(state).map(|own| &own.choices);
    let numbers: Vec<String> = choices.into_iter().flatten().map(u32::to_string).collect();
    Violation {
        property: property.to_owned(),
        weight: Weight::Error,
        says,
        story: Vec::new(),
        choices: numbers.join(","),
        replay: String::new(),
        keys: Vec::new(),
        did: Vec::new(),
        causes: Vec::new(),
        at: None,
        source_line: String::new(),
        page: String::new(),
    }
}
