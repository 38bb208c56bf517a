//! Which ways are gone, and in which order: the cheapest stories first, each state once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use serde::{Deserialize, Serialize};

use super::arrival::{Arrival, Choice, Chosen, Did, Point, Told};
use super::forest::{Forest, Heard};
use super::outcome::{Bound, GraphEdge, GraphState, Outcome, Violation};
use crate::runtime::monitor::{Found, Weight, Words};
use crate::value::Frame;

/// How far an exploration goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Longest story, in choices.
    pub depth: u32,
    /// Most states.
    pub states_max: usize,
    /// Whether a state that was seen is not gone on from again.
    pub prunes: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: 40,
            states_max: 10_000,
            prunes: true,
        }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Ways that were gone.
    pub paths: usize,
    /// States that were found.
    pub states: usize,
    /// Points that wait.
    pub frontier: usize,
    /// Violations that were found.
    pub violations: usize,
    /// Length of the stories that are gone now.
    pub depth: u32,
}

/// Points that grow together. What they lead to is taken in in one order however long each takes, so that the outcome does
/// not depend on the machine.
const BATCH: usize = 16;

/// A point.
struct Node {
    /// Where it was come from: the point and its way.
    from: Option<(usize, u32)>,
    /// Length of the story.
    cost: u32,
    choices: Vec<Choice>,
    place: Option<i32>,
    /// The state that the action began in, and the choice with which it did.
    began: Option<(usize, u32)>,
    /// The state, of a point at rest.
    state: Option<usize>,
    /// Whether its ways are gone, or need not be.
    is_done: bool,
}

/// Who goes through all ways of a forest.
pub struct Search<'f, F: Forest> {
    forest: &'f mut F,
    bounds: Bounds,
    nodes: Vec<Node>,
    queue: BinaryHeap<Reverse<(u32, usize)>>,
    /// Points of the states.
    rests: Vec<usize>,
    /// States by fingerprint.
    known: BTreeMap<u64, usize>,
    /// Ways between states, by what they are.
    edges: BTreeMap<(usize, usize, String, Vec<Chosen>), usize>,
    outcome: Outcome,
    /// Violations by what they are.
    found: BTreeMap<String, usize>,
    standing: usize,
    is_cut: Option<Bound>,
    /// Weight from which a finding counts as a violation; `None` when none does.
    threshold: Option<Weight>,
    /// Names of properties that always hold.
    always: Vec<Option<String>>,
}

impl<'f, F: Forest> Search<'f, F> {
    /// A search that has not begun.
    pub fn new(forest: &'f mut F, bounds: Bounds) -> Self {
        Self {
            forest,
            bounds,
            nodes: Vec::new(),
            queue: BinaryHeap::new(),
            rests: Vec::new(),
            known: BTreeMap::new(),
            edges: BTreeMap::new(),
            outcome: Outcome::default(),
            found: BTreeMap::new(),
            standing: 0,
            is_cut: None,
            threshold: Some(Weight::Error),
            always: Vec::new(),
        }
    }

    /// Findings from that weight on are violations; `None` for none of them.
    #[must_use]
    pub fn counting(mut self, threshold: Option<Weight>) -> Self {
        self.threshold = threshold;
        self
    }

    /// Properties by number; of those that must always hold the name.
    #[must_use]
    pub fn with_always(mut self, always: Vec<Option<String>>) -> Self {
        self.always = always;
        self
    }

    /// Goes all ways within the bounds. `goes_on` hears how far it is, and tells what ends it.
    pub fn run(mut self, goes_on: &mut dyn FnMut(Progress) -> Option<Bound>) -> Outcome {
        match self.forest.root() {
            Ok((place, arrival)) => self.take(None, place, arrival),
            Err(why) => self.died(None, &why),
        }
        while self.is_cut.is_none() {
            let batch = self.batch();
            if batch.is_empty() {
                break;
            }
            let depth = self.nodes[batch[0]].cost;
            for (node, heard) in self.gone(&batch) {
                for (way, place, arrival) in heard {
                    self.outcome.transitions += 1;
                    match arrival {
                        Ok(arrival) => self.take(Some((node, way)), place, arrival),
                        Err(why) => self.died(Some((node, way)), &why),
                    }
                }
            }
            let progress = Progress {
                paths: self.outcome.transitions,
                states: self.rests.len(),
                frontier: self.queue.len(),
                violations: self.outcome.violations.len(),
                depth,
            };
            self.is_cut = goes_on(progress);
            if self.is_cut.is_none()
                && self.rests.len() >= self.bounds.states_max
                && !self.queue.is_empty()
            {
                self.is_cut = Some(Bound::States(self.bounds.states_max));
            }
        }
        self.finish()
    }

