//! Texts that a test keeps: what it compares with, and what is to be kept from now on.
//!
//! Nothing is written here. What a test compared goes to whoever runs the tests.

mod inline;
mod store;

pub use inline::{Edit, rewrite};
pub use store::{Kept, Store, StoreError};

use std::cell::{Cell, RefCell};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::plan::Options;
use crate::engine::Throw;
use crate::value::{Frame, Value};
use store::plain_lines;

/// What may become of texts that are new or differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotRules {
    /// New ones may be kept.
    pub may_add: bool,
    /// Those that differ may take the place of what is kept.
    pub may_change: bool,
}

/// How a text compares with what is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It is the same.
    #[default]
    Same,
    /// Nothing is kept.
    New,
    /// Something else is kept.
    Different,
}

/// A text that a test compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Titles of the test, hint, kind, number; then what tells its run apart.
    pub key: String,
    /// How it compares.
    pub state: State,
    /// The text of the test; empty when it is the same as what the file keeps.
    pub text: String,
    /// Where the matcher is called.
    pub site: Option<Frame>,
    /// Whether it is kept in the code of the test.
    pub is_inline: bool,
    /// What is kept, likewise.
    pub before: Option<String>,
}

/// What one test file keeps.
#[derive(Debug, Default)]
pub(super) struct Snapshots {
    pub(super) stored: RefCell<Store>,
    pub(super) rules: Cell<SnapshotRules>,
    /// What tells the run apart from others of the same tests.
    pub(super) words: RefCell<Vec<(String, String)>>,
    suffix: RefCell<String>,
    pub(super) compared: RefCell<Vec<Compared>>,
}

/// The options of tests that say the same as a word of the run.
const CHOSEN: &[(&str, &str)] = &[("compat-date", "compatDate")];

impl Snapshots {
    /// A test begins. What it says itself does not tell its runs apart.
    pub(super) fn begin(&self, options: &Options) {
        let is_chosen = |word: &str| {
            let option = CHOSEN.iter().find(|(own, _)| *own == word);
            options.has(option.map_or(word, |(_, option)| option))
        };
        let words = self.words.borrow();
        let own = words.iter().filter(|(word, _)| !is_chosen(word));
        *self.suffix.borrow_mut() = suffix(own);
        self.compared.borrow_mut().clear();
    }

    /// Compares: key, text, whether it is kept in the code, what is kept there, where the call is.
    pub(super) fn compare(&self, arguments: &[Value]) -> Result<Value, Throw> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str();
        let key = format!("{}{}", text(0).unwrap_or_default(), self.suffix.borrow());
        let received = plain_lines(text(1).unwrap_or_default());
        let is_inline = argument(2).as_bool() == Some(true);
        let before = if is_inline {
            text(3).map(plain_lines)
        } else {
            self.stored.borrow().text(&key).map(str::to_owned)
        };
        let site = match argument(4) {
            Value::Error(error) => error.stack.first().cloned(),
            _ => None,
        };
        let state = match &before {
            None => State::New,
            Some(before) if *before == received => State::Same,
            Some(_) => State::Different,
        };
        let rules = self.rules.get();
        let pass = match state {
            State::Same => true,
            State::New => rules.may_add,
            State::Different => rules.may_change,
        };
        if is_inline && site.is_none() && pass && state != State::Same {
            return Err(Throw::error(
                "toMatchInlineSnapshot(): the line of the test is not known here, so nothing can be written there; \
                 write `expect(await promise).toMatchInlineSnapshot()`",
            ));
        }
        let mut told = json!({ "pass": pass, "isNew": state == State::New, "name": key });
        if let Some(before) = &before {
            told["expected"] = json!(before);
        }
        let is_known = state == State::Same && !is_inline;
        self.compared.borrow_mut().push(Compared {
            key,
            state,
            text: if is_known { String::new() } else { received },
            site,
            is_inline,
            before: before.filter(|_| !is_known),
        });
        Ok(Value::from(&told))
    }
}

/// What follows a key: ` [persona=deny-all, platform=android]`; nothing without words.
pub fn suffix<'w>(words: impl Iterator<Item = &'w (String, String)>) -> String {
    let words: Vec<String> = words
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(" [{}]", words.join(", "))
    }
}

/// What follows a key, of a whole key.
pub fn suffix_of(key: &str) -> &str {
    match key.rfind(" [") {
        Some(at) if key.ends_with(']') => &key[at..],
        _ => "",
    }
}
