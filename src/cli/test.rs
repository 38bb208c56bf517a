//! `wxsim test`: runs test files, each in a worker process of its own.

mod again;
mod batch;
mod determinism;
mod discover;
mod export;
mod gather;
mod job;
pub(super) mod pending;
mod program;
mod reports;
mod select;
mod snapshots;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clap::Args;

use again::Again;
pub(super) use job::job;
use job::{Request, Variant};
use reports::{Live, ReportFlags};
use select::Selection;
use snapshots::Seen;
pub(super) use watch::Watch;

use super::client_flags::ClientFlags;
use super::watched::RulesArgument;
use super::{EXIT_FAILED, EXIT_OK, job_text, print, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::profile::Date;
use crate::report::suite::{FileResult, Outcome, SuiteResult};
use crate::runtime::{Persona, parse_duration};
use crate::scenario::SnapshotRules;
use crate::worker::{Limits, WorkerError};

/// Run the tests of mini programs.
///
/// Test files are *.test.js, *.test.ts and *.flow.yaml below PATH. The program of a file is the nearest folder
/// upward with wxsim.toml, project.config.json or app.json.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Arguments {
    /// Test files, or folders with some
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Run only tests whose titles contain this
    #[arg(long, short = 't', value_name = "TEXT")]
    filter: Option<String>,
    /// Run only tests with this tag, or without it: @pay, '!@slow'. Repeatable
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Run every test once for each of these users: allow-all, deny-all, deny-then-settings, dismiss-all, impatient
    #[arg(long, value_name = "NAMES", value_delimiter = ',', alias = "persona")]
    personas: Vec<Persona>,
    /// Run every test once for each of these days
    #[arg(long, value_name = "DAYS", value_delimiter = ',')]
    compat_date: Vec<Date>,
    #[command(flatten)]
    client: ClientFlags,
    /// Seed of everything random [default: that of wxsim.toml, or 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Answer the questions of each test by the numbers of their answers, in order: 0,-,1; `-` leaves one to the test.
    /// Behind a stroke stand the choices of the exploration at its end: 0,-,1/3,0,2
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    choices: Option<Again>,
    /// Run every test so often
    #[arg(long, value_name = "N", default_value_t = 1)]
    repeat: u32,
    /// Run only part I of N of the files: 1/3
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<(usize, usize)>,
    /// Worker processes at a time [default: one for each core]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
    /// Run no further test after so many failed ones
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1")]
    bail: Option<usize>,
    /// Only list the tests
    #[arg(long)]
    list: bool,
    /// Run every test twice and fail when the two traces differ
    #[arg(long)]
    check_determinism: bool,
    /// Write what the one test that runs does as a flow
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "watch"])]
    export_flow: Option<PathBuf>,
    /// Run again whenever a file changes
    #[arg(long, conflicts_with = "list")]
    watch: bool,
    /// Processor time after which a test is ended; six times as much real time ends it too
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = parse_duration)]
    wall_limit: i64,
    /// Memory that a test may use, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 512)]
    memory_limit: u64,
    /// Write snapshots that differ, and take away those that no test asks for
    #[arg(long, short)]
    update: bool,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    reports: ReportFlags,
    /// Fail for `only` and for new snapshots [default: when CI is set]
    #[arg(long, overrides_with = "no_ci")]
    ci: bool,
    /// As on a developer's machine
    #[arg(long)]
    no_ci: bool,
    /// Give each test a start of its own, instead of a fork of one
    #[arg(long)]
    no_fork: bool,
}

/// What the worker is told to do, before the request.
pub(super) const JOB: &str = "test";

const EXAMPLES: &str = "\
Examples:
  wxsim test
  wxsim test my-app -t login
  wxsim test my-app --personas allow-all,deny-all

Exit codes: 0 every test passed, 1 a test failed, could not run or was not found, 2 wrong usage.";

/// What the tests of a program without any are called.
const SMOKE_FILE: &str = "smoke test";
/// Their code.
const SMOKE: &str = include_str!("test/smoke.js");

fn parse_shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let read = parts.and_then(|(own, of)| Some((own.parse().ok()?, of.parse().ok()?)));
    read.filter(|(own, of)| (1..=*of).contains(own))
        .ok_or_else(|| format!("`{text}` is no part: write 1/3 for the first of three"))
}

/// A file to run in one way.
#[derive(Clone)]
struct Unit {
    request: Request,
    shown: String,
}

pub(super) fn main(arguments: &Arguments) -> u8 {
    let units = match units(arguments) {
        Ok(units) => units,
        Err(problem) => return usage(&problem),
    };
    let limits = Limits {
        wall_ms: u64::try_from(arguments.wall_limit).unwrap_or(u64::MAX),
        memory_bytes: arguments.memory_limit.saturating_mul(1 << 20)
            + Limits::default().stack_bytes,
        ..Limits::default()
    };
    if arguments.watch {
        return watch(units, arguments, &limits);
    }
    run_and_tell(&units, arguments, &limits)
}

