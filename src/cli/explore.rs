//! `wxsim explore`: tries everything that a user and the world can do to a mini program.

pub(super) mod bound_flags;
mod expected;
pub(super) mod job;
pub(super) mod output;
mod property;
mod saved;
mod stories;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use bound_flags::BoundFlags;
pub(super) use job::job;
use job::{Message, Request};
use output::Output;
use property::Property;
pub(super) use saved::put;

use super::own_line::OwnLine;
use super::phone::PhoneFlags;
use super::{EXIT_FAILED, EXIT_OK, EXIT_USAGE, job_text, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::explore::{Bounds, Outcome, Vary, When};
use crate::report::suite::Language;
use crate::runtime::monitor::Weight;
use crate::runtime::parse_duration;
use crate::worker::{self, Ending, Event, Limits};
use crate::world::enter_options::EnterOptions;

/// Try every answer, failure and gesture, and tell what does not hold with the shortest story
///
/// From a start of the program every choice is made: what is tapped and typed, how each question is
/// answered, which request fails, which reply comes first. States that were seen are passed by. What
/// does not hold is told with the shortest story that shows it and the line that does it again.
/// "complete" means: every choice within the limits was made, up to what can be seen of a state.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: PathBuf,
    #[command(flatten)]
    phone: PhoneFlags,
    /// Start at every page, as a card or a code would open it, and not only at the first
    #[arg(long)]
    every_page: bool,
    /// Start as `wxsim audit` does: at every page, and from the timeline of Moments
    #[arg(long)]
    as_audit: bool,
    #[command(flatten)]
    bounds: BoundFlags,
    /// Time after which it ends: 60s. Without it, it ends when everything was tried
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    budget: Option<i64>,
    /// Random walks from states that --depth or --max-states left out, by the seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    walks: u64,
    /// What goes otherwise besides answers and gestures: network, timeout, server, session, quota, fails,
    /// notify, settings, order, twice, interrupt, system; `none` for nothing
    /// [default: network,session,settings,order,twice]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    vary: Vec<String>,
    /// Everything goes otherwise: as --vary with all kinds
    #[arg(long, conflicts_with = "vary")]
    buggify: bool,
    /// How many things go otherwise in one action
    #[arg(long, value_name = "N", default_value_t = 1)]
    twists: u32,
    /// Virtual time that passes after each action, so that timers run
    #[arg(long, value_name = "DURATION", default_value = "3s", value_parser = parse_duration)]
    settle: i64,
    /// An expression over `state` that holds in every state: 'paid: state.orders.length < 2'. Repeatable;
    /// docs/explore.md lists the members of `state`
    #[arg(long, value_name = "[NAME:] EXPRESSION")]
    always: Vec<String>,
    /// One that holds in some state
    #[arg(long, value_name = "[NAME:] EXPRESSION")]
    sometimes: Vec<String>,
    /// One that can still come to hold from every state
    #[arg(long, value_name = "[NAME:] EXPRESSION")]
    eventually: Vec<String>,
    /// Rules from which level on are violations: error, warn or off
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    rules: RuleLevel,
    /// Do the choices of a story again and print what happens
    #[arg(long, value_name = "LIST")]
    choices: Option<String>,
    /// Go on from states that were seen, too
    #[arg(long)]
    no_prune: bool,
    /// Processor time that one choice may take
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = parse_duration)]
    wall_limit: i64,
    /// Print the outcome as one JSON object and nothing else
    #[arg(long)]
    json: bool,
    /// Write the outcome to a file, for --baseline
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Tell what is different from an outcome that --out or --json wrote; what is new fails
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write each story as a flow file, which fails under `wxsim test` until the mistake is gone
    #[arg(long, value_name = "DIR")]
    save_failures: Option<PathBuf>,
    /// Write the states and the ways between them as a page to look at
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write them as a Mermaid diagram
    #[arg(long, value_name = "FILE")]
    mermaid: Option<PathBuf>,
    /// Words of the stories: en or zh [default: by the locale]
    #[arg(long, value_name = "NAME", value_parser = super::parse_language)]
    language: Option<Language>,
}

/// What the worker is told to do, before the request.
pub(super) const JOB: &str = "explore";

const EXAMPLES: &str = "\
Examples:
  wxsim explore my-app
  wxsim explore my-app --route 'POST https://api.example/* = 200 {\"token\":\"t1\"}' --budget 60s
  wxsim explore my-app --buggify --save-failures stories --html states.html
  wxsim explore my-app --always 'one order: state.orders.length < 2'
  wxsim explore my-app --choices 0,3,1

Exit codes: 0 nothing was found, 1 something does not hold, 2 wrong usage or a project that cannot load.";

/// From which level on rules count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum RuleLevel {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warn,
    /// None.
    Off,
}

impl RuleLevel {
    /// The least weight that counts.
    pub(super) fn threshold(self) -> Option<Weight> {
        match self {
            Self::Error => Some(Weight::Error),
            Self::Warn => Some(Weight::Warning),
            Self::Off => None,
        }
    }
}

/// The scene of a page that is opened from the timeline of Moments, where nothing but the page works.
pub(super) const SINGLE_PAGE_SCENE: u32 = 1154;

/// Virtual memory of a copy, in bytes.
const MEMORY_BYTES: u64 = 2 << 30;

