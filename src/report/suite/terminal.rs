//! The report that people read: a line as each file ends, failures in full, totals.
//!
//! Nothing is printed here: the command line writes what it gets, a line at a time.

mod failure;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::language::{self, Language};
use super::plain::{as_ms, counts, duration, first_line, padded, visible, wall, width};
use super::{FileResult, Outcome, SuiteResult, TestResult, Totals};
use crate::report::found::{self, Gathered};
use crate::report::text::{Paint, colour};
use crate::runtime::monitor::Weight;

/// Who reads, and how much.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether there are colours.
    pub paint: Paint,
    /// Language of headings and totals.
    pub language: Language,
    /// Whether each test has its line, passed ones too.
    pub is_verbose: bool,
}

/// From this real time on, a test's is shown beside its name, in milliseconds.
const SLOW_MS: f64 = 300.0;

/// Lines of a trace that are shown of a failed test.
const TRACE_LINES: usize = 12;

/// Steps of a story that are shown, the last ones.
const STEPS_MAX: usize = 15;

impl Terminal {
    /// The line of a test that has just ended, with its file; for reports that show each.
    pub fn test(self, file: &FileResult, test: &TestResult) -> String {
        let path = self.dim(&visible(&file.path));
        format!(
            " {} {path} › {}\n",
            self.mark(test.outcome),
            self.named(test)
        )
    }

    /// The lines of a file that has just ended: one when all passed, else its tests too.
    pub fn file(self, file: &FileResult) -> String {
        let outcome = file.outcome();
        let totals = file.totals();
        let about = match (&file.problem, totals.is_good()) {
            (Some(_), _) if file.tests.is_empty() => self.say(language::NOT_RUN).to_owned(),
            (_, true) if totals.passed == totals.tests => {
                let words = if totals.tests == 1 {
                    language::ONE_TEST
                } else {
                    language::MANY_TESTS
                };
                format!("{} {}", totals.tests, self.say(words))
            }
            _ => counts(&totals, self.language),
        };
        let times = self.dim(&duration(wall(file.wall_ms)));
        let mark = self.mark(outcome);
        let mut text = format!(
            " {mark} {}  {} {times}\n",
            visible(&file.path),
            self.dim(&about)
        );
        if let Some(problem) = &file.problem {
            let _ = writeln!(
                text,
                "   {}",
                self.red(&visible(first_line(&problem.message)))
            );
        }
        for diagnostic in &file.diagnostics {
            let yellow = colour(AnsiColor::Yellow);
            let line = self.paint.apply(yellow, &visible(&diagnostic.to_string()));
            let _ = writeln!(text, "   {line}");
        }
        let is_shown =
            |test: &&TestResult| self.is_verbose || !totals.is_good() || test.outcome.is_bad();
        for test in file.tests.iter().filter(is_shown) {
            let _ = writeln!(text, "   {} {}", self.mark(test.outcome), self.named(test));
            if let Some(failure) = test.failures.first() {
                let line = visible(first_line(failure.says(self.language)));
                let _ = writeln!(text, "     {} {}", self.red("→"), self.red(&line));
            }
        }
        text
    }

    /// What is written when all is over: failures in full, then the totals.
    pub fn end(self, suite: &SuiteResult) -> String {
        let (failures, rules) = (self.failures(suite), self.rules(suite));
        format!("{failures}{rules}{}", self.summary(suite))
    }

    /// The failures in full; empty when there is none.
    pub fn failures(self, suite: &SuiteResult) -> String {
        let all: Vec<String> = suite
            .files
            .iter()
            .flat_map(|file| self.of_file(file))
            .collect();
        if all.is_empty() {
            return String::new();
        }
        let title = format!("{} {}", self.say(language::FAILURES), all.len());
        format!("\n{}\n\n{}\n", self.rule(&title), all.join("\n"))
    }

