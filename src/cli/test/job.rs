//! The worker's side of `wxsim test`: test files with the program that they have in common.
//!
//! The test context and the program are read once. Each file runs in a copy of the process, a group with hooks that
//! run once in a copy of that, every test in a copy of that; where there are no copies, each test has a start of its
//! own.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::program::{Made, failure_of, program};
use super::select::Selection;
use crate::cli::explore::bound_flags::own_jobs;
use crate::cli::field::Asker;
use crate::cli::snapshot_files;
use crate::cli::watched::RulesFlag;
use crate::diagnostic::Diagnostic;
use crate::engine::Limits;
use crate::profile::Date;
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::trace::Entry;
use crate::runtime::{Choices, Persona};
use crate::scenario::{Compared, Done, Explorer, Mode, Options, Plan, SnapshotRules, Stage, Turn};
use crate::worker::{Mode as Copies, Outbox, Twigs, Zygote, can_grow};

/// What a worker is asked to do.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Request {
    /// Folder that shown paths are relative to.
    pub(super) root: PathBuf,
    /// The test files, which have the program in common unless they choose another.
    pub(super) files: Vec<FileRequest>,
    /// Code in the place of files: path, code.
    pub(super) made: Vec<(String, String)>,
    /// The program, unless the file names another.
    pub(super) project: PathBuf,
    pub(super) variant: Variant,
    pub(super) selection: Selection,
    /// Whether every test has a start of its own.
    pub(super) no_fork: bool,
    /// What may become of snapshots that are new or differ.
    pub(super) snapshots: SnapshotRules,
    /// What becomes of findings of the rules, on which day.
    pub(super) rules: RulesFlag,
    pub(super) today: Option<Date>,
    /// Which of their answers questions get.
    pub(super) choices: Choices,
    /// The choices of an exploration that are done again, in the place of every exploration.
    pub(super) story: Option<Vec<u32>>,
    /// Whether only the plan is wanted.
    pub(super) lists: bool,
    /// Whether the supervisor is asked before each test if it is still to run.
    pub(super) asks: bool,
}

/// A test file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct FileRequest {
    /// Its path, as it is shown.
    pub(super) path: String,
    /// Tests that are over, of an earlier worker for the same file.
    pub(super) done: Vec<u32>,
}

/// What one run of a file has different from others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Variant {
    pub(super) seed: Option<u64>,
    pub(super) persona: Option<Persona>,
    /// Rules of `compat_date` and its kin, as flags.
    pub(super) compat_date: Option<String>,
    pub(super) sdk: Option<String>,
    pub(super) client: Option<String>,
    pub(super) platform: Option<String>,
    /// Which of the repetitions.
    pub(super) repeat: Option<u32>,
    /// Whether tests that choose the persona themselves run in it: they run with one of the personas only.
    pub(super) is_first_persona: bool,
    /// The same of days.
    pub(super) is_first_day: bool,
}

impl Variant {
    /// What is different, in words.
    pub(super) fn words(&self) -> Vec<(String, String)> {
        let words = [
            ("persona", self.persona.map(|it| it.name().to_owned())),
            ("compat-date", self.compat_date.clone()),
            ("platform", self.platform.clone()),
            ("sdk", self.sdk.clone()),
            ("client", self.client.clone()),
            ("seed", self.seed.map(|seed| seed.to_string())),
            ("repeat", self.repeat.map(|it| it.to_string())),
        ];
        let said = words
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        said.collect()
    }

    /// Those of them that snapshots have in their names: a repetition compares with the same text, and the seed is
    /// part of every command that runs a test again.
    pub(super) fn snapshot_words(&self) -> Vec<(String, String)> {
        let mut words = self.words();
        words.retain(|(name, _)| name != "seed" && name != "repeat");
        words
    }
}

/// What a worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Message<E = Entry> {
    /// What follows is of that file of the request.
    File(usize),
    /// The file is read; with the numbers of the tests that are meant, and of those among them that will run.
    Planned(Plan, Vec<u32>, Vec<u32>),
    /// The project has a mistake that does not keep it from running.
    Mistake(Box<Diagnostic>),
    /// No test of the file can run, or none of these.
    Unusable(Box<Failure>, Vec<u32>),
    /// Hooks of a group that run once begin.
    Hooks { group: u32, name: String },
    /// They are over; what does not hold, and the tests that cannot run because of it.
    HooksDone {
        group: u32,
        name: String,
        failures: Vec<Failure>,
        tests: Vec<u32>,
    },
    /// A test begins.
    Begin(u32),
    /// A test does not run, since enough have failed.
    LeftOut(u32),
    /// The program did something.
    Trace(E),
    /// A test is over.
    End {
        number: u32,
        failures: Vec<Failure>,
        output: Vec<String>,
        virtual_ms: i64,
    },
    /// What a test or a hook compared with what is kept; comes before its end.
    Snapshots(Vec<Compared>),
    /// Files of test code that were read.
    Files(Vec<PathBuf>),
}

