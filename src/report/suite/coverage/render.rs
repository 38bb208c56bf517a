//! Coverage for people and for machines.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde_json::{Value as Json, json};

use super::{Cell, Coverage, Subject, SubjectKind};
use crate::report::suite::github::markdown;
use crate::report::suite::language::{Language, Words};
use crate::report::suite::plain::{one_line, padded, width};
use crate::report::text::{Paint, colour};
use crate::spec::shown_name;

pub(in crate::report::suite) const TITLE: Words = Words("authorization coverage", "授权覆盖率");
pub(in crate::report::suite) const WHAT: Words = Words("what", "对象");
pub(in crate::report::suite) const ANSWER: Words = Words("answer", "结果");
pub(in crate::report::suite) const TIMES: Words = Words("times", "次数");
pub(in crate::report::suite) const BY: Words = Words("by", "由哪个测试覆盖");
pub(in crate::report::suite) const NEVER: Words = Words("never", "从未");

/// Widest line of the table for a terminal.
const COLUMNS: usize = 110;

/// Tests that are named of each cell.
const TESTS_NAMED: usize = 2;

impl Coverage {
    /// For a terminal: a row for each scope, question and API, with what came up and what never did.
    pub fn render(&self, paint: Paint, language: Language) -> String {
        let bold = Style::new().bold();
        let mut text = format!("{}\n", paint.apply(bold, &self.headline(language)));
        let widest = self.subjects.iter().map(|it| width(&it.title())).max();
        let widest = widest.unwrap_or_default();
        for subject in &self.subjects {
            let (reached, all) = subject.reached();
            let part = format!("{:>5}", format!("{reached}/{all}"));
            let style = if reached == all {
                colour(AnsiColor::Green)
            } else {
                colour(AnsiColor::Yellow)
            };
            let title = padded(&subject.title(), widest);
            let _ = write!(text, "  {title} {}", paint.apply(style, &part));
            let indent = 2 + widest + 1 + 5;
            let mut column = indent;
            for cell in &subject.cells {
                let (style, shown) = cell.shown();
                if column > indent && column + 2 + width(&shown) > COLUMNS {
                    let _ = write!(text, "\n{}", " ".repeat(indent));
                    column = indent;
                }
                let _ = write!(text, "  {}", paint.apply(style, &shown));
                column += 2 + width(&shown);
            }
            text.push('\n');
        }
        text
    }

    /// `authorization coverage 42% (21/50)`.
    pub(in crate::report::suite) fn headline(&self, language: Language) -> String {
        let (reached, all) = self.reached();
        let percent = (self.share() * 100.0).floor();
        format!("{} {percent:.0}% ({reached}/{all})", language.say(TITLE))
    }

    /// As a Markdown table.
    pub fn markdown(&self, language: Language) -> String {
        let say = |words| language.say(words);
        let mut text = format!("### {}\n\n", self.headline(language));
        let headings = [WHAT, ANSWER, TIMES, BY].map(say);
        let _ = writeln!(text, "| {} |\n|---|---|---:|---|", headings.join(" | "));
        for subject in &self.subjects {
            for cell in &subject.cells {
                let times = match cell.times {
                    0 => say(NEVER).to_owned(),
                    times => times.to_string(),
                };
                let row = [
                    markdown(&subject.title()),
                    markdown(&one_line(&cell.name)),
                    times,
                    markdown(&cell.by()),
                ];
                let _ = writeln!(text, "| {} |", row.join(" | "));
            }
        }
        text
    }

    /// The object of the JSON report.
    pub fn to_json(&self) -> Json {
        let (reached, all) = self.reached();
        json!({
            "type": "coverage",
            "share": self.share(),
            "reached": reached,
            "all": all,
            "subjects": self.subjects,
        })
    }
}

impl Subject {
    /// `wx.getLocation`; scopes and questions by their keys.
    pub(in crate::report::suite) fn title(&self) -> String {
        match self.kind {
            SubjectKind::Scope | SubjectKind::Question => one_line(&self.name),
            SubjectKind::Api => shown_name(&self.name),
        }
    }
}

impl Cell {
    fn shown(&self) -> (Style, String) {
        let name = one_line(&self.name);
        match (self.times, self.is_counted) {
            (0, _) => (colour(AnsiColor::Red), format!("✗ {name}")),
            (times, true) => (colour(AnsiColor::Green), format!("✓ {name} ×{times}")),
            (times, false) => (Style::new().dimmed(), format!("+ {name} ×{times}")),
        }
    }

    /// The tests in which it came up, the first of many.
    pub(in crate::report::suite) fn by(&self) -> String {
        let named = self.tests.iter().take(TESTS_NAMED).map(|it| one_line(it));
        let mut named: Vec<String> = named.collect();
        if self.tests.len() > TESTS_NAMED {
            named.push(format!("+{}", self.tests.len() - TESTS_NAMED));
        }
        named.join(", ")
    }
}