    /// What rules found without failing a test; empty when there is nothing.
    fn rules(self, suite: &SuiteResult) -> String {
        let in_chinese = self.language == Language::Chinese;
        let mut gathered = Gathered::default();
        for (_, found) in suite.warnings() {
            gathered.add(found);
        }
        if gathered.is_empty() {
            return String::new();
        }
        let title = format!("{} {}", self.say(language::RULES), gathered.len());
        let mut text = format!("\n{}\n\n", self.bold(&ruled(&title)));
        for weight in [Weight::Error, Weight::Warning, Weight::Info] {
            for (lines, fix) in gathered.by_rule(weight, in_chinese) {
                for (line, _) in lines {
                    let line = self.paint.apply(found::style(weight), &visible(&line));
                    let _ = writeln!(text, " {line}");
                }
                let _ = writeln!(text, " {fix}");
            }
        }
        text
    }

    /// The failures of a file in full.
    fn of_file(self, file: &FileResult) -> Vec<String> {
        let problem = file.problem.iter().map(|it| self.problem(file, it));
        let failed = file.tests.iter().filter(|test| test.outcome.is_bad());
        problem
            .chain(failed.map(|test| self.failed(file, test)))
            .collect()
    }

    /// The totals, in a few lines.
    pub fn summary(self, suite: &SuiteResult) -> String {
        let mut rows = vec![
            (language::FILES, self.counted(&suite.file_totals())),
            (language::TESTS, self.counted(&suite.totals())),
        ];
        let virtual_ms = suite.files.iter().map(FileResult::virtual_ms).sum();
        let time = format!(
            "{}  {}",
            duration(wall(suite.wall_ms)),
            self.dim(&format!(
                "{} {}",
                duration(as_ms(virtual_ms)),
                self.say(language::VIRTUAL)
            ))
        );
        rows.push((language::TIME, time));
        let widest = rows.iter().map(|(title, _)| width(self.say(*title))).max();
        let mut text = String::from("\n");
        for (title, value) in rows {
            let title = padded(self.say(title), widest.unwrap_or_default());
            let _ = writeln!(text, " {}  {value}", self.bold(&title));
        }
        if suite.is_cut {
            let yellow = colour(AnsiColor::Yellow);
            let _ = writeln!(
                text,
                " {}",
                self.paint.apply(yellow, self.say(language::CUT))
            );
        }
        text
    }

    /// The totals with a colour for each kind.
    fn counted(self, totals: &Totals) -> String {
        let kinds = Outcome::ALL.into_iter().filter(|it| totals.of(*it) > 0);
        let kinds = kinds.map(|it| {
            let text = format!("{} {}", totals.of(it), self.say(it.words()));
            self.paint.apply(style(it), &text)
        });
        let kinds: Vec<String> = kinds.collect();
        if kinds.is_empty() {
            return self.say(language::NO_TESTS).to_owned();
        }
        let all = self.dim(&format!("({})", totals.tests));
        format!("{} {all}", kinds.join(&self.dim(" | ")))
    }

    /// A test's title, with its time when that is long.
    fn named(self, test: &TestResult) -> String {
        let title = visible(&test.title());
        if test.wall_ms < SLOW_MS {
            return title;
        }
        format!("{title} {}", self.dim(&duration(test.wall_ms)))
    }

    fn mark(self, outcome: Outcome) -> String {
        self.paint
            .apply(style(outcome), &outcome.mark().to_string())
    }

    /// A title with a line after it.
    fn rule(self, title: &str) -> String {
        self.red(&ruled(title))
    }

    fn say(self, words: language::Words) -> &'static str {
        self.language.say(words)
    }

    fn dim(self, text: &str) -> String {
        self.paint.apply(Style::new().dimmed(), text)
    }

    fn bold(self, text: &str) -> String {
        self.paint.apply(Style::new().bold(), text)
    }

    fn red(self, text: &str) -> String {
        self.paint.apply(colour(AnsiColor::Red), text)
    }
}

/// A title with a line after it.
fn ruled(title: &str) -> String {
    let line = "─".repeat(72_usize.saturating_sub(width(title) + 4));
    format!("── {title} {line}")
}

fn style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Passed => colour(AnsiColor::Green),
        Outcome::Failed => colour(AnsiColor::Red),
        Outcome::Errored => colour(AnsiColor::Red).bold(),
        Outcome::Skipped => colour(AnsiColor::Yellow),
        Outcome::Todo => colour(AnsiColor::Blue),
    }
}
