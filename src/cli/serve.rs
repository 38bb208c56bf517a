//! `wxsim serve`: the stand-in for WeChat's servers.

mod app;
mod printed;
mod started;

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::json;

pub(super) use app::job;
use app::{Message, Request as AppRequest};
use printed::{line, shown};
use started::{Facts, Started};

use super::field::Field;
use super::load::Trouble;
use super::watched::{RulesFlag, Watched};
use super::{EXIT_FAILED, EXIT_OK, job_text, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::net::certificate::{Certificates, certificates};
use crate::net::listener::{Listening, listen};
use crate::net::random_token;
use crate::package::{self, DiskFiles, ProfileKeys};
use crate::profile::Date;
use crate::report::{Paint, found, line as trace_line};
use crate::runtime::monitor::Weight;
use crate::runtime::{Config, Policy, trace, world_of};
use crate::serve::{
    CONTROL, Lock, Seen, Server, StateFile, real_now_ms, told_apps, told_merchants, told_users,
};
use crate::worker::{self, Death, Event, Limits};
use crate::world::World;
use crate::world::open_host::{OpenHost, is_own_machine};

/// Serve WeChat's server interfaces: api.weixin.qq.com and WeChat Pay over one simulated world.
///
/// PROJECT gives the appid, the pages and, by its wxsim.toml, the world; no script of it runs. Without PROJECT there
/// is one program with one user. Point the SDK of your back end at the printed URL, get login codes from the control
/// interface below /_wxsim/, and look at the world there with a browser.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: Option<PathBuf>,
    /// Run the program too, on a phone that the control interface holds: taps, answers, what it shows
    #[arg(long, requires = "project", conflicts_with_all = ["state", "record", "appid"])]
    app: bool,
    /// The page that it opens first, with its query
    #[arg(long, value_name = "PATH[?QUERY]", requires = "app")]
    page: Option<String>,
    /// Let requests of the program whose address begins so go to a server of this machine:
    /// https://shop.example.com=http://127.0.0.1:3000; repeatable
    #[arg(long, value_name = "URL=URL", requires = "app", value_parser = parse_forward)]
    forward: Vec<(String, String)>,
    /// What becomes of findings of the rules (`wxsim rules`) in the program: error, warn [default] or off
    #[arg(long, value_name = "LEVEL", requires = "app")]
    rules: Option<RulesFlag>,
    /// Port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Address to listen at; any other than this machine's own needs --i-know
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Others may reach the world, its secrets and its control interface
    #[arg(long)]
    i_know: bool,
    /// How time passes: as outside, or by the control interface alone
    #[arg(long, value_name = "CLOCK", default_value = "real")]
    clock: ClockFlag,
    /// Keep the world in a file between runs; what was answered is never lost
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Write every request and answer to a file, a JSON object a line
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Serve HTTPS with a certificate of one's own for WeChat's names, kept in a folder
    #[arg(long, value_name = "DIR")]
    tls: Option<PathBuf>,
    /// Host of another machine that messages and notifications may be posted to; repeatable
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<OpenHost>,
    /// Token of the control interface [default: WXSIM_CONTROL_TOKEN of the environment, or a new one]
    #[arg(long, value_name = "TEXT")]
    control_token: Option<String>,
    /// Appid of the program, in the place of the project's own (`touristappid` is none that SDKs take)
    #[arg(long, value_name = "APPID")]
    appid: Option<String>,
    /// Seed of everything random [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Day whose platform is simulated
    #[arg(long, value_name = "YYYY-MM-DD")]
    compat_date: Option<Date>,
    /// Print nothing after the start
    #[arg(long, short)]
    quiet: bool,
    /// Print JSON: first where the server is, then a line for each request
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ClockFlag {
    Real,
    Virtual,
}

const EXAMPLES: &str = "\
Examples:
  wxsim serve                               one program, one user, any free port
  wxsim serve my-app --port 8080            the world of a project
  wxsim serve my-app --state world.wxsim    the same world tomorrow
  wxsim serve --clock virtual --compat-date 2018-06-04
  wxsim serve --tls ./certs --port 443      for SDKs whose host cannot be changed
  wxsim serve my-app --app --forward https://shop.example.com=http://127.0.0.1:3000
                                            the program runs too; POST /_wxsim/phone {\"step\": \"tap #buy\"}

A login code for curl:
  curl -H \"Authorization: Bearer $TOKEN\" -d '{\"user\":\"user\"}' $URL/_wxsim/login

Exit codes: 0 it was told to end, 1 it could not go on, or --rules=error counts a finding, 2 wrong usage or a project
that cannot load.";

/// What the worker of `--app` is told to do, before the request.
pub(super) const JOB: &str = "serve";
/// Processor time that the program of `--app` may use in all, in milliseconds.
const APP_WALL_MS: u64 = 3_600_000;

/// The beginning of addresses, and the server of this machine that answers there.
fn parse_forward(text: &str) -> Result<(String, String), String> {
    let wrong =
        || format!("`{text}` is not of the form https://shop.example.com=http://127.0.0.1:3000");
    let (from, to) = text.split_once('=').ok_or_else(wrong)?;
    let is_url = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    if !is_url(from) || !is_url(to) {
        return Err(wrong());
    }
    if !is_own_machine(to) {
        return Err(format!("{to} is not this machine"));
    }
    Ok((
        from.trim_end_matches('/').to_owned(),
        to.trim_end_matches('/').to_owned(),
    ))
}

/// What may go wrong before the start.
type Problem = Diagnostic;

pub(super) fn main(arguments: &Arguments) -> u8 {
    match serve(arguments) {
        Ok(()) => EXIT_OK,
        Err(Stop::Usage(problems)) => problems.iter().fold(EXIT_OK, |_, problem| usage(problem)),
        Err(Stop::Found) => EXIT_FAILED,
        Err(Stop::Failed(problem)) => {
            usage(&problem);
            EXIT_FAILED
        }
    }
}

enum Stop {
    Usage(Vec<Problem>),
    Failed(Problem),
    /// A rule of the level error did not hold, and that counts.
    Found,
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Usage(vec![problem])
    }
}

fn serve(arguments: &Arguments) -> Result<(), Stop> {
    if !arguments.bind.is_loopback() && !arguments.i_know {
        let problem =
            Diagnostic::error(format!("--bind {} lets other machines in", arguments.bind));
        let help = "whoever reaches it has every secret of this world; write --i-know as well if that is meant";
        return Err(problem.help(help).into());
    }
    let (config, watched) = config(arguments)?;
    let tls = match &arguments.tls {
        None => None,
        Some(folder) => {
            let wrong = |error| Diagnostic::error(format!("--tls {}: {error}", folder.display()));
            Some(certificates(folder).map_err(wrong)?)
        }
    };
    let listening = Listening {
        address: arguments.bind,
        port: arguments.port,
        tls: tls
            .as_ref()
            .map(|it| (it.certificate.clone(), it.key.clone())),
    };
    let token = given_token(arguments).unwrap_or_else(random_token);
    let place = Place {
        listening,
        token,
        tls,
    };
    if arguments.app {
        serve_app(arguments, &place, config.1, watched)
    } else {
        serve_world(arguments, &place, config)
    }
}

/// The token of the flag, or of the environment, which other processes do not read.
#[expect(
    clippy::disallowed_methods,
    reason = "a secret of the user's; the world does not see it"
)]
fn given_token(arguments: &Arguments) -> Option<String> {
    let given = arguments.control_token.clone();
    let given = given.or_else(|| std::env::var("WXSIM_CONTROL_TOKEN").ok());
    given.filter(|it| !it.is_empty())
}

