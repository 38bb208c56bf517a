//! The session as a test: what was done, and what the page shows at the end.

use serde_json::{Map, Value as Json, json};

use crate::runtime::trace::{Entry, Event};
use crate::scenario::flow::{Flow, of_trace, to_js, to_yaml};

/// Texts of the page that are expected at the end.
const TEXTS_MAX: usize = 3;

/// What a recorded test is made of.
pub(super) struct Recorded<'a> {
    /// Everything that happened.
    pub(super) entries: &'a [Entry],
    /// Routes of the page stack.
    pub(super) pages: Vec<String>,
    /// Uncaught errors.
    pub(super) errors: u32,
    /// Texts of the page.
    pub(super) texts: &'a [String],
    /// Folder of the program, from the file.
    pub(super) app: &'a str,
    /// Folders of the other programs.
    pub(super) with: &'a [String],
    /// What the test is called.
    pub(super) name: &'a str,
}

impl Recorded<'_> {
    /// The test as text: a flow, or JavaScript.
    pub(super) fn text(self, is_flow: bool) -> String {
        let flow = self.flow();
        if is_flow {
            to_yaml(&flow)
        } else {
            to_js(&flow).code
        }
    }

    fn flow(self) -> Flow {
        let mut entries = self.entries.to_vec();
        if let Some(last) = entries.last().cloned() {
            entries.push(Entry {
                n: last.n + 1,
                event: Event::End {
                    pages: self.pages,
                    unanswered: Vec::new(),
                    errors: self.errors,
                    pending: Vec::new(),
                },
                ..last
            });
        }
        let mut flow = of_trace(self.name, &entries);
        flow.options
            .shift_insert(0, "app".to_owned(), Json::from(self.app));
        if !self.with.is_empty() {
            let with = ("with".to_owned(), json!(self.with));
            flow.options.shift_insert(1, with.0, with.1);
        }
        let texts: Vec<&String> = self.texts.iter().filter(|own| is_telling(own)).collect();
        if !texts.is_empty() {
            let shows: Vec<&String> = texts.into_iter().take(TEXTS_MAX).collect();
            let expected: Map<String, Json> = Map::from_iter([("shows".to_owned(), json!(shows))]);
            flow.expect(expected);
        }
        flow
    }
}

/// Whether a text says something of the state, and is nothing that templates or flows read in a way of their own.
fn is_telling(text: &str) -> bool {
    let letters = text.chars().count();
    (2..=24).contains(&letters) && !text.contains(['$', '{', '"', '\\', '`'])
}