fn run_and_tell(units: &[Unit], arguments: &Arguments, limits: &Limits) -> u8 {
    let live = arguments.reports.live(units.len());
    match run(units, arguments, limits, &live) {
        Ok(_) if arguments.list => EXIT_OK,
        Ok((mut result, seen)) => {
            if let Some(path) = &arguments.export_flow
                && let Err(problem) = export::flow(path, &result)
            {
                return usage(&problem);
            }
            let told = keep_snapshots(arguments, &mut result, &seen);
            let smoke: Vec<&Unit> = units.iter().filter(|unit| unit.is_smoke()).collect();
            let code = arguments.reports.finish(&live, &result, !smoke.is_empty());
            for unit in smoke {
                let folder = shown(&unit.request.root, &unit.request.project);
                let folder = if folder.is_empty() { "." } else { &folder };
                print(&format!(
                    "\n{folder} has no tests of its own; `wxsim init {folder}` writes the first\n"
                ));
            }
            if !told.is_empty() {
                anstream::eprintln!("{told}");
            }
            if result.totals().tests > 0 || arguments.shard.is_some() {
                return code;
            }
            usage(&no_tests(units, arguments));
            EXIT_FAILED
        }
        Err(error) => {
            let problem = Diagnostic::error(format!("the worker process does not run: {error}"));
            usage(&problem)
        }
    }
}

/// Why no test ran, which in a pipeline must not look like success.
fn no_tests(units: &[Unit], arguments: &Arguments) -> Diagnostic {
    if units.is_empty() {
        let problem =
            "there is no test file (*.test.js, *.test.ts, *.flow.yaml) and no mini program";
        return Diagnostic::error(problem)
            .help("give the folder of a mini program; `wxsim init FOLDER` writes a first test");
    }
    let title = arguments.filter.iter().map(|title| format!("-t {title}"));
    let tags = arguments.tag.iter().map(|tag| format!("--tag {tag}"));
    let chosen: Vec<String> = title.chain(tags).collect();
    if chosen.is_empty() {
        return Diagnostic::error("the files declare no test").help("a test is test('title', fn)");
    }
    Diagnostic::error(format!("no test is chosen by {}", chosen.join(" ")))
        .help("`wxsim test --list` tells their names and tags")
}

/// What may become of snapshots that are new or differ.
fn snapshot_rules(arguments: &Arguments) -> SnapshotRules {
    SnapshotRules {
        may_add: arguments.update || !arguments.is_ci(),
        may_change: arguments.update,
    }
}

/// Writes the snapshots of a run; what is to be said about them.
#[expect(clippy::disallowed_methods, reason = "the user names the folders")]
fn keep_snapshots(arguments: &Arguments, result: &mut SuiteResult, seen: &[Seen]) -> String {
    if arguments.list {
        return String::new();
    }
    let rules = snapshot_rules(arguments);
    let is_all = arguments.filter.is_none() && arguments.tag.is_empty();
    let cut = seen.iter().map(|seen| Seen {
        is_whole: seen.is_whole && is_all,
        ..seen.clone()
    });
    let seen: Vec<Seen> = cut.collect();
    let folders = arguments.paths.iter().filter(|path| path.is_dir());
    let plan = snapshots::Plan {
        root: root(),
        rules,
        keeps_pending: rules.may_add,
        folders: folders
            .filter_map(|path| std::path::absolute(path).ok())
            .collect(),
    };
    snapshots::settle(&plan, &mut result.files, &seen).text()
}

/// Runs, and runs again what a change concerns, until the process is ended.
#[expect(clippy::disallowed_methods, reason = "the user names the folders")]
fn watch(mut units: Vec<Unit>, arguments: &Arguments, limits: &Limits) -> u8 {
    let mut wanted: Vec<usize> = (0..units.len()).collect();
    loop {
        let mut folders: Vec<PathBuf> = units
            .iter()
            .map(|unit| unit.request.project.clone())
            .collect();
        folders.extend(arguments.paths.iter().filter(|path| path.is_dir()).cloned());
        folders.sort();
        folders.dedup();
        let files: Vec<PathBuf> = units
            .iter()
            .map(|unit| unit.request.root.join(&unit.shown))
            .collect();
        let seen = Watch::of(&folders, &files);
        let chosen: Vec<Unit> = wanted
            .iter()
            .filter_map(|at| units.get(*at).cloned())
            .collect();
        run_and_tell(&chosen, arguments, limits);
        print("\nwaiting for a change; Ctrl-C ends\n");
        let changed = seen.wait(&folders, &files);
        match self::units(arguments) {
            Ok(found) => units = found,
            Err(problem) => drop(usage(&problem)),
        }
        // A test file alone concerns itself; anything else may concern every test of its program.
        wanted = (0..units.len())
            .filter(|at| concerns(&units[*at], &changed))
            .collect();
        if wanted.is_empty() {
            wanted = (0..units.len()).collect();
        }
    }
}