/// Where the server is, and who may steer it.
struct Place {
    listening: Listening,
    token: String,
    tls: Option<Certificates>,
}

impl Place {
    fn tell(&self, arguments: &Arguments, address: SocketAddr, facts: &Facts) {
        let started = Started {
            address,
            token: &self.token,
            facts,
            authority: self.tls.as_ref().map(|it| it.authority.as_path()),
        };
        super::print(&if arguments.json {
            started.json()
        } else {
            started.text()
        });
    }

    fn taken(&self, error: &std::io::Error) -> Stop {
        let Listening { address, port, .. } = &self.listening;
        let problem = Diagnostic::error(format!("cannot listen at {address}:{port}: {error}"));
        Stop::Failed(
            problem.help("another program may have the port; --port 0 takes any that is free"),
        )
    }
}

/// Serves a world in which nothing runs.
fn serve_world(
    arguments: &Arguments,
    place: &Place,
    config: (Option<package::Project>, Config),
) -> Result<(), Stop> {
    let (mut world, _lock, state) = opened(arguments, config)?;
    let facts = Facts {
        apps: told_apps(&world),
        users: told_users(&world),
        merchants: told_merchants(&mut world),
    };
    let mut server = Server::new(world, place.token.clone(), watcher(arguments)?)
        .with_hosts(arguments.allow_host.clone());
    if arguments.clock == ClockFlag::Real {
        server = server.with_real_time(arguments.compat_date.is_none());
    }
    if let Some(state) = state {
        server = server.with_state(state);
    }
    let begun = server.begin();
    begun.map_err(|error| Diagnostic::error(format!("--state: {error}")))?;
    let ready = |address: SocketAddr| place.tell(arguments, address, &facts);
    listen(&place.listening, Arc::new(server), ready).map_err(|error| place.taken(&error))
}

