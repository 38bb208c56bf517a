//! `wxsim run`: starts a mini program, performs steps, prints the trace and a summary.
//!
//! The program runs in a worker process; this side prints what the worker sends.

mod job;
mod output;
mod saved_world;

use std::path::PathBuf;

use clap::Args;
use serde_json::Value as Json;

use job::Request;
pub(super) use job::job;
use output::Output;
pub(super) use output::difference;
use saved_world::WorldFlags;

use super::client_flags::ClientFlags;
use super::load;
use super::network::{self, Exchange, NetworkFlags, Plan};
use super::person::Terminal;
use super::watched::{RulesArgument, Watched};
use super::{EXIT_FAILED, EXIT_OK, EXIT_USAGE, job_text, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::package::{Recording, Settings};
use crate::profile::{Date, parse_utc_offset};
use crate::runtime::{Choices, Persona, Policy, Step, parse_duration};
use crate::worker::{self, Ending, Event, Limits};
use crate::world::cloud::CloudRule;
use crate::world::device::{SystemPermission, SystemState, parse_system};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions, ReferrerInfo};
use crate::world::network::Route;
use crate::world::privacy::Declared;
use crate::world::sensor_reading::SensorScript;
use crate::world::soter::BiometricFacts;

/// Start a mini program, do what a user would do, and print every step of it.
///
/// PROJECT is the folder that the official tool opens (with project.config.json), or the folder with
/// app.json. Questions to the user (authorization, dialogs) are answered by --answer; a question
/// that nobody answers is shown with the flag that would.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: PathBuf,
    /// Another mini program of the same phone, which can be opened from this one; repeatable
    #[arg(long, value_name = "FOLDER")]
    with: Vec<PathBuf>,
    /// Page to open first, with its query: pages/a/a?id=1
    #[arg(long, value_name = "PATH[?QUERY]")]
    page: Option<String>,
    /// Scene value of the start, such as 1007 for a card in a chat
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SCENE)]
    scene: u32,
    /// Ticket of the share card that the program is opened by
    #[arg(long, value_name = "TEXT")]
    share_ticket: Option<String>,
    /// The mini program, official account or app that opens it (scenes 1020, 1035, 1036, 1037,
    /// 1038, 1043, 1069)
    #[arg(long, value_name = "APPID")]
    referrer: Option<String>,
    /// Data that the other mini program hands over (scenes 1037, 1038)
    #[arg(long, value_name = "JSON", requires = "referrer")]
    extra_data: Option<String>,
    /// Answer of the user: scope.userLocation=deny, modal=confirm, actionSheet=0,
    /// settings={"scope.userLocation":true}. A JSON list, or the flag again, answers one question
    /// after the other; `ignore` never answers
    #[arg(long, value_name = "KEY=VALUE")]
    answer: Vec<String>,
    /// Who answers the questions without an --answer: allow-all, deny-all, deny-then-settings,
    /// dismiss-all, impatient
    #[arg(long, value_name = "NAME")]
    persona: Option<Persona>,
    /// Answer the questions by the numbers of their answers, in order: 0,-,1; `-` leaves one to the
    /// other flags
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    choices: Option<Choices>,
    /// Ask here what no --answer answers
    #[arg(long, short, conflicts_with_all = ["persona", "check_determinism"])]
    interactive: bool,
    /// Step after the start: tap TARGET, longpress TARGET, input TARGET = TEXT, focus, blur or
    /// confirm TARGET, choose TARGET = JSON, trigger TARGET EVENT [JSON], drag TARGET = X,Y, tree,
    /// gesture METHOD, back, tabItem N, advance 3s, background, resume, kill, launch PATH, scan CODE,
    /// answer KEY=VALUE, settings JSON, user ID, share ID, share timeline, favorite, open card [N], pullDown, scroll N, scroll TARGET by N,
    /// reachBottom, network none, theme dark, sensor NAME JSON, keyboard HEIGHT, capture, recording start,
    /// resize 812x375, window maximize, capsule JSON, weakNetwork on, battery JSON, biometrics JSON, switch wifi off,
    /// system camera=denied, fetched pre TEXT, event NAME JSON, evaluate CODE. Repeatable
    #[arg(long = "do", value_name = "STEP")]
    steps: Vec<String>,
    /// Print the session_key in the step `server code2session`, to try your own server's decryption
    #[arg(long)]
    reveal_session_key: bool,
    /// Seed of everything random [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Day whose platform is simulated, and on which the running version was published
    #[arg(long, value_name = "YYYY-MM-DD")]
    compat_date: Option<Date>,
    #[command(flatten)]
    client: ClientFlags,
    /// System permission that WeChat does not have: location=denied. Names: location, camera,
    /// microphone, album, bluetooth, phoneCalendar
    #[arg(long, value_name = "NAME=STATE", value_parser = parse_system)]
    system: Vec<(SystemPermission, SystemState)>,
    /// What a server answers: 'GET https://a.example/b = 200 {"c":1}'. The method may be *, the URL
    /// may end with *, the body may be @FILE, `= fail timeout` is no answer. The first that matches
    /// answers; without one the domain counts as not listed
    #[arg(long, value_name = "METHOD URL = STATUS BODY")]
    route: Vec<Route>,
    /// What a motion sensor reads from each of its starts on:
    /// 'accelerometer = [{"at":"200ms","x":1}]'. Sensors: accelerometer, compass, gyroscope,
    /// deviceMotion
    #[arg(long, value_name = "NAME = LIST")]
    sensor: Vec<SensorScript>,
    /// By what the phone recognises its user: {"supported":[],"allowed":false}. docs/settings.md lists
    /// all members
    #[arg(long, value_name = "JSON")]
    biometrics: Option<BiometricFacts>,
    /// Cloud development: what a function answers, 'login = {"ok":true}' or 'login = fail WORDS', for
    /// calls with some data 'user {"type":"get"} = {}'; the records of a collection,
    /// 'db.users = [{"name":"A"}]'; the text of a file, 'cloud://ID = "TEXT"'
    #[arg(long, value_name = "NAME = JSON")]
    cloud: Vec<CloudRule>,
    /// There are advertisements to show
    #[arg(long)]
    ads: bool,
    /// What the privacy guide in the console names: items such as location,clipboard; everything (the
    /// default), nothing, or banned
    #[arg(long, value_name = "ITEMS")]
    privacy_guide: Option<Declared>,
    /// What is said of the program's registration: subject=personal, phone_quota=0,
    /// env_version=trial, published=2021-04-28. Repeatable; docs/settings.md lists all
    #[arg(long, value_name = "NAME=VALUE")]
    app: Vec<String>,
    /// A rule that is not published: deny_cooldown=5m, frequency_limit=4, strict_promises=true.
    /// Repeatable; docs/settings.md lists them
    #[arg(long, value_name = "NAME=VALUE")]
    rule: Vec<String>,
    #[command(flatten)]
    network: NetworkFlags,
    #[command(flatten)]
    world: WorldFlags,
    /// Write what real servers answered to a file that --replay and `[network] replay` read
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    record: Option<PathBuf>,
    /// Zone that scripts see, such as +08:00 (China, the default) or -05:00
    #[arg(long, value_name = "±HH:MM", value_parser = parse_utc_offset, allow_hyphen_values = true)]
    time_zone: Option<i32>,
    /// Print what the page on top shows at the end, as readable WXML
    #[arg(long)]
    tree: bool,
    /// Print the trace as JSON lines and nothing else
    #[arg(long)]
    json: bool,
    /// Virtual time that passes after the last step, so that timers run
    #[arg(long = "for", value_name = "DURATION", default_value = "10s", value_parser = parse_duration, allow_hyphen_values = true)]
    duration_ms: i64,
    /// Run in one process that loads the program itself, instead of a fork of one that has
    #[arg(long)]
    no_fork: bool,
    /// Processor time after which the run is ended; six times as much real time ends it too
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration, allow_hyphen_values = true)]
    wall_limit: i64,
    /// Memory that the run may use, in MiB of address space
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory_limit: u64,
    /// Run twice and fail when the two traces differ
    #[arg(long)]
    check_determinism: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