    /// Points of one length, the cheapest.
    fn batch(&mut self) -> Vec<usize> {
        let mut batch = Vec::new();
        let mut cost = None;
        while batch.len() < BATCH {
            let Some(Reverse((own, node))) = self.queue.peek().copied() else {
                break;
            };
            if cost.is_some_and(|cost| cost != own) {
                break;
            }
            self.queue.pop();
            // A shorter story may have led here meanwhile.
            if self.nodes[node].is_done || self.nodes[node].cost != own {
                continue;
            }
            cost = Some(own);
            self.nodes[node].is_done = true;
            batch.push(node);
        }
        batch
    }

    /// Goes all ways of some points; what is behind them, in the order of the points and their ways.
    fn gone(&mut self, batch: &[usize]) -> Vec<(usize, Vec<Behind>)> {
        let mut waiting = batch.iter().copied();
        let mut growing = 0;
        let mut behind: BTreeMap<usize, Vec<Behind>> = BTreeMap::new();
        loop {
            while growing < self.forest.room() {
                let Some(node) = waiting.next() else {
                    break;
                };
                let path = self.path(node);
                let own = &mut self.nodes[node];
                let place = own.place.take();
                self.standing -= usize::from(place.is_some());
                let ways = u32::try_from(own.choices.len()).unwrap_or(u32::MAX);
                self.forest.grow(node, place, &path, ways);
                growing += 1;
            }
            match self.forest.next() {
                Some(Heard::Behind {
                    node,
                    way,
                    place,
                    arrival,
                }) => behind.entry(node).or_default().push((way, place, arrival)),
                Some(Heard::Grown { .. }) => growing -= 1,
                None => growing = 0,
            }
            if growing == 0 && waiting.len() == 0 {
                break;
            }
        }
        let sorted = batch.iter().map(|node| {
            let mut heard = behind.remove(node).unwrap_or_default();
            heard.sort_by_key(|(way, _, _)| *way);
            (*node, heard)
        });
        sorted.collect()
    }

    /// The ways from the beginning to a point.
    fn path(&self, node: usize) -> Vec<u32> {
        let mut path = Vec::new();
        let mut next = self.nodes[node].from;
        while let Some((from, way)) = next {
            path.push(way);
            next = self.nodes[from].from;
        }
        path.reverse();
        path
    }

    /// The choices on a path.
    fn choices(&self, from: Option<(usize, u32)>) -> Vec<&Choice> {
        let mut choices = Vec::new();
        let mut next = from;
        while let Some((node, way)) = next {
            let node = &self.nodes[node];
            choices.extend(
                usize::try_from(way)
                    .ok()
                    .and_then(|way| node.choices.get(way)),
            );
            next = node.from;
        }
        choices.reverse();
        choices
    }

    fn cost_of(&self, from: Option<(usize, u32)>) -> u32 {
        from.map_or(0, |(node, way)| {
            let own = &self.nodes[node];
            let choice = usize::try_from(way)
                .ok()
                .and_then(|way| own.choices.get(way));
            own.cost + choice.map_or(0, |choice| choice.cost)
        })
    }