/// What a worker asks before each test, with `--bail`.
pub(super) const GOES_ON: &str = "does the run go on?";
/// The answer with which the test runs.
pub(super) const YES: &str = "yes";

/// What is noted while test code runs.
pub(super) const IN_TEST_CODE: &str = "in the test's own code";

/// A file with the program for some of its tests.
struct Loaded {
    stage: Stage,
    /// Whether the supervisor is asked before each test.
    asks: bool,
}

/// Tests that can share a start of the program.
struct Group {
    tests: Vec<u32>,
    options: Options,
}

/// What the files of a worker have in common: the test context, and the program that most of them test.
struct Base {
    /// `None` once a file has it.
    stage: Option<Stage>,
    /// The program for tests that choose nothing, or why there is none.
    program: Result<Made, Box<Failure>>,
}

/// The worker's side.
pub(in crate::cli) fn job(text: &str, zygote: &mut Zygote) {
    let request: Request =
        serde_json::from_str(text).expect("the supervisor speaks this program's own language");
    if request.no_fork {
        zygote.set_mode(Copies::Replay);
    }
    let twigs = zygote.twigs();
    let mut base = None;
    for (at, file) in request.files.iter().enumerate() {
        if twigs.can_grow() {
            let load = |outbox: &mut Outbox| Base::new(&request, outbox);
            zygote.branch(&mut base, load, |base, outbox| {
                send(outbox, &Message::File(at));
                base.run(&request, file, twigs, outbox);
            });
        } else {
            alone(&request, at, file, zygote);
        }
    }
    zygote.finish();
}

/// Runs the tests of a file where there are no copies of the process.
fn alone(request: &Request, at: usize, file: &FileRequest, zygote: &mut Zygote) {
    let mut outbox = zygote.outbox();
    send(&mut outbox, &Message::File(at));
    outbox.note(READING);
    let mut stage = Stage::start(&request.root, request.made.clone(), Limits::default());
    let Some(groups) = begin(&mut stage, request, file, &mut outbox) else {
        return;
    };
    drop(stage);
    for group in groups {
        for at in 0..group.tests.len() {
            let load = |outbox: &mut Outbox| {
                let mut stage =
                    Stage::start(&request.root, request.made.clone(), Limits::default());
                load_file(&mut stage, request, file).ok()?;
                let made = program(request, &file.path, &group.options, &stage, outbox);
                let mut loaded = with_program(stage, made, request, &group, outbox)?;
                loaded.asks = request.asks;
                Some(loaded)
            };
            zygote.branch(&mut None, load, |loaded: &mut Option<Loaded>, outbox| {
                if let Some(loaded) = loaded {
                    loaded.run_alone(&group.tests, at, outbox);
                }
            });
        }
    }
}

pub(super) fn send(outbox: &mut Outbox, message: &Message<&Entry>) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// Reads a test file and tells what it declares; the groups of tests that are to run, unless it does not load.
fn begin(
    stage: &mut Stage,
    request: &Request,
    file: &FileRequest,
    outbox: &mut Outbox,
) -> Option<Vec<Group>> {
    outbox.note(READING);
    if let Err(failure) = load_file(stage, request, file) {
        send(outbox, &Message::Unusable(failure, Vec::new()));
        return None;
    }
    let plan = stage.plan().clone();
    let meant = select(&plan, request);
    let is_run = |test: &&u32| matches!(plan.mode(**test), Mode::Run | Mode::Only | Mode::Fails);
    let tests: Vec<u32> = meant.iter().filter(is_run).copied().collect();
    send(outbox, &Message::Files(stage.read_files()));
    let planned = Message::Planned(plan.clone(), meant, tests.clone());
    send(outbox, &planned);
    let left = tests.into_iter().filter(|test| !file.done.contains(test));
    let groups = groups(&plan, left, outbox);
    (!request.lists).then_some(groups)
}

/// Reads a test file and the snapshots that are kept for it.
fn load_file(stage: &mut Stage, request: &Request, file: &FileRequest) -> Result<(), Box<Failure>> {
    let kept = snapshot_files::path_of(&request.root.join(&file.path));
    let shown = snapshot_files::relative(&request.root, &kept);
    let kept = snapshot_files::read(&kept, &shown);
    let kept = kept.map_err(|problem| Box::new(failure_of(&problem)))?;
    stage.set_snapshots(kept, request.snapshots, request.variant.snapshot_words());
    stage.load(&file.path)
}

