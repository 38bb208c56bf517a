//! Properties of everything that was explored: they speak of what can still happen from a state.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arrival::{Chosen, Did, Kind};
use super::moves::MENU;
use super::outcome::{Graph, GraphEdge, GraphState, Outcome, Violation};
use super::search::written;
use crate::runtime::monitor::{Found, Weight, Words};

/// When a property of the author's has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// In every state.
    Always,
    /// In one state at least.
    Sometimes,
    /// From every state one in which it holds can still be reached.
    Eventually,
}

impl When {
    /// The flag and key that says so.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Sometimes => "sometimes",
            Self::Eventually => "eventually",
        }
    }
}

/// What is judged besides the rules.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// Properties of the author's, by number.
    pub properties: Vec<(When, String)>,
    /// Routes from which a user can go anywhere: the first page and the tabs.
    pub homes: BTreeSet<String>,
    /// Buttons that did something once and may do nothing any more from the first state on, as they are called; no others
    /// are judged then.
    pub buttons: Vec<String>,
}

/// Calls that a login or payment button makes.
const WEIGHTY: [&str; 5] = [
    "login",
    "requestPayment",
    "getUserProfile",
    "button.getPhoneNumber",
    "button.getUserInfo",
];

/// Adds what only the whole shows: states without a way out, buttons that do nothing any more, properties that hold
/// nowhere or cannot come to hold. What lies behind states from which not everything was tried is not judged.
pub fn judge_whole(outcome: &mut Outcome, whole: &Whole) {
    let ways = Ways::of(&outcome.graph);
    let mut found = dead_ends(&outcome.graph, &ways, whole);
    found.extend(match whole.buttons.as_slice() {
        [] => dead_buttons(&outcome.graph, &ways),
        buttons => dead_from_start(&outcome.graph, &ways, buttons),
    });
    for (number, (when, name)) in whole.properties.iter().enumerate() {
        match when {
            When::Always => {}
            When::Sometimes => sometimes(outcome, number, name),
            When::Eventually => found.extend(eventually(outcome, &ways, number, name)),
        }
    }
    outcome.violations.extend(found);
    outcome.violations.sort_by_key(|own| own.story.len());
}

/// A finding of a rule that speaks of the whole, as a violation with the story of its state.
pub fn violation_of(outcome: &Outcome, found: &Found) -> Violation {
    let state = found.data["state"]
        .as_u64()
        .and_then(|state| usize::try_from(state).ok());
    with_story(&outcome.graph, state.unwrap_or(0), Violation::of(found))
}

/// Which states lead to which.
struct Ways {
    on: BTreeMap<usize, BTreeSet<usize>>,
}

impl Ways {
    fn of(graph: &Graph) -> Self {
        let mut on: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for edge in &graph.edges {
            on.entry(edge.from).or_default().insert(edge.to);
        }
        Self { on }
    }

    /// States that can be reached from one, itself among them.
    fn reached(&self, from: usize) -> BTreeSet<usize> {
        self.reached_within(from, u32::MAX)
    }

    /// The same within so many actions.
    fn reached_within(&self, from: usize, actions: u32) -> BTreeSet<usize> {
        let mut reached = BTreeSet::from([from]);
        let mut queue = VecDeque::from([(from, 0)]);
        while let Some((state, length)) = queue.pop_front() {
            if length == actions {
                continue;
            }
            for next in self.on.get(&state).into_iter().flatten() {
                if reached.insert(*next) {
                    queue.push_back((*next, length + 1));
                }
            }
        }
        reached
    }
}

/// Actions within which a button has to do something again, where not everything could be tried.
const ACTIONS: u32 = 1;

/// Whether everything was tried from those states.
fn all_tried(graph: &Graph, states: &BTreeSet<usize>) -> bool {
    states.iter().all(|state| graph.states[*state].is_expanded)
}

/// States whose gestures lead nowhere, not even to a page from which a user can go on.
fn dead_ends(graph: &Graph, ways: &Ways, whole: &Whole) -> Vec<Violation> {
    let mut found: Vec<Violation> = Vec::new();
    // The shortest story of each page.
    let mut states: Vec<(usize, &GraphState)> = graph.states.iter().enumerate().collect();
    states.sort_by_key(|(_, state)| state.cost);
    for (number, state) in states {
        let seen = &state.seen;
        let Some(page) = seen.stack.last() else {
            continue;
        };
        if whole.homes.contains(page)
            || seen.is_asking
            || seen.has_home_button
            || !state.is_expanded
        {
            continue;
        }
        let leads_on = |edge: &GraphEdge| edge.kind != Kind::World && !edge.key.starts_with(MENU);
        let by_user = |edge: &&GraphEdge| edge.from == number && leads_on(edge);
        if graph
            .edges
            .iter()
            .filter(by_user)
            .any(|edge| edge.to != number)
        {
            continue;
        }
        let reached = ways.reached(number);
        if !all_tried(graph, &reached) || found.iter().any(|own| own.page == *page) {
            continue;
        }
        let says = Words::new(
            format!(
                "on {page} nothing that the user does changes anything, and nothing leads away"
            ),
            format!("在 {page} 上，用户的任何操作都没有变化，也无法离开"),
        );
        found.push(told(graph, number, "dead-end", says));
    }
    found
}

