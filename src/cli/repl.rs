//! `wxsim repl`: a phone at a prompt.
//!
//! The program runs in a worker process, each line in a copy of its own; this side reads the lines and prints.

mod desk;
mod dialog;
mod drawing;
mod editor;
mod input;
mod job;

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;

use desk::Desk;
use editor::Editor;
use input::{Input, Piped};
use job::Request;
pub(super) use job::job;

use super::client_flags::ClientFlags;
use super::network::{Exchange, NetworkFlags, Plan};
use super::watched::{RulesArgument, Watched};
use super::{load, paint, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::profile::Date;
use crate::repl::Words;
use crate::report::Paint;
use crate::runtime::{Persona, Policy, parse_duration};
use crate::worker::{self, Limits};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};
use crate::world::network::Route;

/// Hold a mini program in your hands: a prompt for JavaScript and for what a user does.
///
/// PROJECT is the folder of the mini program; further ones are other programs of the same phone. A line is JavaScript, which
/// runs in the program (wx, getApp(), $page, $data, _), or a command with a dot: .tap 3, .data, .undo. Lines from a file or a
/// pipe are echoed, so that what is printed is the whole conversation.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the mini program, then those of others on the same phone
    #[arg(required = true)]
    project: Vec<PathBuf>,
    /// Page to open first, with its query: pages/a/a?id=1
    #[arg(long, value_name = "PATH[?QUERY]")]
    page: Option<String>,
    /// Scene value of the start, such as 1007 for a card in a chat
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SCENE)]
    scene: u32,
    /// Answer of the user, as of `wxsim run`; what no --answer answers is asked at the terminal, or waits for .answer
    #[arg(long, value_name = "KEY=VALUE")]
    answer: Vec<String>,
    /// Who answers the questions without an --answer: allow-all, deny-all, deny-then-settings,
    /// dismiss-all, impatient
    #[arg(long, value_name = "NAME")]
    persona: Option<Persona>,
    /// What a server answers: 'GET https://a.example/b = 200 {"c":1}'
    #[arg(long, value_name = "METHOD URL = STATUS BODY")]
    route: Vec<Route>,
    /// Seed of everything random [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Day whose platform is simulated
    #[arg(long, value_name = "YYYY-MM-DD")]
    compat_date: Option<Date>,
    #[command(flatten)]
    client: ClientFlags,
    #[command(flatten)]
    network: NetworkFlags,
    /// Read the project anew when one of its files has changed: at once at a terminal, else before the next line
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    rules: RulesArgument,
    /// Language of the prompt's own words: en or zh [default: that of the terminal]
    #[arg(long, value_name = "NAME")]
    lang: Option<String>,
    /// Run in one process; .undo starts the program anew and repeats the lines
    #[arg(long)]
    no_fork: bool,
    /// Processor time after which a line is ended
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration, allow_hyphen_values = true)]
    wall_limit: i64,
    /// Memory that a copy of the program may use, in MiB of address space
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory_limit: u64,
}

/// What the worker is told to do, before the request.
pub(super) const JOB: &str = "repl";

const EXAMPLES: &str = "\
Examples:
  wxsim repl my-app
  wxsim repl my-app other-app --page 'pages/goods/goods?id=7'
  wxsim repl my-app --answer scope.userLocation=deny < commands.txt
  wxsim repl my-app --watch --lang zh

Exit codes: 0, 1 for a finding that --rules=error counts, 2 for wrong usage or a project that cannot load.";