/// What the worker is told to do, before the request.
pub(super) const JOB: &str = "run";

const EXAMPLES: &str = "\
Examples:
  wxsim run my-app
  wxsim run my-app --page 'pages/goods/goods?id=7' --scene 1007
  wxsim run my-app --do 'tap #submit' --do 'input role=input = 13800000000' --tree
  wxsim run my-app --do 'gesture onLocate' --answer scope.userLocation=deny --answer modal=cancel
  wxsim run my-app --do 'tabItem 1' --do back --do 'advance 30m' --json

Exit codes: 0 it ran, 1 the mini program failed, 2 wrong usage or a project that cannot load.";

pub(super) fn main(arguments: Arguments) -> u8 {
    let limits = Limits {
        wall_ms: u64::try_from(arguments.wall_limit).unwrap_or(u64::MAX),
        memory_bytes: arguments.memory_limit.saturating_mul(1 << 20),
        ..Limits::default()
    };
    let (json, twice) = (arguments.json, arguments.check_determinism);
    let save_world = arguments.world.save_world.clone();
    let planned = settings(&arguments).and_then(|settings| request(arguments, settings));
    let (request, plan) = match planned {
        Ok(planned) => planned,
        Err(problems) => return Output::refuse(json, &problems),
    };
    let mut exchange = Exchange::new(plan, &request.config.open_hosts);
    let mut output = Output::new(json, &request);
    if twice {
        output.keep_lines();
    }
    let code = supervise(&request, &limits, &mut output, &mut exchange);
    let saved = save_world.map_or(Ok(()), |path| {
        saved_world::write(&path, output.world.as_deref())
    });
    if let Err(problem) = exchange.write().and(saved) {
        return usage(&problem);
    }
    if twice && code != EXIT_USAGE {
        let again = replaying(request, exchange.recording().clone());
        return compare(&again, &limits, &output, code);
    }
    code
}