/// What came of a gesture in a state.
#[derive(Default)]
struct Came<'a> {
    edges: Vec<&'a GraphEdge>,
}

impl Came<'_> {
    fn does_something(&self) -> bool {
        let does = |edge: &&GraphEdge| !edge.calls.is_empty() || edge.to != edge.from;
        self.edges.iter().any(does)
    }
}

/// The property of login and payment buttons that go on working.
pub const DEAD_BUTTON: &str = "dead-button";

/// Login and payment buttons that do nothing any more after something failed, and never will again. What is not there any
/// more has done its work: an order is paid, a login has succeeded.
fn dead_buttons(graph: &Graph, ways: &Ways) -> Vec<Violation> {
    // By page and button.
    let mut buttons: BTreeMap<(&str, &str), BTreeMap<usize, Came<'_>>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| edge.kind == Kind::Gesture) {
        let of_button = buttons.entry((page_of(graph, edge.from), &edge.key));
        let came = of_button.or_default().entry(edge.from).or_default();
        came.edges.push(edge);
    }
    let mut found = Vec::new();
    for ((_, button), states) in &buttons {
        let all = || states.values().flat_map(|came| &came.edges);
        let is_weighty = |edge: &&&GraphEdge| WEIGHTY.iter().any(|api| edge.calls.contains(*api));
        if !all().any(|edge| is_weighty(&edge)) {
            continue;
        }
        let works = |state: usize| states.get(&state).is_some_and(Came::does_something);
        let dead = all().find(|edge| {
            let stays = page_of(graph, edge.to) == page_of(graph, edge.from);
            let is_there = states.contains_key(&edge.to)
                || graph.states[edge.to].seen.idle.contains_key(*button);
            edge.chosen.iter().any(is_failure)
                && stays
                && is_there
                && is_dead(graph, ways, edge.to, &works)
        });
        found.extend(dead.map(|edge| told_dead(graph, edge.to, &edge.says)));
    }
    found
}

/// Of buttons that did something once, those that do nothing any more from the first state on.
fn dead_from_start(graph: &Graph, ways: &Ways, buttons: &[String]) -> Vec<Violation> {
    let dead = buttons.iter().filter(|button| {
        let gestures = graph.edges.iter().filter(|edge| edge.says.en == **button);
        let mut states: BTreeMap<usize, Came<'_>> = BTreeMap::new();
        for edge in gestures {
            states.entry(edge.from).or_default().edges.push(edge);
        }
        let works = |state: usize| states.get(&state).is_some_and(Came::does_something);
        let idle = |first: &GraphState| first.seen.idle.values().any(|own| own == *button);
        let is_there = states.contains_key(&0) || graph.states.first().is_some_and(idle);
        is_there && is_dead(graph, ways, 0, &works)
    });
    dead.map(|button| told_dead(graph, 0, &Words::new(button, button)))
        .collect()
}

/// The page on top in a state.
fn page_of(graph: &Graph, state: usize) -> &str {
    let stack = graph.states.get(state).map(|state| &state.seen.stack);
    stack
        .and_then(|stack| stack.last())
        .map_or("", String::as_str)
}

/// Whether a button that works in those states does nothing from a state on.
fn is_dead(graph: &Graph, ways: &Ways, from: usize, works: &dyn Fn(usize) -> bool) -> bool {
    if graph.states.get(from).is_none_or(|own| own.seen.is_asking) {
        return false;
    }
    let whole = ways.reached(from);
    let reached = if all_tried(graph, &whole) {
        whole
    } else {
        // On another page there is no such button: what can be done there need not be tried.
        let mut near = ways.reached_within(from, ACTIONS);
        near.retain(|state| page_of(graph, *state) == page_of(graph, from));
        near
    };
    all_tried(graph, &reached) && !reached.iter().any(|state| works(*state))
}

/// A dead button, with how many choices behind its state show it.
fn told_dead(graph: &Graph, state: usize, button: &Words) -> Violation {
    let says = Words::new(
        format!(
            "{} does nothing any more, whatever the user does",
            button.en
        ),
        format!("“{}”之后不再有任何反应，用户怎么操作都一样", button.zh),
    );
    let choices = choices_within(graph, state, ACTIONS + 1).max(1);
    let data = json!({ "button": button.en, "choices": choices });
    Violation {
        data,
        ..told(graph, state, DEAD_BUTTON, says)
    }
}