impl Base {
    /// The context, and the program that is used unless a test chooses another.
    fn new(request: &Request, outbox: &mut Outbox) -> Self {
        let stage = Stage::start(&request.root, request.made.clone(), Limits::default());
        let program = if request.lists {
            Err(Box::new(Failure::new(FailureKind::Load, "nothing runs")))
        } else {
            outbox.note(READING_PROJECT);
            program(request, "", &Options::default(), &stage, outbox)
        };
        outbox.note("");
        Self {
            stage: Some(stage),
            program,
        }
    }

    /// Runs the tests of a file.
    fn run(&mut self, request: &Request, file: &FileRequest, twigs: Twigs, outbox: &mut Outbox) {
        let stage = self.stage.as_mut();
        let Some(groups) = stage.and_then(|stage| begin(stage, request, file, outbox)) else {
            return;
        };
        if let [group] = groups.as_slice() {
            return self.run_tests(request, file, group, twigs, outbox);
        }
        for group in &groups {
            twigs.grow(outbox, |outbox| {
                self.run_tests(request, file, group, twigs, outbox);
            });
        }
    }

    fn run_tests(
        &mut self,
        request: &Request,
        file: &FileRequest,
        group: &Group,
        twigs: Twigs,
        outbox: &mut Outbox,
    ) {
        let Some(stage) = self.stage.take() else {
            return;
        };
        let usual = Options::default().program_key();
        let nothing = || {
            Err(Box::new(Failure::new(
                FailureKind::Load,
                "the program was used up",
            )))
        };
        let made = if group.options.program_key() == usual {
            std::mem::replace(&mut self.program, nothing())
        } else {
            outbox.note(READING_PROJECT);
            program(request, &file.path, &group.options, &stage, outbox)
        };
        if let Some(mut loaded) = with_program(stage, made, request, group, outbox) {
            loaded.asks = request.asks;
            loaded.run_group(0, &group.tests, twigs, outbox);
        }
    }
}

/// Processor time from one choice of an exploration to the next, in milliseconds.
const WAY_MS: u64 = 10_000;

/// What is noted while a test file is read.
const READING: &str = "while the test file was read";
/// What is noted while the project is read.
const READING_PROJECT: &str = "while the project was read";

/// Numbers of the tests that are meant, in order, those that are marked not to run included.
fn select(plan: &Plan, request: &Request) -> Vec<u32> {
    let tests = plan.tests();
    let wanted = tests.filter(|test| {
        let titles = plan.titles(test.number);
        request.selection.takes(&titles, &test.tags())
            && !is_left_out(&test.options, &request.variant)
    });
    wanted.map(|test| test.number).collect()
}

/// Whether a test says itself what the variants differ in, and runs in an earlier one.
fn is_left_out(options: &serde_json::Map<String, serde_json::Value>, variant: &Variant) -> bool {
    let is_later_persona = variant.persona.is_some() && !variant.is_first_persona;
    let is_later_day = variant.compat_date.is_some() && !variant.is_first_day;
    is_later_persona && options.contains_key("persona")
        || is_later_day && options.contains_key("compatDate")
}

