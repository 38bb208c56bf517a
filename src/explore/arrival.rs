//! What a copy tells when it comes to a point.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::runtime::monitor::{Found, Words};

/// Where a copy has come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arrival {
    /// What kind of point it is.
    pub point: Point,
    /// What may be chosen.
    pub choices: Vec<Choice>,
    /// What happened since the point before.
    pub told: Told,
}

/// A point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Point {
    /// The program is opened.
    Start,
    /// The program rests.
    Rest(Box<Seen>),
    /// The user is asked: key and text of the question.
    Question(String, String),
    /// A call is about to be done, or a reply to one is due: the API.
    Reply(String),
}

/// What is seen of a program at rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Seen {
    /// A number equal for equal states.
    pub fingerprint: u64,
    /// Routes of the page stack, bottom first; empty when the program does not run.
    pub stack: Vec<String>,
    /// Scopes that stand refused, and the questions `phone` and `profile` when they were refused last.
    pub refused: BTreeSet<String>,
    /// Whether storage has something under the name of a login of the program's own.
    pub has_token: bool,
    /// Visible texts of the page on top, cut.
    pub shows: String,
    /// Labels of elements of a login.
    pub logins: Vec<String>,
    /// Whether an element leads to the settings.
    pub offers_settings: bool,
    /// Whether the page shows something that is no element of a login.
    pub has_content: bool,
    /// Whether a dialog lies over the page.
    #[serde(default)]
    pub is_asking: bool,
    /// Whether the navigation bar has a button that leads home.
    #[serde(default)]
    pub has_home_button: bool,
    /// Taps on elements that are there and take none now, as they would be called: what is disabled. By their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub idle: BTreeMap<String, String>,
}

/// What happened between two points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Rules that did not hold.
    pub found: Vec<Found>,
    /// What was chosen since the last rest, within the action.
    pub chosen: Vec<Chosen>,
    /// APIs that were called since the last rest.
    pub calls: BTreeSet<String>,
    /// What the owner of the walk notes of the way so far; only at rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Properties of the author's that hold here, by number; only at rest.
    pub holds: BTreeSet<usize>,
    /// Why a property could not be judged, by number.
    pub unjudged: Vec<(usize, String)>,
}

/// Something that was chosen within an action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Chosen {
    /// An answer: key of the question, the answer.
    Answer(String, String),
    /// A failure: the API, the name of the fault.
    Fault(String, String),
    /// Something else that went otherwise.
    Other(String),
}

/// One way on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The same whenever the same is chosen, whatever else there is to choose.
    pub key: String,
    /// What it is in words.
    pub says: Words,
    /// What it adds to the length of a story: 0 for what happens anyhow.
    pub cost: u32,
    /// What kind it is.
    pub kind: Kind,
    /// What is done, as a test would do it.
    pub did: Did,
}

/// What kind of choice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// The user does something with an element of the page.
    Gesture,
    /// The back button, a tab, the menu.
    Menu,
    /// Something outside of the program.
    World,
    /// An answer to a question.
    Answer,
    /// Nothing goes otherwise.
    Usual,
    /// Something goes otherwise.
    Twist,
}

/// What is done, as a test would do it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Did {
    /// Steps of `wxsim run --do`.
    Steps(Vec<String>),
    /// An answer to the next question of that key, as JSON.
    Answer(String, String),
    /// Nothing.
    Nothing,
    /// Something that only an exploration can do.
    #[default]
    Special,
}