/// Whether a change may change the results of a unit.
fn concerns(unit: &Unit, changed: &[PathBuf]) -> bool {
    let own = unit.request.root.join(&unit.shown);
    changed.iter().any(|path| {
        let is_test = discover::is_test_file(path);
        *path == own || !is_test && path.starts_with(&unit.request.project)
    })
}

impl Arguments {
    /// Whether nobody looks on who could want to try something.
    #[expect(
        clippy::disallowed_methods,
        reason = "whether it runs unattended changes no result of a test"
    )]
    fn is_ci(&self) -> bool {
        let is_set =
            std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "false" | "0"));
        self.ci || is_set && !self.no_ci
    }
}

impl Unit {
    fn is_smoke(&self) -> bool {
        self.shown.ends_with(&format!("({SMOKE_FILE})"))
    }
}

/// Prints the names of the tests of a file.
fn list(file: &FileResult) {
    for test in &file.tests {
        let tags = test.tags.iter().map(|tag| format!(" {tag}"));
        let place = test.place.as_ref().map_or(0, |place| place.line);
        let titles = test.titles.join(" › ");
        print(&format!(
            "{}:{place} › {titles}{}\n",
            file.path,
            tags.collect::<String>()
        ));
    }
    if let Some(problem) = &file.problem {
        print(&format!("{}: {}\n", file.path, problem.message));
    }
}

/// Every file in every way in which it runs.
fn units(arguments: &Arguments) -> Result<Vec<Unit>, Diagnostic> {
    let found = discover::find(&arguments.paths)?;
    let root = root();
    let rules = snapshot_rules(arguments);
    let variants = variants(arguments);
    let mut units = Vec::new();
    let files = found.files.iter().enumerate();
    let of_shard =
        files.filter(|(at, _)| arguments.shard.is_none_or(|(own, of)| at % of == own - 1));
    for (_, file) in of_shard {
        let shown = shown(&root, file);
        let project = discover::program_of(file).ok_or_else(|| {
            Diagnostic::error(format!("{shown}: no folder above it is a mini program")).help(
                "a mini program has wxsim.toml, project.config.json or app.json; test.use({ app: '../folder' }) \
                 names one",
            )
        });
        let project = match project {
            Ok(project) => project,
            Err(_) => file.parent().unwrap_or(Path::new("/")).to_path_buf(),
        };
        for variant in &variants {
            units.push(Unit {
                shown: shown.clone(),
                request: Request {
                    root: root.clone(),
                    files: Vec::new(),
                    made: Vec::new(),
                    project: project.clone(),
                    variant: variant.clone(),
                    selection: selection(arguments),
                    no_fork: arguments.no_fork,
                    snapshots: rules,
                    lists: arguments.list,
                    asks: arguments.bail.is_some(),
                    rules: arguments.rules.rules,
                    today: Some(settings::today()),
                    choices: done_before(arguments).answers,
                    story: done_before(arguments).story,
                },
            });
        }
    }
    for project in found.untested {
        for variant in &variants {
            units.push(smoke(&root, &project, variant, arguments));
        }
    }
    Ok(units)
}

fn selection(arguments: &Arguments) -> Selection {
    Selection {
        title: arguments.filter.clone(),
        tags: arguments.tag.clone(),
    }
}

/// What is chosen as it was before.
fn done_before(arguments: &Arguments) -> Again {
    arguments.choices.clone().unwrap_or_default()
}

/// The tests of a program that has none.
fn smoke(root: &Path, project: &Path, variant: &Variant, arguments: &Arguments) -> Unit {
    let shown = format!("{} ({SMOKE_FILE})", shown(root, project));
    Unit {
        shown: shown.clone(),
        request: Request {
            root: root.to_path_buf(),
            made: vec![(shown.clone(), SMOKE.to_owned())],
            project: project.to_path_buf(),
            variant: variant.clone(),
            selection: selection(arguments),
            no_fork: arguments.no_fork,
            lists: arguments.list,
            asks: arguments.bail.is_some(),
            rules: arguments.rules.rules,
            today: Some(settings::today()),
            choices: done_before(arguments).answers,
            story: done_before(arguments).story,
            ..Request::default()
        },
    }
}

/// The folder that shown paths are relative to.
#[expect(clippy::disallowed_methods, reason = "paths are shown from here")]
fn root() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

