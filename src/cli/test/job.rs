//! The worker's side of `wxsim test`: one test file with its program.
//!
//! The file is read once, and the program once for each set of options that it needs. A group with hooks that run
//! once runs in a copy of the process, every test in a copy of that; where there are no copies, each test has a
//! start of its own.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::select::Selection;
use crate::cli::load::{self, Beside, Trouble};
use crate::cli::{project_path, settings, snapshot_files};
use crate::diagnostic::Diagnostic;
use crate::package::ProfileKeys;
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::trace::{Entry, Listener};
use crate::runtime::{Persona, Policy, Sim};
use crate::scenario::{Compared, Done, Mode, Options, Plan, SnapshotRules, Stage, Turn, host_page};
use crate::worker::{Mode as Copies, Outbox, Twigs, Zygote};

/// What a worker is asked to do.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Request {
    /// Folder that shown paths are relative to.
    pub(super) root: PathBuf,
    /// The test file, as it is shown.
    pub(super) file: String,
    /// Code in the place of files: path, code.
    pub(super) made: Vec<(String, String)>,
    /// The program, unless the file names another.
    pub(super) project: PathBuf,
    pub(super) variant: Variant,
    pub(super) selection: Selection,
    /// Tests that are over, of an earlier worker for the same file.
    pub(super) done: Vec<u32>,
    /// Whether every test has a start of its own.
    pub(super) no_fork: bool,
    /// What may become of snapshots that are new or differ.
    pub(super) snapshots: SnapshotRules,
    /// Whether only the plan is wanted.
    pub(super) lists: bool,
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
    /// Whether tests that choose for themselves run in it; they run in one variant only.
    pub(super) is_first: bool,
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

/// What is noted while test code runs.
pub(super) const IN_TEST_CODE: &str = "in the test's own code";

/// A file with the program for some of its tests.
struct Loaded {
    stage: Stage,
    /// Whether the program is there.
    is_ready: bool,
}

/// Tests that can share a start of the program.
struct Group {
    tests: Vec<u32>,
    options: Options,
}

/// The worker's side.
pub(in crate::cli) fn job(text: &str, zygote: &mut Zygote) {
    let request: Request =
        serde_json::from_str(text).expect("the supervisor speaks this program's own language");
    if request.no_fork {
        zygote.set_mode(Copies::Replay);
    }
    let mut outbox = zygote.outbox();
    outbox.note("while the test file was read");
    let Some(first) = open(&request, &mut outbox) else {
        zygote.finish();
    };
    let plan = first.plan().clone();
    let meant = select(&plan, &request);
    let is_run = |test: &&u32| matches!(plan.mode(**test), Mode::Run | Mode::Only | Mode::Fails);
    let tests: Vec<u32> = meant.iter().filter(is_run).copied().collect();
    send(&mut outbox, &Message::Files(first.read_files()));
    send(
        &mut outbox,
        &Message::Planned(plan.clone(), meant, tests.clone()),
    );
    let left = tests
        .into_iter()
        .filter(|test| !request.done.contains(test));
    let groups = groups(&plan, left, &mut outbox);
    if request.lists {
        zygote.finish();
    }
    let mut first = Some(first);
    for group in &groups {
        let twigs = zygote.twigs();
        let stage = first.take();
        let mut state = stage.map(|stage| with_program(stage, &request, group, &mut outbox));
        if !twigs.can_grow() {
            state = None;
        }
        let load = |outbox: &mut Outbox| match open(&request, outbox) {
            Some(stage) => with_program(stage, &request, group, outbox),
            None => None,
        };
        if twigs.can_grow() {
            zygote.branch(&mut state, load, |loaded, outbox| {
                if let Some(loaded) = loaded {
                    loaded.run_group(0, &group.tests, twigs, outbox);
                }
            });
        } else {
            for at in 0..group.tests.len() {
                zygote.branch(&mut state, load, |loaded, outbox| {
                    if let Some(loaded) = loaded {
                        loaded.run_alone(&group.tests, at, outbox);
                    }
                });
            }
        }
    }
    zygote.finish();
}

fn send(outbox: &mut Outbox, message: &Message<&Entry>) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// Reads the test file; `None` when it does not load, which is told.
fn open(request: &Request, outbox: &mut Outbox) -> Option<Stage> {
    let kept = snapshot_files::path_of(&request.root.join(&request.file));
    let shown = snapshot_files::relative(&request.root, &kept);
    let kept = match snapshot_files::read(&kept, &shown) {
        Ok(kept) => kept,
        Err(problem) => {
            send(
                outbox,
                &Message::Unusable(Box::new(failure_of(&problem)), Vec::new()),
            );
            return None;
        }
    };
    let opened = Stage::open(
        &request.root,
        &request.file,
        request.made.clone(),
        Rc::new(RefCell::default()),
        crate::engine::Limits::default(),
    );
    let stage = opened
        .map_err(|failure| send(outbox, &Message::Unusable(failure, Vec::new())))
        .ok()?;
    stage.set_snapshots(kept, request.snapshots, request.variant.snapshot_words());
    Some(stage)
}

/// Numbers of the tests that are meant, in order, those that are marked not to run included.
fn select(plan: &Plan, request: &Request) -> Vec<u32> {
    let tests = plan.tests();
    let wanted = tests.filter(|test| {
        let titles = plan.titles(test.number);
        request.selection.takes(&titles, &test.tags())
            && (request.variant.is_first || !chooses(&test.options, &request.variant))
    });
    wanted.map(|test| test.number).collect()
}