/// The same run with the answers of real servers as rules, so that only the program can differ.
fn replaying(mut request: Request, recording: Recording) -> Request {
    if request.live {
        network::replay(&mut request.config, recording);
        request.live = false;
    }
    request
}

/// `wxsim.toml` of the project.
fn settings(arguments: &Arguments) -> Result<Settings, Vec<Diagnostic>> {
    let project = project_path(&arguments.project).map_err(|problem| vec![problem])?;
    settings::read(&project)
}

/// `--rule` and `--app`, before what the settings say.
fn name_rules(arguments: &Arguments, settings: &mut Settings) -> Result<(), Diagnostic> {
    for text in &arguments.rule {
        let (name, value) = named("--rule", text)?;
        let rule = settings.rules.set(name, &value);
        rule.map_err(|problem| wrong_flag("--rule", &problem))?;
    }
    for text in &arguments.app {
        let (name, value) = named("--app", text)?;
        let fact = settings.registration.set(name, &value);
        fact.map_err(|problem| wrong_flag("--app", &problem))?;
    }
    Ok(())
}

/// What the settings say, with the flags in their place or before them.
fn request(
    arguments: Arguments,
    mut settings: Settings,
) -> Result<(Request, Plan), Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    let project = project_path(&arguments.project).map_err(one)?;
    let keys = std::mem::take(&mut settings.network);
    let given = arguments.client.keys(arguments.compat_date);
    name_rules(&arguments, &mut settings).map_err(one)?;
    let beside = load::beside(&project, &settings, &arguments.with).map_err(one)?;
    let watched = Watched::new(arguments.rules.rules, &settings);
    let mut config = settings::config(settings, given, Policy::default())?;
    let answers = given_answers(&arguments.answer).map_err(one)?;
    config.policy.override_with(answers);
    if let Some(persona) = arguments.persona {
        config.policy.set_persona(persona);
    }
    if let Some(choices) = arguments.choices.clone() {
        config.policy.choose(choices);
    }
    config.reveals_session_key = arguments.reveal_session_key;
    for step in &arguments.steps {
        step.parse::<Step>()
            .map_err(|problem| one(wrong_flag("--do", &problem.to_string())))?;
    }
    let enter = enter_options(&arguments).map_err(one)?;
    let routes = arguments.route.into_iter().map(with_body);
    let routes = routes.collect::<Result<Vec<_>, _>>().map_err(one)?;
    config.routes.splice(0..0, routes);
    config.cloud.splice(0..0, arguments.cloud);
    config.ads |= arguments.ads;
    config.privacy_guide = arguments.privacy_guide.unwrap_or(config.privacy_guide);
    config.system.extend(arguments.system);
    config.sensors.extend(arguments.sensor);
    config.biometrics = arguments.biometrics.unwrap_or(config.biometrics);
    config.seed = arguments.seed.unwrap_or(config.seed);
    config.utc_offset_s = arguments.time_zone.or(config.utc_offset_s);
    arguments.world.configure(&mut config).map_err(one)?;
    let (flags, record) = (arguments.network, arguments.record);
    let plan = Plan::new(&mut config, flags, record, keys, &project)?;
    let request = Request {
        project,
        config,
        beside,
        live: plan.live,
        asks: arguments.interactive,
        watched,
        enter,
        steps: arguments.steps,
        duration_ms: arguments.duration_ms,
        shows_tree: arguments.tree,
        fork: !arguments.no_fork,
        saves_world: arguments.world.save_world.is_some(),
    };
    Ok((request, plan))
}

