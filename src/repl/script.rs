//! JavaScript that somebody types: the names that a prompt has, values, and where an error came up.

use super::session::{Session, joined};
use crate::diagnostic::{Diagnostic, Place};
use crate::package::{TYPED, TypedLine};
use crate::runtime::trace::Event;
use crate::value::Exception;

impl Session {
    /// Evaluates what was typed.
    pub(super) fn code(&mut self, typed: &str, line: TypedLine) -> Result<String, String> {
        let is_expression = matches!(line, TypedLine::Expression(_));
        let (inner, is_plain) = match line {
            TypedLine::Open => return Err(self.words.ends_within()),
            TypedLine::Wrong(problem) => return Err(self.rendered(&problem)),
            TypedLine::Expression(code) => {
                let is_plain = !["$page", "$data", "_", "await"]
                    .iter()
                    .any(|own| has(&code, own));
                (format!("return (\n{code}\n);\n"), is_plain)
            }
            TypedLine::Body(body) => (body, false),
        };
        let code = evaluated(&inner);
        let value = self.sim.ask_scripts(&code);
        if is_plain {
            self.note_plain(&code, typed.trim().trim_end_matches(';'));
        }
        match value {
            Ok(value) => Ok(self.told(false, Some(&value))),
            Err(pending) if is_pending(&pending) => {
                let waits = !self.sim.open_questions().is_empty();
                let told = self.told(false, None);
                Ok(joined(&[told, self.words.pending(waits)]))
            }
            Err(thrown) => {
                let thrown = self.thrown(&thrown, typed, is_expression);
                let told = self.told(false, None);
                Ok(joined(&[told, thrown]))
            }
        }
    }

    /// What was typed is the step, not what was made of it.
    pub(super) fn note_plain(&self, code: &str, typed: &str) {
        let step = format!("evaluate {code}");
        let mut seen = self.seen.borrow_mut();
        let own = seen
            .iter_mut()
            .rev()
            .find_map(|entry| match &mut entry.event {
                Event::Step { step: own } if *own == step => Some(own),
                _ => None,
            });
        if let Some(own) = own {
            *own = format!("evaluate {typed}");
        }
    }

    /// An error that came out of a line, with the place in the program or in the line.
    pub(super) fn thrown(&self, thrown: &Exception, typed: &str, is_expression: bool) -> String {
        let problem = Diagnostic::error(thrown.headline());
        let frame = thrown.stack.iter().find(|frame| frame.file != EVALUATED);
        let place = match frame {
            Some(frame) => {
                let place = Place::at(&frame.file, frame.line, frame.column.max(1), 1);
                Some(place.with_source(&self.sim.source_line(frame)))
            }
            None => typed_place(thrown, typed, is_expression),
        };
        self.rendered(&match place {
            Some(place) => problem.at(place),
            None => problem,
        })
    }
}

/// Whether a word stands in code; a guess that errs on the safe side.
fn has(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let letter =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
        !letter(code[..at].chars().next_back()) && !letter(code[at + word.len()..].chars().next())
    })
}

/// The name of code that is evaluated, in stacks.
const EVALUATED: &str = "evaluate";
/// Lines of [`evaluated`] before what was typed.
const LINES_BEFORE: u32 = 2;

/// Whether a promise has come to nothing yet.
pub(super) fn is_pending(thrown: &Exception) -> bool {
    thrown.name.is_empty() && thrown.stack.is_empty() && thrown.message.contains("still pending")
}

/// Where in a typed line an error came up: the name that is missing, or where the stack says it.
fn typed_place(thrown: &Exception, typed: &str, is_expression: bool) -> Option<Place> {
    let missing = thrown
        .message
        .strip_suffix(" is not defined")
        .filter(|name| has(typed, name));
    if let Some(name) = missing {
        let at = typed.find(name)?;
        return Some(Place::span(TYPED, typed, at, at + name.len()));
    }
    let frame = thrown.stack.first().filter(|_| is_expression)?;
    let line = frame
        .line
        .checked_sub(LINES_BEFORE)
        .filter(|line| *line > 0)?;
    let text = typed.lines().nth(usize::try_from(line).ok()? - 1)?;
    Some(Place::at(TYPED, line, frame.column.max(1), 1).with_source(text))
}

/// What is evaluated for a line: the names that a prompt has, and the value kept under `_`.
pub(super) fn evaluated(body: &str) -> String {
    format!(
        "(async ($page, $data) => {{\n{body}}})(...(() => {{ const p = getCurrentPages().pop(); \
         return [p, p && p.data]; }})()).then((v) => (globalThis._ = v))"
    )
}