/// Serves the world of a program that runs.
fn serve_app(
    arguments: &Arguments,
    place: &Place,
    config: Config,
    watched: Watched,
) -> Result<(), Stop> {
    let Some(project) = &arguments.project else {
        return Ok(());
    };
    let mut field = Field::default();
    let address = field.listen(&place.listening, place.token.clone());
    let address = address.map_err(|error| place.taken(&error))?;
    let ends = field.watch_end();
    ends.map_err(|error| Stop::Failed(Diagnostic::error(error.to_string())))?;
    let ahead_ms = match (arguments.clock, arguments.compat_date) {
        (ClockFlag::Virtual, _) => None,
        (ClockFlag::Real, None) => Some(0),
        (ClockFlag::Real, Some(_)) => Some(config.profile.start_unix_ms() - real_now_ms()),
    };
    let request = AppRequest {
        project: project_path(project)?,
        config,
        ahead_ms,
        forward: arguments.forward.clone(),
        page: arguments.page.clone(),
        watched,
    };
    let limits = Limits {
        wall_ms: APP_WALL_MS,
        ..Limits::default()
    };
    let (mut problems, mut findings) = (Vec::new(), Findings::default());
    let run = worker::watch(
        &job_text(JOB, &request),
        &limits,
        &mut |event| match event {
            Event::Line { text, .. } => match serde_json::from_str::<Message>(text) {
                Ok(Message::Ready(facts)) => place.tell(arguments, address, &facts),
                Ok(Message::Said(Trouble::Unusable(problem))) => problems.push(problem),
                Ok(message) => {
                    findings.take(&message);
                    tell(arguments, &message);
                }
                Err(error) => {
                    unreachable!("the worker speaks this program's own language: {error}")
                }
            },
            Event::Ask {
                question, answer, ..
            } => *answer = field.answer(question),
            Event::Died { death, .. } if field.is_over() || is_interrupt(death) => {}
            Event::Died { death, .. } => problems.push(Diagnostic::error(format!(
                "the program ended: {}",
                death.text()
            ))),
        },
    );
    if let Err(error) = run {
        problems.push(Diagnostic::error(error.to_string()));
    }
    match problems.len() {
        0 if request.watched.fails && findings.have_error => Err(Stop::Found),
        0 => Ok(()),
        _ => Err(Stop::Usage(problems)),
    }
}

/// Whether it was Ctrl-C, which the worker hears of too.
fn is_interrupt(death: &Death) -> bool {
    matches!(death, Death::Signal { name, .. } if name == "SIGINT")
}

/// What rules found in the program so far.
#[derive(Default)]
struct Findings {
    /// Whether one weighs as an error.
    have_error: bool,
}

impl Findings {
    /// Tells a finding as it comes, on the side of the mistakes.
    fn take(&mut self, message: &Message) {
        let Message::Trace(entry) = message else {
            return;
        };
        if let trace::Event::Found(found) = &entry.event
            && found.counts(Weight::Info)
        {
            self.have_error |= found.counts(Weight::Error);
            anstream::eprintln!("{}", found::told(found, false, Paint::Coloured));
        }
    }
}