/// The most choices of so many actions one after the other.
fn choices_within(graph: &Graph, state: usize, actions: u32) -> usize {
    let Some(rest) = actions.checked_sub(1) else {
        return 0;
    };
    let edges = graph.edges.iter().filter(|edge| edge.from == state);
    let lengths = edges.map(|edge| 1 + edge.chosen.len() + choices_within(graph, edge.to, rest));
    lengths.max().unwrap_or(0)
}

fn is_failure(chosen: &Chosen) -> bool {
    match chosen {
        Chosen::Answer(_, answer) => matches!(
            answer.as_str(),
            "deny"
                | "dismiss"
                | "cancel"
                | "refuse"
                | "wrongPassword"
                | "notEnough"
                | "timeout"
                | "lostCallback"
        ),
        Chosen::Fault(..) => true,
        Chosen::Other(_) => false,
    }
}

fn sometimes(outcome: &mut Outcome, number: usize, name: &str) {
    if outcome
        .graph
        .states
        .iter()
        .any(|state| state.holds.contains(&number))
    {
        return;
    }
    if let Some(own) = unjudged(outcome, number, name) {
        outcome.violations.push(own);
    } else if outcome.complete {
        let says = Words::new("it holds in no state", "在任何状态下都不成立");
        let own = told(&outcome.graph, 0, name, says);
        outcome.violations.push(own);
    } else {
        outcome.undecided.push(name.to_owned());
    }
}

/// A property that holds in no state and goes wrong in one.
fn unjudged(outcome: &Outcome, number: usize, name: &str) -> Option<Violation> {
    let why = outcome.unjudged.get(&number)?;
    let says = Words::new(
        format!("it holds in no state, and cannot be judged: {why}"),
        format!("在任何状态下都不成立，且无法判断：{why}"),
    );
    let mut states = outcome.graph.states.iter();
    let holds = states.any(|state| state.holds.contains(&number));
    (!holds).then(|| told(&outcome.graph, 0, name, says))
}

/// The first state from which a property cannot come to hold.
fn eventually(outcome: &Outcome, ways: &Ways, number: usize, name: &str) -> Option<Violation> {
    if let Some(own) = unjudged(outcome, number, name) {
        return Some(own);
    }
    let graph = &outcome.graph;
    let mut states: Vec<usize> = (0..graph.states.len()).collect();
    states.sort_by_key(|state| graph.states[*state].cost);
    let lost = states.into_iter().find(|state| {
        let reached = ways.reached(*state);
        let holds = |state: &usize| graph.states[*state].holds.contains(&number);
        !graph.states[*state].seen.is_asking
            && !reached.iter().any(holds)
            && all_tried(graph, &reached)
    })?;
    let says = Words::new(
        "it cannot come to hold from here",
        "从这里开始再也不可能成立",
    );
    Some(told(graph, lost, name, says))
}

/// A violation in a state, with the story that leads there.
fn told(graph: &Graph, state: usize, property: &str, says: Words) -> Violation {
    let page = page_of(graph, state).to_owned();
    let own = Violation::new(property, Weight::Error, says);
    with_story(graph, state, Violation { page, ..own })
}

/// Gives a violation the story that leads to a state.
fn with_story(graph: &Graph, state: usize, mut own: Violation) -> Violation {
    let Some(at) = graph.states.get(state) else {
        return own;
    };
    own.choices = written(&at.choices);
    for (says, did) in graph.story(state) {
        own.story.push(says);
        own.did.push(did);
    }
    own
}

impl Graph {
    /// What is chosen on the shortest way to a state, in words, with what a test would do.
    pub fn story(&self, state: usize) -> Vec<(Words, Did)> {
        let mut edges = Vec::new();
        let mut next = self.states.get(state).and_then(|state| state.parent);
        while let Some(edge) = next.and_then(|edge| self.edges.get(edge)) {
            edges.push(edge);
            next = self.states[edge.from].parent;
            if edges.len() > self.states.len() {
                break;
            }
        }
        let mut story = Vec::new();
        let first = edges.last().map_or(state, |edge| edge.from);
        if let Some(state) = self.states.get(first) {
            story.extend(state.began.iter().map(chosen_words));
        }
        for edge in edges.into_iter().rev() {
            story.push((edge.says.clone(), edge.did.clone()));
            story.extend(edge.chosen.iter().map(chosen_words));
        }
        story
    }
}

/// Something chosen within an action, in words.
fn chosen_words(chosen: &Chosen) -> (Words, Did) {
    match chosen {
        Chosen::Answer(key, answer) => (
            Words::new(
                format!("the user answers {key} with {answer}"),
                format!("用户对 {key} 的回答：{answer}"),
            ),
            Did::Answer(key.clone(), answer.clone()),
        ),
        Chosen::Fault(api, fault) => (
            Words::new(
                format!("{api} fails ({fault})"),
                format!("{api} 失败（{fault}）"),
            ),
            Did::Special,
        ),
        Chosen::Other(what) => (Words::new(what.clone(), what.clone()), Did::Special),
    }
}
