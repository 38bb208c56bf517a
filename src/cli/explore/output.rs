//! What `wxsim explore` prints.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use indicatif::ProgressBar;

use super::job::{Message, Replayed};
use super::saved::Difference;
use crate::cli::{EXIT_FAILED, EXIT_OK, paint, print};
use crate::explore::{Outcome, Progress, Violation, story};
use crate::report::{Paint, line};

/// Where what the worker says goes.
pub(in crate::cli) struct Output {
    json: bool,
    in_chinese: bool,
    bar: Option<ProgressBar>,
    pub(in crate::cli) outcome: Option<Outcome>,
    pub(in crate::cli) replayed: Option<Replayed>,
    pub(in crate::cli) is_unusable: bool,
}

impl Output {
    pub(in crate::cli) fn new(json: bool, language: Option<&str>) -> Self {
        let is_shown = !json && std::io::stderr().is_terminal();
        Self {
            json,
            in_chinese: speaks_chinese(language),
            bar: is_shown.then(ProgressBar::new_spinner),
            outcome: None,
            replayed: None,
            is_unusable: false,
        }
    }

    /// A message of the worker.
    pub(in crate::cli) fn hear(&mut self, message: Message) {
        match message {
            Message::Project(diagnostic) => {
                if !self.json {
                    let coloured = std::io::stderr().is_terminal();
                    anstream::eprintln!("{}", diagnostic.render(coloured));
                }
            }
            Message::Unusable(diagnostic) => {
                self.is_unusable = true;
                let coloured = std::io::stderr().is_terminal();
                anstream::eprintln!("{}", diagnostic.render(coloured));
            }
            Message::Progress(progress) => self.progress(progress),
            Message::Outcome(outcome) => self.outcome = Some(*outcome),
            Message::Again(replayed) => self.replayed = Some(*replayed),
        }
    }

    fn progress(&self, progress: Progress) {
        if let Some(bar) = &self.bar {
            let elapsed = bar.elapsed().as_secs_f64().max(0.001);
            #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
            let rate = progress.paths as f64 / elapsed;
            bar.set_message(format!(
                "{} paths ({rate:.0}/s) · {} states · {} waiting · stories of {} · {} found",
                progress.paths,
                progress.states,
                progress.frontier,
                progress.depth,
                progress.violations
            ));
            bar.tick();
        }
    }

    pub(in crate::cli) fn end_progress(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Prints an outcome.
    pub(super) fn print(&self, outcome: &Outcome, difference: Option<&Difference>) {
        if self.json {
            let text = serde_json::to_string_pretty(outcome).unwrap_or_default();
            return print(&format!("{text}\n"));
        }
        let mut text = String::new();
        for violation in &outcome.violations {
            text.push_str(&self.violation(violation));
            text.push('\n');
        }
        text.push_str(&self.matrix(outcome));
        if let Some(difference) = difference {
            text.push_str(&difference.text());
        }
        let _ = writeln!(text, "{}", self.summary(outcome));
        print(&text);
    }

    /// One violation with its story.
    pub(in crate::cli) fn violation(&self, violation: &Violation) -> String {
        let mut text = String::new();
        let says = if self.in_chinese {
            &violation.says.zh
        } else {
            &violation.says.en
        };
        let _ = writeln!(text, "✗ {}: {says}", violation.property);
        if let Some(at) = &violation.at {
            let _ = writeln!(
                text,
                "  {}:{}:{}  {}",
                at.file,
                at.line,
                at.column,
                violation.source_line.trim()
            );
        }
        for line in story(violation, self.in_chinese) {
            let _ = writeln!(text, "    {line}");
        }
        let again = if self.in_chinese { "重现" } else { "again" };
        let _ = writeln!(text, "  {again}: {}", violation.replay);
        text
    }

    fn matrix(&self, outcome: &Outcome) -> String {
        let mut text = String::new();
        let matrix = &outcome.matrix;
        let rows = matrix.answers.iter().chain(&matrix.faults);
        for (name, cells) in rows {
            let cells: Vec<String> = cells
                .iter()
                .map(|(column, cell)| {
                    let word = match (self.in_chinese, cell.word()) {
                        (false, word) => word,
                        (true, "handled") => "已处理",
                        (true, "unhandled") => "未处理",
                        (true, _) => "未到达",
                    };
                    format!("{column} {word} ({})", cell.reached)
                })
                .collect();
            let _ = writeln!(text, "{name}: {}", cells.join(", "));
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    /// The last line.
    pub(in crate::cli) fn summary(&self, outcome: &Outcome) -> String {
        let (states, transitions) = (outcome.states, outcome.transitions);
        let found = outcome.violations.len();
        match (self.in_chinese, &outcome.bound) {
            (false, None) => {
                format!("{states} states, {transitions} transitions, complete; {found} violations")
            }
            (false, Some(bound)) => {
                format!(
                    "{states} states, {transitions} transitions, bounded by {bound}; {found} violations"
                )
            }
            (true, None) => {
                format!("{states} 个状态，{transitions} 次转移，已穷尽；发现 {found} 个问题")
            }
            (true, Some(bound)) => {
                format!(
                    "{states} 个状态，{transitions} 次转移，受限于 {bound}；发现 {found} 个问题"
                )
            }
        }
    }

    /// Prints choices that were done again.
    pub(super) fn again(&self, replayed: &Replayed) -> u8 {
        let paint = if self.json { Paint::Plain } else { paint() };
        let mut text = String::new();
        for entry in &replayed.entries {
            if self.json {
                let _ = writeln!(text, "{}", serde_json::to_string(entry).unwrap_or_default());
            } else if let Some(line) = line(entry, paint) {
                let _ = writeln!(text, "{line}");
            }
        }
        let found = replayed.entries.iter().filter(|entry| {
            matches!(
                &entry.event,
                crate::runtime::trace::Event::Found(_) | crate::runtime::trace::Event::Error { .. }
            )
        });
        let found = found.count();
        print(&text);
        if replayed.is_lost {
            anstream::eprintln!("one of the choices was not there: the program has changed since");
        }
        if found > 0 || replayed.is_lost {
            EXIT_FAILED
        } else {
            EXIT_OK
        }
    }
}

/// Whether people are told in Chinese: as they ask, else by the locale.
pub(in crate::cli) fn speaks_chinese(language: Option<&str>) -> bool {
    match language {
        Some(language) => language.starts_with("zh"),
        None => ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .is_some_and(|value| value.starts_with("zh")),
    }
}