fn shown(root: &Path, file: &Path) -> String {
    let shown = file.strip_prefix(root).unwrap_or(file);
    shown.to_string_lossy().replace('\\', "/")
}

/// The product of personas, days and repetitions.
fn variants(arguments: &Arguments) -> Vec<Variant> {
    let one_or_each = |count: usize| {
        if count == 0 {
            vec![None]
        } else {
            (0..count).map(Some).collect()
        }
    };
    let mut variants = Vec::new();
    for persona in one_or_each(arguments.personas.len()) {
        for day in one_or_each(arguments.compat_date.len()) {
            for repeat in 1..=arguments.repeat.max(1) {
                variants.push(Variant {
                    seed: arguments.seed,
                    persona: persona.map(|at| arguments.personas[at]),
                    compat_date: day.map(|at| arguments.compat_date[at].to_string()),
                    sdk: arguments.client.sdk.map(|it| it.to_string()),
                    client: arguments.client.client.map(|it| it.to_string()),
                    platform: arguments.client.platform.map(|it| it.name().to_owned()),
                    repeat: (arguments.repeat > 1).then_some(repeat),
                    is_first_persona: persona.unwrap_or(0) == 0,
                    is_first_day: day.unwrap_or(0) == 0,
                });
            }
        }
    }
    variants
}

/// How many failures of a file `--bail` counts.
fn failures(file: &FileResult) -> usize {
    let bad = file.tests.iter();
    let bad = bad.filter(|test| matches!(test.outcome, Outcome::Failed | Outcome::Errored));
    bad.count() + usize::from(file.problem.is_some())
}

/// Runs the units, several at a time; their results come in the order of the units.
#[expect(
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "each thread only waits for a process of its own; no simulated fact is here"
)]
fn run(
    units: &[Unit],
    arguments: &Arguments,
    limits: &Limits,
    live: &Live,
) -> Result<(SuiteResult, Vec<Seen>), WorkerError> {
    let began = std::time::Instant::now();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores).clamp(1, units.len().max(1));
    let batches = batches(units, jobs, arguments.bail.is_some());
    let next = AtomicUsize::new(0);
    let failed = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<(FileResult, Seen)>>> =
        Mutex::new(units.iter().map(|_| None).collect());
    let deliver = |at: usize, (result, seen): (FileResult, Seen)| {
        failed.fetch_add(failures(&result), Ordering::SeqCst);
        if arguments.list {
            list(&result);
        } else {
            live.file(&result);
        }
        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
        results[at] = Some((result, seen));
    };
    let work = || -> Result<(), WorkerError> {
        loop {
            let at = next.fetch_add(1, Ordering::SeqCst);
            let goes_on = |own: usize| {
                let failed = failed.load(Ordering::SeqCst) + own;
                arguments.bail.is_none_or(|max| failed < max)
            };
            let batch = batches.get(at).filter(|_| goes_on(0));
            let Some(batch) = batch else {
                return Ok(());
            };
            let own: Vec<&Unit> = batch.iter().map(|at| &units[*at]).collect();
            let run = |on_file: &mut dyn FnMut(usize, (FileResult, Seen))| {
                batch::run(&own, limits, arguments.is_ci(), live, &goes_on, on_file)
            };
            if arguments.check_determinism {
                let mut again = Vec::new();
                run(&mut |at, result| again.push((at, result)))?;
                run(&mut |at, (mut result, seen)| {
                    if let Some((_, (other, _))) = again.iter().find(|(own, _)| *own == at) {
                        determinism::compare(&mut result, other);
                    }
                    deliver(batch[at], (result, seen));
                })?;
            } else {
                run(&mut |at, result| deliver(batch[at], result))?;
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        let mut ends = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        ends.find_map(|end| end.ok()?.err()).map_or(Ok(()), Err)
    })?;
    let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    let is_cut = results.iter().any(Option::is_none);
    let (files, seen): (Vec<_>, Vec<Seen>) = results.into_iter().flatten().unzip();
    let is_cut = is_cut || seen.iter().any(|seen| seen.is_cut);
    let result = SuiteResult {
        files,
        wall_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        is_cut,
    };
    Ok((result, seen))
}

/// Numbers of units that one worker runs: those with the same program in the same way, shared out among the workers.
fn batches(units: &[Unit], jobs: usize, is_single: bool) -> Vec<Vec<usize>> {
    let mut alike: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let key = job_text("", &unit.request);
        match alike.iter_mut().find(|(own, _)| *own == key) {
            Some((_, own)) => own.push(at),
            None => alike.push((key, vec![at])),
        }
    }
    let mut batches = Vec::new();
    for (_, own) in alike {
        let size = if is_single {
            1
        } else {
            own.len().div_ceil(jobs)
        };
        batches.extend(own.chunks(size.max(1)).map(<[usize]>::to_vec));
    }
    batches
}
