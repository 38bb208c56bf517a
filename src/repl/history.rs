//! Which lines the phone has behind it, and which it should have.
//!
//! The phone runs in copies of a process: each line in a copy of its own, so that a copy which leaves takes its line
//! back. A phone that is behind the lines (its copy is older, or the process is new) is brought up by the same lines,
//! which give the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::complete::Want;

/// A line that was done, with what a person answered meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// As typed.
    pub text: String,
    /// Answers in the order of the questions; `None` where there was none.
    pub answers: Vec<Option<Json>>,
}

/// What a phone is to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// This line.
    Line {
        /// The line.
        text: String,
        /// Whether it only shows something, and is no line of the history.
        shows: bool,
        /// Whether a copy of the phone is kept as it was before.
        keeps: bool,
    },
    /// Nothing but telling the session as a test.
    Record {
        /// Folder of the program, from the file.
        app: String,
        /// Folders of the other programs.
        with: Vec<String>,
        /// What the test is called.
        name: String,
        /// Whether it is a flow.
        is_flow: bool,
    },
    /// Nothing but telling what can be completed.
    Facts(Want),
    /// The copy leaves: an older one goes on.
    Leave,
    /// The session is over.
    End,
}

/// Lines that each have a copy of their own; further ones share copies.
const KEPT_EACH: usize = 60;
/// Copies at most.
const KEPT_MAX: usize = 100;
/// How many lines share a copy.
const SHARED: usize = 50;

/// The lines of a session.
#[derive(Clone, Debug, Default)]
pub struct History {
    lines: Vec<Line>,
    moments: BTreeMap<String, Vec<Line>>,
}

impl History {
    /// What a phone with so many lines behind it is to do, until it has them all.
    pub fn catch_up(&self, at: usize) -> Option<Given> {
        if at > self.lines.len() {
            return Some(Given::Leave);
        }
        let line = self.lines.get(at)?;
        Some(Given::Line {
            text: line.text.clone(),
            shows: false,
            keeps: keeps(at),
        })
    }

    /// A new line; a phone does it next.
    pub fn add(&mut self, text: &str) -> Given {
        let keeps = keeps(self.lines.len());
        self.lines.push(Line {
            text: text.to_owned(),
            ..Line::default()
        });
        Given::Line {
            text: text.to_owned(),
            shows: false,
            keeps,
        }
    }

    /// The last line did nothing.
    pub fn forget_last(&mut self) {
        self.lines.pop();
    }

    /// The person's answer to a question of the last line.
    pub fn note_answer(&mut self, answer: Option<Json>) {
        if let Some(line) = self.lines.last_mut() {
            line.answers.push(answer);
        }
    }

    /// The answer that was given to a question of a line, by its number.
    pub fn answer(&self, line: usize, question: usize) -> Option<&Json> {
        self.lines.get(line)?.answers.get(question)?.as_ref()
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Takes back the last lines, and gives them.
    pub fn undo(&mut self, count: usize) -> Vec<String> {
        let from = self.lines.len().saturating_sub(count);
        let taken = self.lines.split_off(from);
        taken.into_iter().map(|line| line.text).collect()
    }

    /// Keeps this moment.
    pub fn save(&mut self, name: &str) {
        self.moments.insert(name.to_owned(), self.lines.clone());
    }

    /// Makes the lines those of a moment; the phone has to go back to so many of them first.
    pub fn restore(&mut self, name: &str) -> Option<usize> {
        let kept = self.moments.get(name)?.clone();
        let pairs = self.lines.iter().zip(&kept);
        let common = pairs.take_while(|(own, kept)| own == kept).count();
        self.lines = kept;
        Some(common)
    }

    /// Names of the moments.
    pub fn moments(&self) -> Vec<String> {
        self.moments.keys().cloned().collect()
    }
}

/// Whether a copy is kept before the line of that number.
fn keeps(at: usize) -> bool {
    at < KEPT_EACH || at.is_multiple_of(SHARED) && at < KEPT_EACH + (KEPT_MAX - KEPT_EACH) * SHARED
}

#[cfg(test)]
mod tests {
    use super::{Given, History, keeps};

    #[test]
    fn a_phone_that_is_behind_gets_the_lines_and_one_ahead_leaves() {
        let mut history = History::default();
        history.add("a");
        history.add("b");
        assert_eq!(history.catch_up(2), None);
        assert_eq!(history.undo(1), ["b"]);
        assert_eq!(history.catch_up(2), Some(Given::Leave));
        let first = history.catch_up(0);
        assert!(matches!(first, Some(Given::Line { text, .. }) if text == "a"));
    }

    #[test]
    fn a_moment_comes_back_whatever_was_done_since() {
        let mut history = History::default();
        history.add("a");
        history.save("x");
        history.undo(1);
        history.add("b");
        assert_eq!(history.restore("x"), Some(0));
        assert_eq!(history.undo(9), ["a"]);
        assert_eq!(history.restore("y"), None);
    }

    #[test]
    fn there_are_no_more_copies_than_allowed() {
        assert!((0..100_000).filter(|at| keeps(*at)).count() <= 100);
        assert!(keeps(0) && keeps(59) && !keeps(61) && keeps(100));
    }
}