/// `NAME=VALUE`; a value that is no JSON is a text.
fn named<'t>(flag: &str, text: &'t str) -> Result<(&'t str, Json), Diagnostic> {
    let parts = text.split_once('=');
    let (name, value) =
        parts.ok_or_else(|| wrong_flag(flag, &format!("`{text}`: write NAME=VALUE")))?;
    let read = serde_json::from_str(value);
    Ok((
        name,
        read.unwrap_or_else(|_| Json::String(value.to_owned())),
    ))
}

fn given_answers(flags: &[String]) -> Result<Policy, Diagnostic> {
    let mut policy = Policy::default();
    for rule in flags {
        policy
            .add_text(rule)
            .map_err(|problem| wrong_flag("--answer", &problem))?;
    }
    Ok(policy)
}

/// A route with the body that its `@FILE` holds.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn with_body(route: Route) -> Result<Route, Diagnostic> {
    let Some(path) = route.body_file() else {
        return Ok(route);
    };
    let bytes = std::fs::read(path)
        .map_err(|error| wrong_flag("--route", &format!("the file {path}: {error}")))?;
    Ok(route.with_body(bytes))
}

fn enter_options(arguments: &Arguments) -> Result<EnterOptions, Diagnostic> {
    let page = arguments.page.as_deref().unwrap_or_default();
    if let Some(text) = &arguments.extra_data {
        serde_json::from_str::<serde_json::Value>(text).map_err(|error| {
            wrong_flag("--extra-data", &format!("`{text}` is not JSON: {error}"))
        })?;
    }
    let referrer_info = arguments.referrer.clone().map(|app_id| ReferrerInfo {
        app_id,
        extra_data: arguments.extra_data.clone(),
    });
    Ok(EnterOptions {
        share_ticket: arguments.share_ticket.clone(),
        referrer_info,
        ..EnterOptions::at(page, arguments.scene)
    })
}

fn wrong_flag(flag: &str, problem: &str) -> Diagnostic {
    Diagnostic::error(format!("{flag}: {problem}")).help("`wxsim run --help` lists what there is")
}

fn supervise(
    request: &Request,
    limits: &Limits,
    output: &mut Output,
    exchange: &mut Exchange,
) -> u8 {
    let text = job_text(JOB, request);
    let mut terminal = Terminal::new();
    let ending = worker::watch(&text, limits, &mut |event| match event {
        Event::Line { text, .. } => output.message(text),
        Event::Ask {
            question, answer, ..
        } => {
            let person = terminal.answer(question);
            *answer = person.unwrap_or_else(|| exchange.answer(question));
        }
        Event::Died { .. } => {} // The ending tells it.
    });
    match ending {
        Ok(Ending::Finished) => {}
        Ok(Ending::Died {
            death, last_note, ..
        }) => output.died(&death.text(), last_note),
        Err(error) => {
            let problem = Diagnostic::error(format!("the worker process does not run: {error}"));
            return usage(&problem);
        }
    }
    output.finish();
    let flags = terminal.flags();
    if !flags.is_empty() {
        anstream::eprintln!("the same answers again: {flags}");
    }
    if output.unusable {
        EXIT_USAGE
    } else if output.summary.has_failures() {
        EXIT_FAILED
    } else {
        EXIT_OK
    }
}

/// The second run of `--check-determinism`; the first gave `code`.
fn compare(request: &Request, limits: &Limits, first: &Output, code: u8) -> u8 {
    let mut second = first.silent_copy();
    supervise(request, limits, &mut second, &mut Exchange::closed());
    let Some(difference) = difference(first.lines(), second.lines()) else {
        anstream::eprintln!("both runs gave the same trace");
        return code;
    };
    usage(&Diagnostic::error(difference));
    EXIT_FAILED
}
