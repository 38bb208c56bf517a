//! An author's mistake: what is wrong, where, and what to do about it.
//!
//! A [`Diagnostic`] is plain data. It crosses from a worker to the supervisor as JSON and is drawn
//! (source line, caret, colour) only by [`Diagnostic::render`], which the command line calls.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::{Deserialize, Serialize};

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing fails because of it.
    Note,
    /// The official tool complains or the platform ignores something; wxsim goes on.
    Warning,
    /// The part of the project named here cannot be used.
    Error,
}

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the project folder, with `/` on every platform.
    pub file: String,
    /// Line, counted from 1; 0 means the file as a whole.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub line: u32,
    /// Column in Unicode characters, counted from 1; 0 means the line as a whole.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub column: u32,
    /// Length of the marked text in characters; 0 marks one character.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub length: u32,
    /// The text of that line, cut around the column when it is long; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_line: String,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// Longest source line that is quoted whole; longer ones are cut around the marked column.
const QUOTED_CHARS_MAX: usize = 120;

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 0,
            column: 0,
            length: 0,
            source_line: String::new(),
        }
    }

    /// The bytes `start..end` of `text`, which is the content of `file`.
    ///
    /// Offsets outside `text` or inside a character are moved to the nearest character before.
    pub fn span(file: impl Into<String>, text: &str, start: usize, end: usize) -> Self {
        let start = floor_char_boundary(text, start);
        let end = floor_char_boundary(text, end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[..start].matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        let length = text[start..end.min(line_end)].chars().count();
        Self::at(file, number(line), number(column), number(length))
            .with_source(text[line_start..line_end].trim_end_matches('\r'))
    }

    /// A line and a column (both from 1) with the marked length in characters, without source text.
    pub fn at(file: impl Into<String>, line: u32, column: u32, length: u32) -> Self {
        Self {
            file: file.into(),
            line,
            column,
            length,
            source_line: String::new(),
        }
    }

    /// Adds the text of the line.
    #[must_use]
    pub fn with_source(mut self, line_text: &str) -> Self {
        if line_text.chars().count() <= QUOTED_CHARS_MAX {
            line_text.clone_into(&mut self.source_line);
            return self;
        }
        // A minified line: quote a window around the column and keep the column true by padding
        // nothing; the caret is placed by the offset of the window.
        let first = (self.column as usize).saturating_sub(1 + QUOTED_CHARS_MAX / 2);
        self.source_line = line_text
            .chars()
            .skip(first)
            .take(QUOTED_CHARS_MAX)
            .collect();
        self
    }

    /// Column of the caret inside `source_line`, counted from 0.
    fn caret(&self) -> usize {
        let column = (self.column.max(1) - 1) as usize;
        let quoted = self.source_line.chars().count();
        let first = if quoted == QUOTED_CHARS_MAX && column > QUOTED_CHARS_MAX / 2 {
            column - QUOTED_CHARS_MAX / 2
        } else {
            0
        };
        (column - first).min(quoted)
    }
}

impl Place {
    /// The quoted line with the marked text.
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let bytes =
            |chars: &mut dyn Iterator<Item = char>| chars.map(char::len_utf8).sum::<usize>();
        let start = bytes(&mut self.source_line.chars().take(self.caret()));
        let marked = self.length.max(1) as usize;
        let length = bytes(&mut self.source_line[start..].chars().take(marked));
        Snippet::source(self.source_line.as_str())
            .path(self.file.as_str())
            .line_start(self.line as usize)
            .annotation(AnnotationKind::Primary.span(start..start + length))
    }
}

impl fmt::Display for Place {
    /// `file`, `file:line` or `file:line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// What is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; `None` when the mistake is not in a file (a wrong flag, say).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What to do about it, in one sentence; empty when nothing helps.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
}

impl Diagnostic {
    /// Something that makes a part of the project unusable.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// Something that the official tool refuses or the platform ignores.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    /// Something worth knowing.
    pub fn note(message: impl Into<String>) -> Self {
        Self::new(Severity::Note, message)
    }

    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            message: message.into(),
            place: None,
            help: String::new(),
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The text for a person: message, place, source line with a caret, advice.
    ///
    /// `colour` adds terminal escapes. The text ends without a line feed.
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Note => Level::NOTE,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut group = Group::with_title(level.primary_title(self.message.as_str()));
        if let Some(place) = &self.place {
            group = if place.source_line.is_empty() {
                group.element(Origin::path(place.to_string()))
            } else {
                group.element(place.snippet())
            };
        }
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(self.help.as_str()));
        }
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `file:line:column: error: message (help)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}", self.message)?;
        if !self.help.is_empty() {
            write!(f, " ({})", self.help)?;
        }
        Ok(())
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Place};

    #[test]
    fn a_span_is_a_line_and_a_column_in_characters() {
        let text = "{\n  \"名\": \"x\"\n}";
        let place = Place::span("app.json", text, text.find("\"x\"").expect("there"), 15);
        assert_eq!(place.to_string(), "app.json:2:8");
        assert_eq!(place.source_line, "  \"名\": \"x\"");
        assert_eq!(
            Place::span("a", "", 9, 99).to_string(),
            "a:1:1",
            "outside the text"
        );
    }

    #[test]
    fn the_text_shows_the_line_a_caret_and_advice() {
        let place = Place::at("app.json", 3, 5, 3).with_source("    \"a\",");
        let text = Diagnostic::error("the page is missing")
            .at(place)
            .help("create a.js or remove the line")
            .render(false);
        assert!(text.contains("error: the page is missing"), "{text}");
        assert!(text.contains("app.json:3:5"), "{text}");
        assert!(text.contains("    ^^^"), "{text}");
        assert!(text.contains("help: create a.js"), "{text}");
    }

    #[test]
    fn a_long_line_is_quoted_around_the_column() {
        let line = "x".repeat(5000);
        let place = Place::at("vendor.js", 1, 3001, 1).with_source(&line);
        assert!(place.source_line.len() <= 120);
        assert!(
            Diagnostic::error("bad")
                .at(place)
                .render(false)
                .contains('^')
        );
    }
}
