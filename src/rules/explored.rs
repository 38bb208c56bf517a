//! What an exploration saw, for the rules that speak of everything a user could do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// States at rest, and what led from one to another.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Explored {
    /// The states; the first is where it began.
    pub states: Vec<State>,
    /// The ways between them.
    pub edges: Vec<Edge>,
    /// Whether everything was tried.
    pub is_complete: bool,
    /// Pages of the program.
    pub pages: Vec<String>,
}

/// A state at rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct State {
    /// Routes of the page stack, bottom first; empty when the program does not run.
    pub stack: Vec<String>,
    /// Scopes that the user has refused, and `phone`, `profile` when those were refused and nothing was allowed since.
    pub refused: BTreeSet<String>,
    /// Whether the program keeps something that looks like its own login: a token that a server gave it.
    pub has_token: bool,
    /// Whether everything that could be done here was.
    pub is_expanded: bool,
    /// What the page shows, in one line.
    pub shows: String,
    /// Whether the page has an element of a login: by its words, its handler's name or its `open-type`.
    pub offers_login: bool,
    /// Whether it has one that leads to the settings.
    pub offers_settings: bool,
    /// Whether it shows anything besides elements of a login.
    pub has_content: bool,
    /// Whether a dialog lies over the page that the user does not answer.
    #[serde(default)]
    pub is_asking: bool,
    /// Whether the navigation bar has a button that leads home.
    #[serde(default)]
    pub has_home_button: bool,
}

/// What a way between states is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EdgeKind {
    /// A gesture on an element of the page.
    Gesture,
    /// The back button, a tab, the menu.
    Menu,
    /// Something outside of the program: it goes to the background, a session ends.
    World,
}

/// What a user or the world does in a state, with everything that followed until rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Number of the state.
    pub from: usize,
    /// Number of the state that it led to.
    pub to: usize,
    /// What it is.
    pub kind: EdgeKind,
    /// What was done: `tap button "Log in"`.
    pub label: String,
    /// Questions that came up on the way with their answers: `("scope.userLocation", "deny")`.
    pub answers: Vec<(String, String)>,
    /// APIs that were called on the way.
    pub calls: BTreeSet<String>,
}

impl Explored {
    /// States that can be reached from one along such ways, with itself; in order of their numbers.
    pub fn reached(&self, from: usize, along: impl Fn(&Edge) -> bool) -> BTreeSet<usize> {
        let mut reached = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(state) = open.pop() {
            let ways = self.edges.iter().filter(|edge| edge.from == state);
            for edge in ways.filter(|edge| along(edge)) {
                if reached.insert(edge.to) {
                    open.push(edge.to);
                }
            }
        }
        reached
    }

    /// What is done from the beginning to a state, as short as it gets, with what is answered.
    pub fn story(&self, to: usize) -> Vec<String> {
        let mut came_by: Vec<Option<usize>> = vec![None; self.states.len()];
        let mut open = std::collections::VecDeque::from([0]);
        while let Some(state) = open.pop_front() {
            for (number, edge) in self.edges.iter().enumerate() {
                if edge.from == state && edge.to != 0 && came_by[edge.to].is_none() {
                    came_by[edge.to] = Some(number);
                    open.push_back(edge.to);
                }
            }
        }
        let mut story = Vec::new();
        let mut at = to;
        while let Some(edge) = came_by.get(at).copied().flatten().map(|it| &self.edges[it]) {
            story.push(edge.told());
            at = edge.from;
        }
        story.reverse();
        story
    }
}

impl Edge {
    /// What is done, with what is answered.
    fn told(&self) -> String {
        let answers = self.answers.iter();
        let answers = answers.map(|(key, answer)| format!(", {key}: {answer}"));
        std::iter::once(self.label.clone()).chain(answers).collect()
    }
}

impl State {
    /// Route of the page on top; empty when the program does not run.
    pub fn page(&self) -> &str {
        self.stack.last().map_or("", String::as_str)
    }
}

/// Explorations for the tests of the rules.
#[cfg(test)]
pub(super) mod samples {
    use super::{Edge, EdgeKind, Explored, State};

    /// A state with that page on top, fully explored, that shows something.
    pub(in crate::rules) fn state(page: &str) -> State {
        State {
            stack: vec![page.to_owned()],
            is_expanded: true,
            has_content: true,
            ..State::default()
        }
    }

    /// A gesture.
    pub(in crate::rules) fn gesture(from: usize, to: usize, label: &str) -> Edge {
        Edge {
            from,
            to,
            kind: EdgeKind::Gesture,
            label: label.to_owned(),
            answers: Vec::new(),
            calls: std::collections::BTreeSet::new(),
        }
    }

    impl Edge {
        /// The same with a question that came up and its answer.
        pub(in crate::rules) fn answered(mut self, key: &str, answer: &str) -> Self {
            self.answers.push((key.to_owned(), answer.to_owned()));
            self
        }
    }

    /// Everything that could be done.
    pub(in crate::rules) fn explored(states: Vec<State>, edges: Vec<Edge>) -> Explored {
        Explored {
            states,
            edges,
            is_complete: true,
            pages: Vec::new(),
        }
    }

    #[test]
    fn a_story_is_the_shortest_way_and_reach_follows_the_ways_that_count() {
        let states = vec![state("a"), state("b"), state("c"), state("d")];
        let edges = vec![
            gesture(0, 1, "one"),
            gesture(1, 2, "two"),
            gesture(0, 2, "both").answered("phone", "deny"),
            gesture(2, 0, "back"),
        ];
        let explored = explored(states, edges);
        assert_eq!(explored.story(2), ["both, phone: deny"]);
        assert_eq!(explored.story(0), [""; 0]);
        let all: Vec<usize> = explored.reached(1, |_| true).into_iter().collect();
        assert_eq!(all, [0, 1, 2]);
        let asked = explored.reached(0, |edge| edge.answers.is_empty() && edge.label != "one");
        assert_eq!(asked.into_iter().collect::<Vec<_>>(), [0]);
    }
}