/// The tests by the options of their program, in the order of the first of each.
fn groups(plan: &Plan, tests: impl Iterator<Item = u32>, outbox: &mut Outbox) -> Vec<Group> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    for number in tests {
        let Some(test) = plan.node(number) else {
            continue;
        };
        let options = match Options::new(&test.options) {
            Ok(options) => options,
            Err(problem) => {
                let mut failure = Failure::new(FailureKind::Load, problem);
                failure.place = test.place();
                send(outbox, &Message::Unusable(Box::new(failure), vec![number]));
                continue;
            }
        };
        let key = options.program_key();
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, group)) => group.tests.push(number),
            None => groups.push((
                key,
                Group {
                    tests: vec![number],
                    options,
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The file with the program that a group of its tests wants; `None` when it cannot run, which is told.
fn with_program(
    mut stage: Stage,
    made: Result<Made, Box<Failure>>,
    request: &Request,
    group: &Group,
    outbox: &mut Outbox,
) -> Option<Loaded> {
    outbox.note("");
    let made = made
        .map_err(|failure| send(outbox, &Message::Unusable(failure, group.tests.clone())))
        .ok()?;
    stage.set_program(made.sim);
    stage.fail_for_rules(made.fails_for_rules);
    stage.render_with(made.renderer);
    stage.reach_with(Box::new(Asker(outbox.clone())));
    stage.explore_with(Explorer {
        outbox: outbox.clone(),
        jobs: own_jobs(),
        way_ms: WAY_MS,
        has_copies: !request.no_fork && can_grow(),
        story: request.story.clone(),
    });
    let mut teller = outbox.clone();
    stage.tell_turns(Box::new(move |turn| {
        teller.note(match turn {
            Turn::Test => IN_TEST_CODE,
            Turn::Program => "",
        });
    }));
    Some(Loaded { stage, asks: false })
}

impl Loaded {
    /// Runs the tests of a group and of the groups in it.
    fn run_group(&mut self, group: u32, tests: &[u32], twigs: Twigs, outbox: &mut Outbox) {
        if !self.hooks(group, "beforeAll", tests, outbox) {
            return;
        }
        let mut at = 0;
        while let Some(&test) = tests.get(at) {
            let inner = self.group_in(group, test);
            let of_same = tests[at..]
                .iter()
                .take_while(|own| inner.is_some() && self.group_in(group, **own) == inner);
            let count = of_same.count().max(1);
            let own = &tests[at..at + count];
            match inner {
                None => {
                    twigs.grow(outbox, |outbox| self.test(test, outbox));
                }
                Some(inner) if self.runs_once(inner) => {
                    twigs.grow(outbox, |outbox| self.run_group(inner, own, twigs, outbox));
                }
                Some(inner) => self.run_group(inner, own, twigs, outbox),
            }
            at += count;
        }
        if self.has_hook(group, "afterAll") {
            twigs.grow(outbox, |outbox| {
                self.hooks(group, "afterAll", &[], outbox);
            });
        }
    }

    /// Runs one test with all that comes before it, and what comes after the last of a group.
    fn run_alone(&mut self, tests: &[u32], at: usize, outbox: &mut Outbox) {
        let test = tests[at];
        let chain: Vec<u32> = self
            .stage
            .plan()
            .chain(test)
            .iter()
            .map(|node| node.number)
            .collect();
        let groups = &chain[..chain.len().saturating_sub(1)];
        for group in groups {
            if !self.hooks(*group, "beforeAll", &[test], outbox) {
                return;
            }
        }
        self.test(test, outbox);
        for group in groups.iter().rev() {
            let is_in = |other: &&u32| {
                let chain = self.stage.plan().chain(**other);
                chain.iter().any(|node| node.number == *group)
            };
            if tests[at + 1..].iter().find(is_in).is_none() {
                self.hooks(*group, "afterAll", &[], outbox);
            }
        }
    }

    /// The group directly in `group` that a test lies in; `None` when it lies in `group` itself.
    fn group_in(&self, group: u32, test: u32) -> Option<u32> {
        let chain = self.stage.plan().chain(test);
        let at = chain.iter().position(|node| node.number == group)?;
        chain
            .get(at + 1)
            .filter(|node| !node.is_test)
            .map(|node| node.number)
    }

    fn has_hook(&self, group: u32, name: &str) -> bool {
        let node = self.stage.plan().node(group);
        node.is_some_and(|node| node.has_hook(name))
    }

    fn runs_once(&self, group: u32) -> bool {
        self.has_hook(group, "beforeAll") || self.has_hook(group, "afterAll")
    }

    /// Runs hooks of a group that run once; whether its tests may run.
    fn hooks(&mut self, group: u32, name: &str, tests: &[u32], outbox: &mut Outbox) -> bool {
        if !self.has_hook(group, name) {
            return true;
        }
        let name = name.to_owned();
        send(
            outbox,
            &Message::Hooks {
                group,
                name: name.clone(),
            },
        );
        let Done {
            failures,
            snapshots,
            ..
        } = self.stage.run_hooks(group, &name);
        send(outbox, &Message::Snapshots(snapshots));
        let ok = failures.is_empty();
        let tests = tests.to_vec();
        send(
            outbox,
            &Message::HooksDone {
                group,
                name,
                failures,
                tests,
            },
        );
        ok
    }

    fn test(&mut self, number: u32, outbox: &mut Outbox) {
        if self.asks && outbox.ask(GOES_ON) != YES {
            return send(outbox, &Message::LeftOut(number));
        }
        send(outbox, &Message::Begin(number));
        let Done {
            failures,
            output,
            virtual_ms,
            snapshots,
        } = self.stage.run_test(number);
        send(outbox, &Message::Snapshots(snapshots));
        send(
            outbox,
            &Message::End {
                number,
                failures,
                output,
                virtual_ms,
            },
        );
    }
}
