//! The supervisor's side: what a worker says, put together as results.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use super::again::Again;
use super::job::{IN_TEST_CODE, Message, Variant};
use super::snapshots::Seen;
use crate::cli::quoted;
use crate::diagnostic::Place;
use crate::report::Summary;
use crate::report::suite::{Failure, FailureKind, FileResult, Outcome, TestResult};
use crate::runtime::Choices;
use crate::runtime::trace::{Entry, Event as TraceEvent};
use crate::scenario::{Compared, EXPLORES, Mode, Plan};
use crate::worker::Death;

/// What is known of one run of one file.
pub(super) struct Gather {
    pub(super) file: FileResult,
    variant: Variant,
    plan: Plan,
    /// Tests that the flags choose.
    meant: Vec<u32>,
    /// Those of them that are to run.
    selected: Vec<u32>,
    results: BTreeMap<u32, TestResult>,
    /// The test that runs, since when.
    current: Option<(u32, Instant)>,
    /// The hooks that run once for a group.
    hooks: Option<(u32, String)>,
    /// What was heard since the test or the hooks began.
    heard: Vec<Entry>,
    /// What was heard of the hooks of each group.
    of_hooks: BTreeMap<u32, Vec<Entry>>,
    /// Results of hooks after all tests, which are no tests.
    after: Vec<TestResult>,
    began: Instant,
    /// Whether a file with `only` fails.
    refuses_only: bool,
    /// Whether the tests are only listed.
    lists: bool,
    /// Whether tests were left out because enough had failed.
    is_cut: bool,
    /// The seed of its program.
    seed: Option<u64>,
    /// Files of test code.
    pub(super) files: Vec<PathBuf>,
    /// What tests and hooks compared with what is kept.
    compared: Vec<Compared>,
}

/// What is said of a file with `only` where nobody looks on.
const ONLY: &str = "something in this file is marked `only`: the other tests would not run";

/// Why a branch may die.
fn kind_of(death: &Death) -> FailureKind {
    match death {
        Death::Time { .. } => FailureKind::TimeLimit,
        Death::Stack { .. } => FailureKind::StackOverflow,
        Death::Memory { .. } => FailureKind::MemoryLimit,
        _ => FailureKind::Crashed,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a test takes is told, and decides nothing"
)]
fn now() -> Instant {
    Instant::now()
}

impl Gather {
    pub(super) fn new(path: &str, project: String, variant: Variant) -> Self {
        Self {
            file: FileResult {
                path: path.to_owned(),
                project,
                ..FileResult::default()
            },
            variant,
            plan: Plan::default(),
            meant: Vec::new(),
            selected: Vec::new(),
            results: BTreeMap::new(),
            current: None,
            hooks: None,
            heard: Vec::new(),
            of_hooks: BTreeMap::new(),
            after: Vec::new(),
            began: now(),
            refuses_only: false,
            lists: false,
            is_cut: false,
            seed: None,
            files: Vec::new(),
            compared: Vec::new(),
        }
    }

    /// The tests do not run.
    pub(super) fn only_lists(&mut self, on: bool) {
        self.lists = on;
    }

    /// Lets a file with `only` fail.
    pub(super) fn refuse_only(&mut self, on: bool) {
        self.refuses_only = on;
    }

    /// A line of the worker.
    #[expect(clippy::too_many_lines, reason = "one arm a message")]
    pub(super) fn message(&mut self, message: Message) {
        match message {
            Message::File(_) => {}
            Message::Planned(plan, meant, selected) => {
                if self.refuses_only && plan.has_only() {
                    let mut failure = Failure::new(FailureKind::Load, ONLY);
                    "take `only` away, or run with --no-ci".clone_into(&mut failure.help);
                    self.file.problem = Some(failure);
                }
                self.plan = plan;
                self.meant = meant;
                self.selected = selected;
            }
            Message::Files(files) => self.files = files,
            Message::Snapshots(compared) => self.compared.extend(compared),
            Message::Mistake(mistake) => self.file.diagnostics.push(*mistake),
            Message::Unusable(failure, tests) if tests.is_empty() => {
                self.file.problem = Some(*failure);
            }
            Message::Unusable(failure, tests) => {
                for test in tests {
                    self.put(test, vec![(*failure).clone()]);
                }
            }
            Message::Hooks { group, name } => {
                self.heard.clear();
                self.hooks = Some((group, name));
            }
            Message::HooksDone {
                group,
                name,
                failures,
                tests,
            } => {
                let heard = std::mem::take(&mut self.heard);
                self.of_hooks.insert(group, heard);
                self.hooks = None;
                self.hooks_failed(group, &name, &failures, &tests);
            }
            Message::LeftOut(number) => {
                let mut result = self.blank(number);
                result.outcome = Outcome::Skipped;
                self.is_cut = true;
                self.results.insert(number, result);
            }
            Message::Begin(number) => {
                self.heard = self.heard_before(number);
                self.current = Some((number, now()));
            }
            Message::Trace(entry) => {
                if let TraceEvent::Start { seed, .. } = &entry.event {
                    self.seed = Some(*seed);
                }
                self.heard.push(entry);
            }
            Message::End {
                number,
                failures,
                output,
                virtual_ms,
            } => {
                let wall = self.wall_ms();
                self.put(number, failures);
                if let Some(result) = self.results.get_mut(&number) {
                    result.virtual_ms = virtual_ms;
                    result.output = output;
                    result.wall_ms = wall;
                    result.trace = std::mem::take(&mut self.heard);
                }
                self.current = None;
            }
        }
    }