/// Whether a test says itself what the variants differ in.
fn chooses(options: &serde_json::Map<String, serde_json::Value>, variant: &Variant) -> bool {
    let own = |key: &str, is_varied: bool| is_varied && options.contains_key(key);
    own("compatDate", variant.compat_date.is_some()) || own("persona", variant.persona.is_some())
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
    request: &Request,
    group: &Group,
    outbox: &mut Outbox,
) -> Option<Loaded> {
    outbox.note("while the project was read");
    match program(request, group, &mut stage, outbox) {
        Ok(sim) => {
            outbox.note("");
            stage.set_program(sim);
            let mut teller = outbox.clone();
            stage.tell_turns(Box::new(move |turn| {
                teller.note(match turn {
                    Turn::Test => IN_TEST_CODE,
                    Turn::Program => "",
                });
            }));
            Some(Loaded {
                stage,
                is_ready: true,
            })
        }
        Err(failure) => {
            send(outbox, &Message::Unusable(failure, group.tests.clone()));
            None
        }
    }
}

fn program(
    request: &Request,
    group: &Group,
    stage: &mut Stage,
    outbox: &mut Outbox,
) -> Result<Sim, Box<Failure>> {
    let unusable = |problem: &Diagnostic| Box::new(failure_of(problem));
    let options = &group.options;
    let beside_file = |folder: &str| {
        let file = request.root.join(&request.file);
        file.parent().unwrap_or(Path::new(".")).join(folder)
    };
    let project = options
        .text("app")
        .map_or_else(|| request.project.clone(), |it| beside_file(&it));
    let project = project_path(&project).map_err(|problem| unusable(&problem))?;
    let settings =
        settings::read(&project).map_err(|problems| Box::new(all_failures(&problems)))?;
    let keys = profile_keys(options, &request.variant)
        .map_err(|problem| Box::new(Failure::new(FailureKind::Load, problem)))?;
    let mut config = settings::config(settings, keys, Policy::default())
        .map_err(|problems| Box::new(all_failures(&problems)))?;
    if let Some(seed) = options.text("seed").and_then(|seed| seed.parse().ok()) {
        config.seed = seed;
    } else if let Some(seed) = request.variant.seed {
        config.seed = seed;
    }
    config.user = options.text("user").or(config.user);
    if let Some(persona) = request.variant.persona {
        config.policy.set_persona(persona);
    }
    let log = stage.log();
    let sender = outbox.clone();
    let listener = move || -> Listener {
        let (log, mut sender) = (Rc::clone(&log), sender.clone());
        Box::new(move |entry: &Entry| {
            log.borrow_mut().push(entry.clone());
            send(&mut sender, &Message::Trace(entry));
        })
    };
    let mut problem = None;
    let mut speaker = outbox.clone();
    let mut say = |trouble| match trouble {
        Trouble::Project(mistake) => send(&mut speaker, &Message::Mistake(Box::new(mistake))),
        Trouble::Unusable(diagnostic) => problem = Some(diagnostic),
    };
    let own = config.clone();
    let loaded = load::load(&project, own, false, listener(), outbox, &mut say);
    let mut sim = loaded.map(|program| {
        let (project, files) = (program.project, program.files);
        stage.render_with(Box::new(move |wanted| {
            let page = host_page(&project, Rc::clone(&files), wanted);
            let page = page.map_err(|error| error.to_string())?;
            let (project, files) = (Rc::clone(&page.project), Rc::clone(&page.files));
            let made = Sim::new(project, files, config.clone(), Some(listener()));
            let sim = made.map_err(|error| error.text())?;
            Ok((sim, page))
        }));
        program.sim
    });
    for folder in options.texts("with") {
        let beside = Beside {
            folder: beside_file(&folder),
            app_id: None,
        };
        if let Some(own) = sim.as_mut()
            && !load::add(own, &beside, &mut say)
        {
            sim = None;
        }
    }
    sim.ok_or_else(|| {
        let problem = problem.unwrap_or_else(|| Diagnostic::error("the project cannot run"));
        unusable(&problem)
    })
}

/// What the options of tests and the flags say of the rules in force.
fn profile_keys(options: &Options, variant: &Variant) -> Result<ProfileKeys, String> {
    let said = |key: &str, flag: &Option<String>| options.text(key).or_else(|| flag.clone());
    fn read<T: std::str::FromStr>(key: &str, text: Option<String>) -> Result<Option<T>, String>
    where
        T::Err: std::fmt::Display,
    {
        let parsed = text.map(|text| text.parse().map_err(|error| format!("{key}: {error}")));
        parsed.transpose()
    }
    Ok(ProfileKeys {
        compat_date: read("compatDate", said("compatDate", &variant.compat_date))?,
        sdk: read("sdk", said("sdk", &variant.sdk))?,
        client: read("client", said("client", &variant.client))?,
        platform: read("platform", said("platform", &variant.platform))?,
    })
}

fn failure_of(problem: &Diagnostic) -> Failure {
    let mut failure = Failure::new(FailureKind::Load, problem.message.clone());
    failure.place.clone_from(&problem.place);
    failure.help = problem.help.clone();
    failure
}

fn all_failures(problems: &[Diagnostic]) -> Failure {
    let mut failure = problems.first().map_or_else(
        || Failure::new(FailureKind::Load, "the settings cannot be read"),
        failure_of,
    );
    for problem in problems.iter().skip(1) {
        failure.message.push_str("\n");
        failure.message.push_str(&problem.message);
    }
    failure
}

impl Loaded {
    /// Runs the tests of a group and of the groups in it.
    fn run_group(&mut self, group: u32, tests: &[u32], twigs: Twigs, outbox: &mut Outbox) {
        if !self.is_ready || !self.hooks(group, "beforeAll", tests, outbox) {
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
            if !self.is_ready || !self.hooks(*group, "beforeAll", &[test], outbox) {
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
