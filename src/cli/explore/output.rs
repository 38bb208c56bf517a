//! What `wxsim explore` prints.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use indicatif::ProgressBar;

use super::job::{Message, Replayed};
use super::saved::Difference;
use crate::cli::load::Trouble;
use crate::cli::{EXIT_FAILED, EXIT_OK, paint, print};
use crate::explore::{Outcome, Progress};
use crate::report::explored::terminal;
use crate::report::suite::Language;
use crate::report::{Paint, line};

/// Where what the worker says goes.
pub(in crate::cli) struct Output {
    json: bool,
    language: Language,
    bar: Option<ProgressBar>,
    pub(in crate::cli) outcome: Option<Outcome>,
    pub(in crate::cli) replayed: Option<Replayed>,
    pub(in crate::cli) is_unusable: bool,
}

impl Output {
    pub(in crate::cli) fn new(json: bool, language: Language) -> Self {
        let is_shown = std::io::stderr().is_terminal();
        Self {
            json,
            language,
            bar: is_shown.then(ProgressBar::new_spinner),
            outcome: None,
            replayed: None,
            is_unusable: false,
        }
    }

    /// The language of texts.
    pub(in crate::cli) fn language(&self) -> Language {
        self.language
    }

    /// A message of the worker.
    pub(in crate::cli) fn hear(&mut self, message: Message) {
        match message {
            Message::Said(Trouble::Project(diagnostic)) => {
                if !self.json {
                    let coloured = std::io::stderr().is_terminal();
                    anstream::eprintln!("{}", diagnostic.render(coloured));
                }
            }
            Message::Said(Trouble::Unusable(diagnostic)) => {
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
        let mut text = terminal::outcome(outcome, paint(), self.language());
        if let Some(difference) = difference {
            text.push_str(&difference.text());
        }
        let _ = writeln!(text, "{}", self.summary(outcome));
        print(&text);
    }

    /// The last line.
    pub(in crate::cli) fn summary(&self, outcome: &Outcome) -> String {
        terminal::summary(outcome, self.language())
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