pub(super) fn main(arguments: Arguments) -> u8 {
    let limits = Limits {
        wall_ms: u64::try_from(arguments.wall_limit).unwrap_or(u64::MAX),
        memory_bytes: arguments.memory_limit.saturating_mul(1 << 20),
        ..Limits::default()
    };
    let watches = arguments.watch;
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let (request, plan) = match request(arguments, is_terminal) {
        Ok(planned) => planned,
        Err(problems) => return settings::refuse(&problems),
    };
    let mut exchange = Exchange::new(plan, &request.config.open_hosts);
    let mut input: Box<dyn Input> = Box::new(Piped(std::io::stdin().lock()));
    if is_terminal {
        worker::catch_interrupts();
        match Editor::new(&request.project, request.words, request.coloured, watches) {
            Ok(editor) => input = Box::new(editor),
            Err(problem) => return usage(&Diagnostic::error(format!("the terminal: {problem}"))),
        }
        super::print(&format!("{}\n", request.words.welcome()));
    }
    let watch = watches.then(|| Sources::of(&request));
    let desk = Desk::new(&request, input.as_mut(), &mut exchange, watch);
    desk.run(&limits).unwrap_or_else(|problem| usage(&problem))
}

/// The files of the projects, as they were when somebody looked last.
pub(super) struct Sources {
    folders: Vec<PathBuf>,
    seen: super::test::Watch,
}

impl Sources {
    fn of(request: &Request) -> Self {
        let others = request.beside.iter().map(|other| other.folder.clone());
        let folders: Vec<PathBuf> = std::iter::once(request.project.clone())
            .chain(others)
            .collect();
        let seen = super::test::Watch::of(&folders, &[]);
        Self { folders, seen }
    }

    /// The files that were written since, as seen from their project.
    fn changed(&mut self) -> Vec<String> {
        let now = super::test::Watch::of(&self.folders, &[]);
        let changed = self.seen.changed(&now);
        self.seen = now;
        let short = |file: PathBuf| {
            let mut folders = self.folders.iter();
            let inside = folders.find_map(|folder| file.strip_prefix(folder).ok());
            inside.unwrap_or(&file).display().to_string()
        };
        changed.into_iter().map(short).collect()
    }
}

fn request(arguments: Arguments, is_terminal: bool) -> Result<(Request, Plan), Vec<Diagnostic>> {
    let one = |problem: Diagnostic| vec![problem];
    let mut folders = arguments.project.iter();
    let first = folders.next().ok_or_else(Vec::new)?;
    let project = project_path(first).map_err(one)?;
    let others: Vec<PathBuf> = folders.cloned().collect();
    let mut read = settings::read(&project)?;
    let keys = std::mem::take(&mut read.network);
    let beside = load::beside(&project, &read, &others).map_err(one)?;
    let given = arguments.client.keys(arguments.compat_date);
    let watched = Watched::new(arguments.rules.rules, &read);
    let mut config = settings::config(read, given, Policy::default())?;
    let mut answers = Policy::default();
    for rule in &arguments.answer {
        answers.add_text(rule).map_err(|problem| {
            let problem = Diagnostic::error(format!("--answer: {problem}"));
            vec![problem.help("`wxsim run --help` lists what there is")]
        })?;
    }
    config.policy.override_with(answers);
    if let Some(persona) = arguments.persona {
        config.policy.set_persona(persona);
    }
    config.routes.splice(0..0, arguments.route);
    config.seed = arguments.seed.unwrap_or(config.seed);
    let plan = Plan::new(&mut config, arguments.network, None, keys, &project)?;
    let page = arguments.page.as_deref().unwrap_or_default();
    let request = Request {
        project,
        beside,
        live: plan.live,
        watched,
        enter: EnterOptions::at(page, arguments.scene),
        words: words(arguments.lang.as_deref()).map_err(one)?,
        coloured: is_terminal && paint() == Paint::Coloured,
        fork: !arguments.no_fork,
        config,
    };
    Ok((request, plan))
}

/// The language that was asked for, or that of the terminal.
fn words(lang: Option<&str>) -> Result<Words, Diagnostic> {
    match lang {
        Some("en") => Ok(Words::English),
        Some("zh") => Ok(Words::Chinese),
        Some(other) => {
            let problem =
                Diagnostic::error(format!("--lang: `{other}` is no language of the prompt"));
            Err(problem.help("give en or zh"))
        }
        None => {
            let locale = super::locale().map(|own| Words::of_locale(&own));
            Ok(locale.unwrap_or_default())
        }
    }
}
