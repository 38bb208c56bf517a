//! Counting, and the names by which tests are known.

use super::language::{self, Words};
use super::{Failure, FailureKind, FileResult, Outcome, SuiteResult, TestResult, Totals};
use crate::runtime::monitor::Found;
use crate::runtime::trace::Event;

impl FailureKind {
    /// The word in machine-readable reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::AppException => "appException",
            Self::UnhandledRejection => "unhandledRejection",
            Self::ConsoleError => "consoleError",
            Self::UnansweredQuestion => "unansweredQuestion",
            Self::UnmatchedRequest => "unmatchedRequest",
            Self::Stuck => "stuck",
            Self::Snapshot => "snapshot",
            Self::Action => "action",
            Self::Rule => "rule",
            Self::TestException => "testException",
            Self::Load => "load",
            Self::TimeLimit => "timeLimit",
            Self::MemoryLimit => "memoryLimit",
            Self::StackOverflow => "stackOverflow",
            Self::Crashed => "crashed",
        }
    }
}

impl Outcome {
    /// Whether the run fails because of it.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Errored)
    }

    /// The mark at the beginning of a line.
    pub(super) fn mark(self) -> char {
        match self {
            Self::Passed => '✓',
            Self::Failed => '✗',
            Self::Errored => '!',
            Self::Skipped => '↓',
            Self::Todo => '□',
        }
    }

    /// The word in totals.
    pub(super) fn words(self) -> Words {
        match self {
            Self::Passed => language::PASSED,
            Self::Failed => language::FAILED,
            Self::Errored => language::ERRORED,
            Self::Skipped => language::SKIPPED,
            Self::Todo => language::TODO,
        }
    }

    /// The word in machine-readable reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Errored => "errored",
            Self::Skipped => "skipped",
            Self::Todo => "todo",
        }
    }

    /// All, the ones to look at first.
    pub(super) const ALL: [Self; 5] = [
        Self::Failed,
        Self::Errored,
        Self::Passed,
        Self::Skipped,
        Self::Todo,
    ];
}

impl Totals {
    /// Counts one more.
    pub fn add(&mut self, outcome: Outcome) {
        self.tests += 1;
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Errored => self.errored += 1,
            Outcome::Skipped => self.skipped += 1,
            Outcome::Todo => self.todo += 1,
        }
    }

    /// How many ended that way.
    pub fn of(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Passed => self.passed,
            Outcome::Failed => self.failed,
            Outcome::Errored => self.errored,
            Outcome::Skipped => self.skipped,
            Outcome::Todo => self.todo,
        }
    }

    /// Whether nothing failed.
    pub fn is_good(&self) -> bool {
        self.failed + self.errored == 0
    }

    fn and(mut self, other: Self) -> Self {
        self.tests += other.tests;
        self.passed += other.passed;
        self.failed += other.failed;
        self.errored += other.errored;
        self.skipped += other.skipped;
        self.todo += other.todo;
        self
    }
}

impl TestResult {
    /// `cart › pays [persona=deny-all]`.
    pub fn title(&self) -> String {
        format!("{}{}", self.titles.join(" › "), self.variant_text())
    }

    /// What rules found that does not fail it, each once.
    pub fn warnings(&self) -> Vec<&Found> {
        let mut found: Vec<&Found> = Vec::new();
        for entry in &self.trace {
            let Event::Found(own) = &entry.event else {
                continue;
            };
            let fails = |failure: &Failure| {
                failure.kind == FailureKind::Rule && failure.message == own.headline(&own.says.en)
            };
            let is_told =
                self.failures.iter().any(fails) || found.iter().any(|it| is_same(it, own));
            if own.allowed.is_empty() && !is_told {
                found.push(own);
            }
        }
        found
    }

    /// ` [persona=deny-all, repeat=2]`; empty for a test that runs once.
    fn variant_text(&self) -> String {
        let pairs = self
            .variant
            .iter()
            .map(|(key, value)| format!("{key}={value}"));
        match pairs.collect::<Vec<_>>().join(", ").as_str() {
            "" => String::new(),
            pairs => format!(" [{pairs}]"),
        }
    }
}

/// Whether two findings are of the same thing.
fn is_same(one: &Found, other: &Found) -> bool {
    one.rule == other.rule && one.at == other.at && one.says == other.says
}

impl FileResult {
    /// Its tests; a file that does not load counts as one more, errored.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for test in &self.tests {
            totals.add(test.outcome);
        }
        if self.problem.is_some() {
            totals.add(Outcome::Errored);
        }
        totals
    }

    /// How the file as a whole ended; one of which no test is chosen counts as skipped.
    pub fn outcome(&self) -> Outcome {
        let totals = self.totals();
        let has = |outcome: &Outcome| totals.of(*outcome) > 0;
        let found = Outcome::ALL.into_iter().find(has);
        match found {
            Some(Outcome::Failed) if totals.errored > 0 => Outcome::Errored,
            Some(outcome) => outcome,
            None => Outcome::Skipped,
        }
    }

    /// Virtual time of its tests, in milliseconds.
    pub fn virtual_ms(&self) -> i64 {
        self.tests.iter().map(|test| test.virtual_ms).sum()
    }
}

impl SuiteResult {
    /// The tests of all files.
    pub fn totals(&self) -> Totals {
        let totals = self.files.iter().map(FileResult::totals);
        totals.fold(Totals::default(), Totals::and)
    }

    /// What rules found that fails no test, each once a program, with the file of the first test.
    pub fn warnings(&self) -> Vec<(&FileResult, &Found)> {
        let mut all: Vec<(&FileResult, &Found)> = Vec::new();
        for (file, test) in self.tests() {
            for found in test.warnings() {
                let is_known = |(own, it): &(&FileResult, &Found)| {
                    own.project == file.project && is_same(it, found)
                };
                if !all.iter().any(is_known) {
                    all.push((file, found));
                }
            }
        }
        all
    }

    /// Files by how they ended.
    pub(super) fn file_totals(&self) -> Totals {
        let mut totals = Totals::default();
        for file in &self.files {
            totals.add(file.outcome());
        }
        totals
    }

    /// Each test with its file.
    pub fn tests(&self) -> impl Iterator<Item = (&FileResult, &TestResult)> {
        let files = self.files.iter();
        files.flat_map(|file| file.tests.iter().map(move |test| (file, test)))
    }
}