    /// A copy came to a point.
    fn take(&mut self, from: Option<(usize, u32)>, place: Option<i32>, arrival: Arrival) {
        let cost = self.cost_of(from);
        if cost > self.bounds.depth {
            self.outcome.bound = Some(Bound::Depth(self.bounds.depth));
            if let Some((node, _)) = from {
                self.is_not_whole(node);
            }
            if let Some(place) = place {
                self.forest.fell(place);
            }
            return;
        }
        for found in &arrival.told.found {
            self.add_found(from, cost, found);
        }
        let began = from.and_then(|(node, way)| match self.nodes[node].state {
            Some(state) => Some((state, way)),
            None => self.nodes[node].began,
        });
        let Point::Rest(seen) = &arrival.point else {
            return self.push(from, cost, place, arrival.choices, began, None);
        };
        self.outcome.matrix.add(&arrival.told);
        self.outcome.notes.extend(arrival.told.notes.clone());
        self.judge_always(from, cost, &arrival.told);
        for (number, why) in &arrival.told.unjudged {
            let reasons = &mut self.outcome.unjudged;
            reasons.entry(*number).or_insert_with(|| why.clone());
        }
        let known = self.known.get(&seen.fingerprint).copied();
        let state = known.unwrap_or(self.rests.len());
        let parent = self.add_edge(began, state, &arrival.told);
        let first = match parent {
            None => arrival.told.chosen.clone(),
            Some(_) => Vec::new(),
        };
        match known {
            None => {
                let own = GraphState {
                    seen: (**seen).clone(),
                    cost,
                    choices: Vec::new(),
                    is_expanded: false,
                    parent,
                    began: first,
                    holds: arrival.told.holds.clone(),
                };
                self.outcome.graph.states.push(own);
                self.known.insert(seen.fingerprint, state);
                self.rests.push(self.nodes.len());
                self.push(from, cost, place, arrival.choices, None, Some(state));
            }
            Some(state) => {
                if self.meet_again(from, cost, place, arrival, state) {
                    let own = &mut self.outcome.graph.states[state];
                    (own.parent, own.began) = (parent, first);
                }
            }
        }
    }

    /// A state that is known: it is passed by, unless the story is shorter (then it is given back) or nothing is passed
    /// by.
    fn meet_again(
        &mut self,
        from: Option<(usize, u32)>,
        cost: u32,
        place: Option<i32>,
        arrival: Arrival,
        state: usize,
    ) -> bool {
        let node = self.rests[state];
        if !self.bounds.prunes {
            self.push(from, cost, place, arrival.choices, None, Some(state));
            return false;
        }
        if cost < self.nodes[node].cost && !self.nodes[node].is_done {
            if let Some(place) = self.nodes[node].place.take() {
                self.forest.fell(place);
                self.standing -= 1;
            }
            self.nodes[node].is_done = true;
            self.rests[state] = self.nodes.len();
            self.outcome.graph.states[state].cost = cost;
            self.push(from, cost, place, arrival.choices, None, Some(state));
            return true;
        }
        if let Some(place) = place {
            self.forest.fell(place);
        }
        false
    }

    /// A point whose ways are to be gone.
    fn push(
        &mut self,
        from: Option<(usize, u32)>,
        cost: u32,
        mut place: Option<i32>,
        choices: Vec<Choice>,
        began: Option<(usize, u32)>,
        state: Option<usize>,
    ) {
        let cheapest = choices.iter().map(|choice| choice.cost).min().unwrap_or(0);
        let is_too_deep = !choices.is_empty() && cost + cheapest > self.bounds.depth;
        let has_room = self.standing < self.forest.standing_max() && !choices.is_empty();
        if (is_too_deep || !has_room)
            && let Some(place) = place.take()
        {
            self.forest.fell(place);
        }
        self.standing += usize::from(place.is_some());
        let number = self.nodes.len();
        if is_too_deep {
            self.outcome.bound = Some(Bound::Depth(self.bounds.depth));
        } else if !choices.is_empty() {
            self.queue.push(Reverse((cost, number)));
        }
        self.nodes.push(Node {
            from,
            cost,
            choices,
            place,
            began,
            state,
            is_done: is_too_deep,
        });
        match state {
            Some(state) => self.outcome.graph.states[state].is_expanded = !is_too_deep,
            None if is_too_deep => self.is_not_whole(number),
            None => {}
        }
    }

    /// Not all ways of the state that a point belongs to are gone.
    fn is_not_whole(&mut self, node: usize) {
        let own = &self.nodes[node];
        let state = own.state.or_else(|| own.began.map(|(state, _)| state));
        if let Some(state) = state {
            self.outcome.graph.states[state].is_expanded = false;
        }
    }