    /// The branch that ran died.
    pub(super) fn died(&mut self, death: &Death, note: &str) {
        let mut summary = Summary::default();
        for entry in &self.heard {
            summary.add(entry);
        }
        let doing = match summary.place() {
            _ if note == IN_TEST_CODE => note.to_owned(),
            place => place,
        };
        let failure =
            |place: &str| Failure::new(kind_of(death), format!("{place}: {}", death.text()));
        if let Some((number, _)) = self.current {
            let wall = self.wall_ms();
            self.put(number, vec![failure(&doing)]);
            if let Some(result) = self.results.get_mut(&number) {
                result.wall_ms = wall;
                result.trace = std::mem::take(&mut self.heard);
            }
            self.current = None;
        } else if let Some((group, name)) = self.hooks.take() {
            let tests: Vec<u32> = self.tests_of(group);
            self.hooks_failed(group, &name, &[failure(&doing)], &tests);
        } else if self.results.is_empty() && self.file.problem.is_none() {
            let place = if note.is_empty() {
                "while the file was read"
            } else {
                note
            };
            self.file.problem = Some(failure(place));
        }
    }

    fn wall_ms(&self) -> f64 {
        let began = self.current.map(|(_, began)| began);
        began.map_or(0.0, |began| now().duration_since(began).as_secs_f64() * 1e3)
    }

    /// Tests of a group that have no result.
    fn tests_of(&self, group: u32) -> Vec<u32> {
        let is_in = |number: &&u32| {
            let chain = self.plan.chain(**number);
            chain.iter().any(|node| node.number == group)
        };
        let left = |number: &&u32| !self.results.contains_key(number);
        self.selected
            .iter()
            .filter(is_in)
            .filter(left)
            .copied()
            .collect()
    }

    fn hooks_failed(&mut self, group: u32, name: &str, failures: &[Failure], tests: &[u32]) {
        if failures.is_empty() {
            return;
        }
        let failures: Vec<Failure> = failures.to_vec();
        if name == "beforeAll" {
            for test in tests {
                self.put(*test, failures.clone());
            }
            return;
        }
        let mut titles = self.plan.titles(group);
        titles.push(name.to_owned());
        let mut result = TestResult {
            titles,
            variant: self.variant_words(),
            outcome: outcome(&failures),
            failures,
            ..TestResult::default()
        };
        result.trace = self.of_hooks.get(&group).cloned().unwrap_or_default();
        self.after.push(result);
    }

    /// What was heard of the hooks of the groups around a test.
    fn heard_before(&self, number: u32) -> Vec<Entry> {
        let chain = self.plan.chain(number);
        let heard = chain
            .iter()
            .filter_map(|node| self.of_hooks.get(&node.number));
        heard.flatten().cloned().collect()
    }

    /// The command that runs just this test in the same way, with the choices of an exploration at its end.
    fn replay(&self, titles: &[String], is_of_rules: bool, story: &str) -> String {
        let mut words = vec![
            "wxsim".to_owned(),
            "test".to_owned(),
            self.file.path.clone(),
        ];
        words.extend(["-t".to_owned(), titles.join(" › ")]);
        for (name, value) in self.variant_words() {
            if name != "repeat" {
                let name = if name == "persona" { "personas" } else { &name };
                words.extend([format!("--{name}"), value]);
            }
        }
        if self.variant.seed.is_none()
            && let Some(seed) = self.seed
        {
            words.extend(["--seed".to_owned(), seed.to_string()]);
        }
        if is_of_rules {
            words.extend(["--rules", "error"].map(str::to_owned));
        }
        let of_test = self.heard.iter().position(begins_exploration);
        let of_test = of_test.unwrap_or(self.heard.len());
        let choices = Choices::of(&self.heard[..of_test]);
        if !choices.is_empty() || !story.is_empty() {
            let (story, choices) = (story.to_owned(), choices);
            words.extend(["--choices".to_owned(), Again::text(&choices, &story)]);
        }
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        words.join(" ")
    }

    fn put(&mut self, number: u32, mut failures: Vec<Failure>) {
        let mut result = self.blank(number);
        if !failures.is_empty() {
            let is_of_rules = |failure: &Failure| failure.kind == FailureKind::Rule;
            let is_of_rules = failures.iter().any(is_of_rules);
            result.replay = self.replay(&result.titles, is_of_rules, "");
        }
        for failure in failures.iter_mut().filter(|own| !own.choices.is_empty()) {
            let line = self.replay(&result.titles, false, &failure.choices);
            failure.help = format!("this does it again: {line}");
        }
        result.outcome = outcome(&failures);
        result.failures = failures;
        if self.plan.mode(number) == Mode::Fails {
            must_fail(&mut result);
        }
        self.results.insert(number, result);
    }

