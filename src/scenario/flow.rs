//! Flows: tests that are data, as YAML (`*.flow.yaml`). `docs/flows.md` explains them to their authors.
//!
//! A flow says how a mini program is run, what users and servers answer, and what happens. [`parse`]
//! reads it and tells every mistake with its place; [`to_js`] makes the JavaScript test that does the same,
//! [`to_yaml`] its text again, [`of_trace`] the flow of a run that was recorded.

mod exploration;
mod format;
mod js;
mod js_expect;
mod js_value;
mod matrix;
mod node;
mod of_trace;
mod opening;
mod read;
mod schema;
mod shape;
mod signed;
mod template;
mod verb_table;
mod verbs;
mod yaml;

use serde_json::{Map, Value as Json};

pub use js::{Script, to_js};
pub use of_trace::of_trace;
pub use read::parse;
pub use schema::schema;
pub use yaml::to_yaml;

use crate::diagnostic::Place;

/// The page of an opening with its query, as `launch` takes it.
pub(super) fn address(opening: &Json) -> String {
    let mut opening = opening.clone();
    if let Some(members) = opening.as_object_mut() {
        members.retain(|key, _| key == "page" || key == "query");
    }
    opening::text(&opening).trim_start_matches('/').to_owned()
}

/// The end of a flow's file name.
pub const SUFFIX: &str = ".flow.yaml";

/// A flow as it is written; what its includes say is kept apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// What the test is called.
    pub name: String,
    /// Tags, as written.
    pub tags: Vec<String>,
    /// Options: those of `test.use`.
    pub options: Map<String, Json>,
    /// Personas, each for a test of its own.
    pub personas: Vec<String>,
    /// Values of which each combination is a test of its own.
    pub matrix: Matrix,
    /// What the user answers, by the key of the question.
    pub answers: Map<String, Json>,
    /// What servers answer: objects with the keys of a route.
    pub routes: Vec<Json>,
    /// Flows whose answers, routes and steps come before its own.
    pub includes: Vec<Step>,
    /// How the program is opened: `page`, `query`, `scene`.
    pub opening: Map<String, Json>,
    /// What happens.
    pub steps: Vec<Step>,
    /// Where its keys are written.
    pub marks: Vec<(String, Place)>,
}

impl Flow {
    /// Where a key is written.
    fn mark(&self, key: &str) -> Option<&Place> {
        let mark = self.marks.iter().find(|(own, _)| own == key);
        mark.map(|(_, place)| place)
    }
}

/// The axes of a flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Names and values.
    pub axes: Vec<(String, Vec<Json>)>,
    /// Whether only each two values of two axes must meet.
    pub is_pairwise: bool,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its verb.
    pub verb: &'static str,
    /// What stands behind the verb.
    pub value: Json,
    /// Where it is written, when it is.
    pub place: Option<Place>,
    /// Where the keys of its value are written.
    pub marks: Vec<(String, Place)>,
    /// The flow that it includes.
    pub included: Option<Box<Flow>>,
}

impl Flow {
    /// Adds what is expected after the last step, in the words of `expect`.
    pub fn expect(&mut self, what: Map<String, Json>) {
        self.steps.push(Step::new("expect", what.into()));
    }

    /// Adds a step as `wxsim run --do` takes it.
    pub fn act(&mut self, text: &str) {
        let (verb, value) = verbs::of_text(text);
        self.steps
            .push(Step::new(verb.name, of_trace::own_text(value)));
    }

    /// Adds the exploration at its end.
    pub fn explore(&mut self, what: Map<String, Json>) {
        self.steps.push(Step::new(exploration::VERB, what.into()));
    }

    /// Adds what the user answers: an answer for every question of that key, or a list with one for each in order.
    pub fn answer(&mut self, key: &str, answer: Json) {
        self.answers
            .insert(key.to_owned(), of_trace::own_text(answer));
    }

    /// Adds what a server answers: an object with the keys of a route.
    pub fn route(&mut self, route: Json) {
        self.routes.push(of_trace::own_text(route));
    }
}

impl Step {
    fn new(verb: &'static str, value: Json) -> Self {
        Self {
            verb,
            value,
            place: None,
            marks: Vec::new(),
            included: None,
        }
    }

    /// Where a key of its value is written.
    fn mark(&self, key: &str) -> Option<&Place> {
        let mark = self.marks.iter().find(|(own, _)| own == key);
        mark.map(|(_, place)| place)
    }

    /// The text step that it stands for, as `wxsim run --do` takes it; none of `expect` and the like.
    pub fn text(&self) -> Option<String> {
        verbs::find(self.verb)?.text(&self.value)
    }
}