pub(super) fn main(arguments: &Arguments) -> u8 {
    let request = match request(arguments) {
        Ok(request) => request,
        Err(problems) => return settings::refuse(&problems),
    };
    let baseline = match arguments.baseline.as_deref().map(saved::read).transpose() {
        Ok(baseline) => baseline,
        Err(problem) => return usage(&problem),
    };
    let mut output = Output::new(arguments.json, super::language(arguments.language));
    if let Err(code) = supervise(&request, &mut output) {
        return code;
    }
    if let Some(replayed) = output.replayed.take() {
        return output.again(&replayed);
    }
    let Some(outcome) = output.outcome.take() else {
        return EXIT_USAGE;
    };
    let outcome = with_lines(outcome);
    let is_other = baseline
        .as_ref()
        .is_some_and(|before| saved::is_other(before, &outcome));
    if let (true, Some(path)) = (is_other, &arguments.baseline) {
        output.print(&outcome, None);
        return usage(&saved::of_another(path));
    }
    let difference = baseline.map(|before| saved::Difference::between(&before, &outcome));
    output.print(&outcome, difference.as_ref());
    // What was found is told even if a file cannot be written.
    if let Err(problem) = saved::write(arguments, &request, &outcome, output.language()) {
        return usage(&problem);
    }
    let fails = difference.map_or(!outcome.violations.is_empty(), |it| it.is_worse());
    if fails { EXIT_FAILED } else { EXIT_OK }
}

/// Runs the worker; what it says goes to the output.
pub(super) fn supervise(request: &Request, output: &mut Output) -> Result<(), u8> {
    let limits = Limits {
        wall_ms: 0,
        memory_bytes: MEMORY_BYTES,
        ..Limits::default()
    };
    let text = job_text(JOB, request);
    worker::catch_one_interrupt();
    let ending = worker::watch(&text, &limits, &mut |event| {
        if let Event::Line { text, .. } = event
            && let Ok(message) = serde_json::from_str::<Message>(text)
        {
            output.hear(message);
        }
    });
    output.end_progress();
    match ending {
        Ok(Ending::Finished) if output.is_unusable => Err(EXIT_USAGE),
        Ok(Ending::Finished) => Ok(()),
        Ok(Ending::Died { death, .. }) => {
            let problem = format!("the exploration ended early: {}", death.text());
            usage(&Diagnostic::error(problem));
            Err(EXIT_FAILED)
        }
        Err(error) => {
            let problem = format!("the worker process does not run: {error}");
            Err(usage(&Diagnostic::error(problem)))
        }
    }
}

/// The lines that do the stories again.
fn with_lines(mut outcome: Outcome) -> Outcome {
    const ONCE: &[(&str, bool)] = &[
        ("--budget", true),
        ("--json", false),
        ("--out", true),
        ("--baseline", true),
        ("--save-failures", true),
        ("--html", true),
        ("--mermaid", true),
        ("--choices", true),
        ("--jobs", true),
        ("--no-fork", false),
        ("--no-prune", false),
        ("--max-states", true),
        ("--depth", true),
    ];
    let line = OwnLine::typed().without(ONCE).text();
    for violation in &mut outcome.violations {
        violation.replay = match violation.choices.as_str() {
            "" => line.clone(),
            choices => format!("{line} --choices {choices}"),
        };
    }
    outcome
}

fn request(arguments: &Arguments) -> Result<Request, Vec<Diagnostic>> {
    let one = |problem: Diagnostic| vec![problem];
    let project = project_path(&arguments.project).map_err(one)?;
    let (config, settings) = arguments.phone.config(&project)?;
    let properties = [
        (When::Always, &arguments.always),
        (When::Sometimes, &arguments.sometimes),
        (When::Eventually, &arguments.eventually),
    ];
    let properties = properties.into_iter().flat_map(|(when, texts)| {
        let properties = texts.iter().map(move |text| Property::of_flag(when, text));
        properties.collect::<Vec<_>>()
    });
    let choices = arguments
        .choices
        .as_deref()
        .map(numbers)
        .transpose()
        .map_err(one)?;
    Ok(Request {
        project,
        config,
        enters: enters(arguments),
        every_page: arguments.every_page || arguments.as_audit,
        vary: vary(arguments).map_err(one)?,
        twists_max: arguments.twists,
        settle_ms: arguments.settle,
        bounds: Bounds {
            prunes: !arguments.no_prune,
            ..arguments.bounds.bounds()
        },
        budget_ms: arguments
            .budget
            .and_then(|ms| u64::try_from(ms).ok())
            .unwrap_or(0),
        walks: arguments.walks,
        jobs: arguments.bounds.jobs(),
        way_ms: u64::try_from(arguments.wall_limit).unwrap_or(10_000),
        fork: arguments.bounds.forks(),
        properties: properties.collect(),
        threshold: arguments.rules.threshold(),
        levels: Some(settings::levels(&settings)),
        drafts_guide: false,
        choices,
    })
}

/// The ways to start the program.
fn enters(arguments: &Arguments) -> Vec<EnterOptions> {
    let mut enters = vec![arguments.phone.enter()];
    if arguments.as_audit {
        enters.push(EnterOptions::at("", SINGLE_PAGE_SCENE));
    }
    enters
}

fn vary(arguments: &Arguments) -> Result<BTreeSet<Vary>, Diagnostic> {
    if arguments.buggify {
        return Ok(Vary::ALL.into_iter().collect());
    }
    match arguments.vary.as_slice() {
        [] => Ok(Vary::USUAL.into_iter().collect()),
        [none] if none == "none" => Ok(BTreeSet::new()),
        names => names
            .iter()
            .map(|name| name.parse())
            .collect::<Result<_, String>>()
            .map_err(|problem| Diagnostic::error(format!("--vary: {problem}"))),
    }
}

fn numbers(text: &str) -> Result<Vec<u32>, Diagnostic> {
    let numbers = text.split(',').map(|part| part.trim().parse());
    numbers.collect::<Result<_, _>>().map_err(|_| {
        Diagnostic::error(format!(
            "--choices: `{text}` is no list of numbers such as 0,3,1"
        ))
        .help("take the list of a line that `wxsim explore` printed")
    })
}
