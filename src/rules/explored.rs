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
