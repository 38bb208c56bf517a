//! What a run of `wxsim test` came to: the one type that every report is made of.

use serde::{Deserialize, Serialize};

use super::language::Language;
use crate::diagnostic::{Diagnostic, Place};
use crate::report::found;
use crate::runtime::monitor::Found;
use crate::runtime::trace::Entry;
use crate::value::Frame;

/// All files of a run, in the order in which they were found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuiteResult {
    /// The files.
    pub files: Vec<FileResult>,
    /// Real time of the whole run, in milliseconds.
    pub wall_ms: u64,
    /// Whether the run was ended before its time (`--bail`, Ctrl-C).
    pub is_cut: bool,
}

/// One test file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileResult {
    /// Path as people give it, with `/`.
    pub path: String,
    /// Folder of the mini program that it tests.
    pub project: String,
    /// Its tests, in the order in which they are written.
    pub tests: Vec<TestResult>,
    /// Why no test of the file could run: it does not load, its project does not, `beforeAll` failed.
    pub problem: Option<Failure>,
    /// Mistakes in the project that do not keep it from running.
    pub diagnostics: Vec<Diagnostic>,
    /// Real time, in milliseconds.
    pub wall_ms: u64,
}

/// How a test ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// All of it holds.
    #[default]
    Passed,
    /// Something does not hold: `JUnit`'s `failure`.
    Failed,
    /// It could not be run to its end: `JUnit`'s `error`.
    Errored,
    /// It is marked `skip`, or another one is marked `only`.
    Skipped,
    /// It is still to be written.
    Todo,
}

/// One run of one test.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// Titles of the groups around it, then its own.
    pub titles: Vec<String>,
    /// What tells runs of the same test apart: `persona=deny-all`, `compat-date=2018-06-04`, `repeat=2`.
    pub variant: Vec<(String, String)>,
    /// Its tags, with `@`.
    pub tags: Vec<String>,
    /// Where it is written.
    pub place: Option<Place>,
    /// How it ended.
    pub outcome: Outcome,
    /// What does not hold; several with soft assertions and after hooks.
    pub failures: Vec<Failure>,
    /// Real time, in milliseconds.
    pub wall_ms: f64,
    /// Virtual time, in milliseconds.
    pub virtual_ms: i64,
    /// What the test itself printed, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub output: Vec<String>,
    /// The trace of its mini programs.
    pub trace: Vec<Entry>,
    /// The command line that runs just this test in the same way.
    pub replay: String,
}

/// Which kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FailureKind {
    /// `expect` does not hold.
    Assertion,
    /// An uncaught exception of the app.
    AppException,
    /// A promise of the app was rejected and nobody heard.
    UnhandledRejection,
    /// The app wrote `console.error`.
    ConsoleError,
    /// A question that nobody answered.
    UnansweredQuestion,
    /// A request (or cloud call) that no route answers.
    UnmatchedRequest,
    /// The test waits for something that cannot come.
    Stuck,
    /// A snapshot of the file that no test asked for, or a new one where none may be written.
    Snapshot,
    /// A step that does not apply to what is there.
    Action,
    /// A rule that weighs as an error does not hold.
    Rule,
    /// The test's own code threw.
    TestException,
    /// The test file or its project does not load.
    Load,
    /// It took longer than it may.
    TimeLimit,
    /// It used more memory than it may.
    MemoryLimit,
    /// The native stack overflowed.
    StackOverflow,
    /// The process ended in another way.
    Crashed,
}

impl FailureKind {
    /// How a test with such a failure ended.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Assertion
            | Self::AppException
            | Self::UnhandledRejection
            | Self::ConsoleError
            | Self::UnansweredQuestion
            | Self::UnmatchedRequest
            | Self::Stuck
            | Self::Snapshot
            | Self::Action
            | Self::Rule => Outcome::Failed,
            Self::TestException
            | Self::Load
            | Self::TimeLimit
            | Self::MemoryLimit
            | Self::StackOverflow
            | Self::Crashed => Outcome::Errored,
        }
    }
}

/// Something that does not hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Which kind.
    pub kind: FailureKind,
    /// What, in one or more lines without colour.
    pub message: String,
    /// `toBe`, for an assertion.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matcher: String,
    /// Lines that begin with `- ` (expected), `+ ` (received) or two blanks; empty without a difference to show.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub diff: String,
    /// Where in the test file or in the app, with the source line.
    pub place: Option<Place>,
    /// The lines around that place: number and text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<(u32, String)>,
    /// Calls that led there, innermost first: `pages/a/a.js:3:5 onTap`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<String>,
    /// What to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Numbers of the choices of an exploration that lead there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub choices: String,
    /// What and what to do in Chinese, where wxsim has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<Box<Chinese>>,
}

/// A failure in Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chinese {
    /// What, in one or more lines without colour.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Tests that ran or were to run.
    pub tests: usize,
    /// See [`Outcome`].
    pub passed: usize,
    /// See [`Outcome`].
    pub failed: usize,
    /// See [`Outcome`]; files that do not load count here once.
    pub errored: usize,
    /// See [`Outcome`].
    pub skipped: usize,
    /// See [`Outcome`].
    pub todo: usize,
}

impl Failure {
    /// A failure without a place.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            matcher: String::new(),
            diff: String::new(),
            place: None,
            source: Vec::new(),
            stack: Vec::new(),
            help: String::new(),
            choices: String::new(),
            zh: None,
        }
    }

    /// What does not hold, in a language, as far as wxsim has it.
    pub fn says(&self, language: Language) -> &str {
        match (&self.zh, language) {
            (Some(own), Language::Chinese) => &own.message,
            _ => &self.message,
        }
    }

    /// What to do, in a language, as far as wxsim has it.
    pub fn advice(&self, language: Language) -> &str {
        match (&self.zh, language) {
            (Some(own), Language::Chinese) => &own.help,
            _ => &self.help,
        }
    }

    /// That a rule does not hold.
    pub fn of_rule(found: &Found) -> Self {
        let mut failure = Self::new(FailureKind::Rule, found.headline(&found.says.en));
        if let Some(at) = &found.at {
            let place = Place::at(&*at.file, at.line, at.column, 0);
            failure.place = Some(place.with_source(&found.source_line));
            if !found.source_line.is_empty() {
                failure.source = vec![(at.line, found.source_line.clone())];
            }
        }
        failure.stack = found.causes.iter().rev().cloned().collect();
        let fix = |in_chinese| {
            let fix = found::fix(found, in_chinese);
            fix.trim_start_matches([' ', '→']).to_owned()
        };
        failure.help = fix(false);
        failure.zh = Some(Box::new(Chinese {
            message: found.headline(&found.says.zh),
            help: fix(true),
        }));
        failure
    }

    /// Says where it is, with the lines around it from the text of that file.
    pub fn place_at(&mut self, frame: &Frame, text: &str) {
        let at = Place::at(&*frame.file, frame.line, frame.column, 0);
        let lines = (1..).zip(text.lines());
        let near =
            lines.filter(|(line, _): &(u32, &str)| line.abs_diff(frame.line) <= LINES_AROUND);
        self.source = near.map(|(line, text)| (line, text.to_owned())).collect();
        let own = self.source.iter().find(|(line, _)| *line == frame.line);
        self.place = Some(match own {
            Some((_, text)) => at.with_source(text),
            None => at,
        });
    }
}

/// Lines that are shown before and after the one of a failure.
const LINES_AROUND: u32 = 2;
