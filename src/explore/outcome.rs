//! What came of an exploration.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::arrival::{Chosen, Did, Kind, Seen};
use super::matrix::Matrix;
use crate::runtime::monitor::{Found, Weight, Words};
use crate::value::Frame;

/// What came of an exploration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Different states at rest.
    pub states: usize,
    /// Ways between points that were gone.
    pub transitions: usize,
    /// Whether everything was tried, up to the fingerprint.
    pub complete: bool,
    /// What ended it when not everything was tried.
    pub bound: Option<Bound>,
    /// What does not hold, shortest stories first.
    pub violations: Vec<Violation>,
    /// Properties that could not be decided, because not everything was tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<String>,
    /// Why properties of the author's could not be judged in a state, by number: the first reason of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unjudged: BTreeMap<usize, String>,
    /// What was answered, what failed, and what came of it.
    pub matrix: Matrix,
    /// The states and the ways between them.
    pub graph: Graph,
    /// What the owner of the walks noted, each text once.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub notes: BTreeSet<String>,
    /// Random walks that were made beyond the bound.
    #[serde(default)]
    pub walks: u64,
}

/// What ended an exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bound {
    /// Stories of more choices were not tried.
    Depth(u32),
    /// There are more states than may be kept.
    States(usize),
    /// The time was over, in seconds.
    Seconds(u64),
    /// Somebody interrupted it.
    Interrupted,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Depth(depth) => write!(f, "depth {depth}"),
            Self::States(states) => write!(f, "{states} states"),
            Self::Seconds(seconds) => write!(f, "{seconds} s"),
            Self::Interrupted => f.write_str("interruption"),
        }
    }
}

/// Something does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// Id and name of the rule, or the name of the property: `P28 unhandled`, `dead-end`.
    pub property: String,
    /// How much it weighs.
    pub weight: Weight,
    /// What happened.
    pub says: Words,
    /// The shortest story that shows it, one choice a line.
    pub story: Vec<Words>,
    /// The numbers of all choices.
    pub choices: String,
    /// The command that does them again.
    #[serde(default)]
    pub replay: String,
    /// Keys of all choices.
    pub keys: Vec<String>,
    /// What is done, as a test would do it, one for each line of the story.
    pub did: Vec<Did>,
    /// How it came about, first cause first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// Where in the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Frame>,
    /// That line of the code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_line: String,
    /// The page on top.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// What it is about, in data.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub data: serde_json::Value,
}

impl Violation {
    /// One without a story.
    pub fn new(property: impl Into<String>, weight: Weight, says: Words) -> Self {
        Self {
            property: property.into(),
            weight,
            says,
            story: Vec::new(),
            choices: String::new(),
            replay: String::new(),
            keys: Vec::new(),
            did: Vec::new(),
            causes: Vec::new(),
            at: None,
            source_line: String::new(),
            page: String::new(),
            data: serde_json::Value::Null,
        }
    }

    /// What a rule found, without a story.
    pub fn of(found: &Found) -> Self {
        let property = format!("{} {}", found.rule, found.name);
        Self {
            causes: found.causes.clone(),
            at: found.at.clone(),
            source_line: found.source_line.clone(),
            page: found.page.clone(),
            data: found.data.clone(),
            ..Self::new(property, found.weight, found.says.clone())
        }
    }
}

/// The states that were found and the ways between them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// The states; the first is where it began.
    pub states: Vec<GraphState>,
    /// The ways.
    pub edges: Vec<GraphEdge>,
}

/// A state at rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphState {
    /// What is seen of it.
    pub seen: Seen,
    /// Length of the shortest story that leads here.
    pub cost: u32,
    /// The choices of that story, as numbers.
    pub choices: Vec<u32>,
    /// Whether all its ways were gone.
    pub is_expanded: bool,
    /// Number of the way by which the shortest story comes here; `None` of the first.
    #[serde(default)]
    pub parent: Option<usize>,
    /// What was chosen before the first rest, of the first state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub began: Vec<Chosen>,
    /// Properties of the author's that hold here, by number.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub holds: BTreeSet<usize>,
}

/// What is done in a state, with everything that followed until rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphEdge {
    /// Number of the state.
    pub from: usize,
    /// Number of the state that it led to.
    pub to: usize,
    /// What kind of choice it is.
    pub kind: Kind,
    /// Key of the choice.
    pub key: String,
    /// What was done.
    pub says: Words,
    /// What is done, as a test would do it.
    #[serde(default)]
    pub did: Did,
    /// What was chosen on the way.
    pub chosen: Vec<Chosen>,
    /// APIs that were called on the way.
    pub calls: BTreeSet<String>,
}