/// Prints what the program and its servers do.
fn tell(arguments: &Arguments, message: &Message) {
    if arguments.quiet {
        return;
    }
    match message {
        // Told by `Findings`.
        Message::Trace(entry) if matches!(entry.event, trace::Event::Found(_)) => {}
        Message::Trace(entry) if !arguments.json => {
            if let Some(text) = trace_line(entry, super::paint()) {
                super::print(&format!("{text}\n"));
            }
        }
        Message::Said(Trouble::Project(problem)) if !arguments.json => {
            usage(problem);
        }
        Message::Answered {
            request,
            status,
            body,
            why,
        } if arguments.json => {
            let seen = json!({
                "method": request.method,
                "path": request.path,
                "status": status,
                "errcode": body.get("errcode"),
                "why": why,
            });
            super::print(&format!("{seen}\n"));
        }
        _ => {}
    }
}

/// The configuration of the project, or of none, and who looks at its program.
fn config(arguments: &Arguments) -> Result<((Option<package::Project>, Config), Watched), Stop> {
    let given = ProfileKeys {
        compat_date: arguments.compat_date,
        ..ProfileKeys::default()
    };
    let (project, read) = match &arguments.project {
        None => (None, package::Settings::default()),
        Some(path) => {
            let path = project_path(path)?;
            (
                Some(project(&path)?),
                settings::read(&path).map_err(Stop::Usage)?,
            )
        }
    };
    let watched = Watched::new(arguments.rules.unwrap_or_default(), &read);
    let mut config = settings::config(read, given, Policy::default()).map_err(Stop::Usage)?;
    if let Some(seed) = arguments.seed {
        config.seed = seed;
    }
    let mut project = project;
    if let (Some(project), Some(appid)) = (&mut project, &arguments.appid) {
        project.app_id = Some(appid.clone());
    }
    Ok(((project, config), watched))
}

fn project(path: &Path) -> Result<package::Project, Stop> {
    let files = DiskFiles::open(path).map_err(|error| {
        let problem = Diagnostic::error(format!("{}: {error}", path.display()));
        problem
            .help("give the folder of a mini program, the one with project.config.json or app.json")
    })?;
    let loaded = package::load(&files);
    loaded.project.ok_or(Stop::Usage(loaded.diagnostics))
}

/// The world, from the state file when there is one.
fn opened(
    arguments: &Arguments,
    (project, mut config): (Option<package::Project>, Config),
) -> Result<(World, Option<Lock>, Option<StateFile>), Stop> {
    let Some(path) = &arguments.state else {
        return Ok((world_of(project.as_ref(), config), None, None));
    };
    let wrong = |error: crate::serve::BadState| {
        Diagnostic::error(format!("--state {}: {error}", path.display()))
    };
    let (kept, lock) = StateFile::open(path).map_err(wrong)?;
    config.world = kept.map(Box::new);
    let world = world_of(project.as_ref(), config);
    let state = StateFile::begin(path, &world).map_err(wrong)?;
    Ok((world, Some(lock), Some(state)))
}

/// Who prints and records requests.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn watcher(arguments: &Arguments) -> Result<crate::serve::Watcher, Stop> {
    let mut file = match &arguments.record {
        None => None,
        Some(path) => {
            let made = std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(path);
            Some(made.map_err(|error| {
                Diagnostic::error(format!("--record {}: {error}", path.display()))
            })?)
        }
    };
    let (quiet, json) = (arguments.quiet, arguments.json);
    Ok(Box::new(move |seen: &Seen<'_>| {
        if let Some(file) = &mut file {
            // A disk that is full ends the record, not the server.
            let _ = file.write_all(format!("{}\n", line(seen, true)).as_bytes());
        }
        if quiet || seen.request.path.starts_with(CONTROL) {
            return;
        }
        let shown = if json {
            line(seen, false).to_string()
        } else {
            shown(seen)
        };
        super::print(&format!("{shown}\n"));
    }))
}