    /// The way from the state that the action began in; its number.
    fn add_edge(&mut self, began: Option<(usize, u32)>, to: usize, told: &Told) -> Option<usize> {
        let (from, way) = began?;
        let node = &self.nodes[self.rests[from]];
        let choice = usize::try_from(way)
            .ok()
            .and_then(|way| node.choices.get(way))?;
        let edge = GraphEdge {
            from,
            to,
            kind: choice.kind,
            key: choice.key.clone(),
            says: choice.says.clone(),
            did: choice.did.clone(),
            chosen: told.chosen.clone(),
            calls: told.calls.clone(),
        };
        let next = self.outcome.graph.edges.len();
        let key = (from, to, edge.key.clone(), edge.chosen.clone());
        let number = *self.edges.entry(key).or_insert(next);
        if number == next {
            self.outcome.graph.edges.push(edge);
        }
        Some(number)
    }

    fn judge_always(&mut self, from: Option<(usize, u32)>, cost: u32, told: &Told) {
        for number in 0..self.always.len() {
            let Some(name) = self.always[number].clone() else {
                continue;
            };
            let unjudged = told.unjudged.iter().find(|(own, _)| *own == number);
            if told.holds.contains(&number) && unjudged.is_none() {
                continue;
            }
            let why = unjudged.map_or_else(String::new, |(_, why)| format!(": {why}"));
            let says = Words::new(format!("it does not hold{why}"), format!("不成立{why}"));
            self.add(from, cost, Violation::new(name, Weight::Error, says));
        }
    }

    fn add_found(&mut self, from: Option<(usize, u32)>, cost: u32, found: &Found) {
        if self.threshold.is_none_or(|least| !found.counts(least)) {
            return;
        }
        self.add(from, cost, Violation::of(found));
    }

    fn died(&mut self, from: Option<(usize, u32)>, why: &str) {
        let cost = self.cost_of(from);
        if cost > self.bounds.depth {
            return;
        }
        let says = Words::new(
            format!("the process died: {why}"),
            format!("进程终止：{why}"),
        );
        self.add(from, cost, Violation::new("no-crash", Weight::Error, says));
    }

    /// Adds a violation with the story that leads there, unless a story as short has told of it.
    fn add(&mut self, from: Option<(usize, u32)>, cost: u32, own: Violation) {
        let key = key_of(&own.property, own.at.as_ref(), &own.says);
        let known = self.found.get(&key).copied();
        let story_cost = |own: &Violation| u32::try_from(own.story.len()).unwrap_or(u32::MAX);
        if known.is_some_and(|at| story_cost(&self.outcome.violations[at]) <= cost) {
            return;
        }
        let choices = self.choices(from);
        let told = choices.iter().filter(|choice| choice.cost > 0);
        let path = from.map_or_else(Vec::new, |(node, way)| {
            let mut path = self.path(node);
            path.push(way);
            path
        });
        let violation = Violation {
            story: told.clone().map(|choice| choice.says.clone()).collect(),
            choices: written(&path),
            keys: choices.iter().map(|choice| choice.key.clone()).collect(),
            did: told.map(|choice| choice.did.clone()).collect::<Vec<Did>>(),
            ..own
        };
        if let Some(at) = known {
            self.outcome.violations[at] = violation;
        } else {
            self.found.insert(key, self.outcome.violations.len());
            self.outcome.violations.push(violation);
        }
    }

    fn finish(mut self) -> Outcome {
        for node in &mut self.nodes {
            if let Some(place) = node.place.take() {
                self.forest.fell(place);
            }
        }
        while let Some(Reverse((_, node))) = self.queue.pop() {
            if !self.nodes[node].is_done {
                self.is_not_whole(node);
            }
        }
        for (state, node) in self.rests.iter().enumerate() {
            self.outcome.graph.states[state].choices = self.path(*node);
        }
        let mut outcome = self.outcome;
        outcome.states = self.rests.len();
        outcome.bound = self.is_cut.or(outcome.bound);
        outcome.complete = outcome.bound.is_none();
        outcome.matrix.complete = outcome.complete;
        outcome
    }
}

/// What is behind a way: its number, where a copy stands, what it told.
type Behind = (u32, Option<i32>, Result<Arrival, String>);

/// What tells a violation from another.
pub(super) fn key_of(property: &str, at: Option<&Frame>, says: &Words) -> String {
    match at {
        Some(at) => format!("{property} {}:{}:{}", at.file, at.line, at.column),
        None => format!("{property} {}", says.en),
    }
}

/// Numbers with commas between them.
pub(super) fn written(ways: &[u32]) -> String {
    let ways: Vec<String> = ways.iter().map(u32::to_string).collect();
    ways.join(",")
}
