//! Where the lines of `wxsim repl` come from: a file or a pipe, echoed, so that what is printed is the whole
//! conversation.

use std::io::BufRead;

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::repl::{Facts, Want};

/// What was typed at a prompt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entered {
    /// A line; a whole one, where the place it comes from knows.
    Line(String),
    /// Nothing: it was given up.
    Nothing,
    /// Nothing yet: so much has to be known before the line can be completed.
    Wants(Want),
    /// Nothing yet, for a while.
    Idle,
    /// There is no more.
    End,
}

/// The prompt, and that of a line that goes on.
pub(super) const PROMPT: &str = "wx> ";
pub(super) const MORE: &str = "... ";

/// Where lines and answers come from.
pub(super) trait Input {
    /// The next line; `is_more` when it belongs to those before it.
    fn line(&mut self, is_more: bool) -> Entered;

    /// What was wanted.
    fn tell(&mut self, _: Facts) {}

    /// Prints a text.
    fn say(&mut self, text: &str) {
        crate::cli::print(text);
    }

    /// Shows what was printed, however long something else takes.
    fn flush(&mut self) {}

    /// Prints what is wrong.
    fn complain(&mut self, text: &str) {
        anstream::eprintln!("{text}");
    }

    /// A person's answer; `None` leaves the question open.
    fn answer(&mut self, question: &Question) -> Option<Json>;
}

/// A pipe or a file.
pub(super) struct Piped<R>(pub(super) R);

impl<R: BufRead> Input for Piped<R> {
    fn line(&mut self, is_more: bool) -> Entered {
        let mut bytes = Vec::new();
        if !matches!(self.0.read_until(b'\n', &mut bytes), Ok(1..)) {
            return Entered::End;
        }
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_end_matches(['\n', '\r']).to_owned();
        let prompt = if is_more { MORE } else { PROMPT };
        crate::cli::print(&format!("{prompt}{line}\n"));
        Entered::Line(line)
    }

    fn answer(&mut self, _: &Question) -> Option<Json> {
        None
    }
}