    fn blank(&self, number: u32) -> TestResult {
        let node = self.plan.node(number);
        let chooses = |name: &str| {
            let key = if name == "compat-date" {
                "compatDate"
            } else {
                name
            };
            let is_option = matches!(
                key,
                "persona" | "compatDate" | "platform" | "sdk" | "client"
            );
            is_option && node.is_some_and(|node| node.options.contains_key(key))
        };
        let mut variant = self.variant_words();
        variant.retain(|(name, _)| !chooses(name));
        TestResult {
            titles: self.plan.titles(number),
            variant,
            tags: node.map(crate::scenario::Node::tags).unwrap_or_default(),
            place: node.and_then(crate::scenario::Node::place),
            ..TestResult::default()
        }
    }

    fn variant_words(&self) -> Vec<(String, String)> {
        self.variant.words()
    }

    /// How many of its tests failed so far.
    pub(super) fn failures(&self) -> usize {
        let results = self.results.values();
        results.filter(|test| test.outcome.is_bad()).count()
    }

    /// Numbers of the tests that have a result.
    pub(super) fn done(&self) -> Vec<u32> {
        self.results.keys().copied().collect()
    }

    /// Whether tests are left that a new worker could run.
    pub(super) fn is_unfinished(&self) -> bool {
        let done: BTreeSet<u32> = self.results.keys().copied().collect();
        self.file.problem.is_none() && self.selected.iter().any(|test| !done.contains(test))
    }

    /// The file's results, in the order in which the tests are written.
    pub(super) fn finish(mut self) -> (FileResult, Seen) {
        for test in self.plan.tests() {
            let number = test.number;
            if self.results.contains_key(&number) || !self.meant.contains(&number) {
                continue;
            }
            let mode = self.plan.mode(number);
            let is_selected = self.selected.contains(&number);
            let outcome = match mode {
                Mode::Todo => Outcome::Todo,
                Mode::Skip => Outcome::Skipped,
                _ if is_selected && self.lists => Outcome::Passed,
                _ if is_selected => Outcome::Errored,
                _ => continue, // A flag left it out.
            };
            let mut result = self.blank(number);
            result.outcome = outcome;
            if outcome == Outcome::Errored {
                let message = "it did not run: the worker process of its file ended before";
                result
                    .failures
                    .push(Failure::new(FailureKind::Crashed, message));
            }
            self.results.insert(number, result);
        }
        self.file.tests = self.results.into_values().chain(self.after).collect();
        self.file.wall_ms =
            u64::try_from(now().duration_since(self.began).as_millis()).unwrap_or(0);
        for test in &mut self.file.tests {
            quote_source(test);
        }
        // A test that must fail may end before it compares.
        let may_end_early = self.plan.nodes.iter().any(|node| node.mode == Mode::Fails);
        let is_over = |test: &TestResult| matches!(test.outcome, Outcome::Passed | Outcome::Todo);
        let seen = Seen {
            is_cut: self.is_cut,
            compared: self.compared,
            words: self.variant.snapshot_words(),
            is_whole: self.file.problem.is_none()
                && !may_end_early
                && self.file.tests.iter().all(is_over),
        };
        (self.file, seen)
    }
}

/// Whether everything is tried from here on.
fn begins_exploration(entry: &Entry) -> bool {
    matches!(&entry.event, TraceEvent::Step { step } if step == EXPLORES)
}

/// The worst of the failures decides.
fn outcome(failures: &[Failure]) -> Outcome {
    let outcomes = failures.iter().map(|failure| failure.kind.outcome());
    outcomes.max().unwrap_or(Outcome::Passed)
}

/// A test that must fail passes when something does not hold, or when its own code throws.
fn must_fail(result: &mut TestResult) {
    let throws = |failure: &Failure| {
        failure.kind == FailureKind::TestException || failure.kind.outcome() == Outcome::Failed
    };
    if !result.failures.is_empty() && result.failures.iter().all(throws) {
        result.outcome = Outcome::Passed;
        result.failures.clear();
    } else if result.outcome == Outcome::Passed {
        result.outcome = Outcome::Failed;
        let message = "it is marked test.fails, and everything holds: take the mark away";
        result
            .failures
            .push(Failure::new(FailureKind::Assertion, message));
    }
}

/// A place without its line stays as it is; nothing is read from the disk here.
fn quote_source(test: &mut TestResult) {
    for failure in &mut test.failures {
        let Some(Place {
            line, source_line, ..
        }) = &failure.place
        else {
            continue;
        };
        if failure.source.is_empty() && !source_line.is_empty() {
            failure.source = vec![(*line, source_line.clone())];
        }
    }
}
