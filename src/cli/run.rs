//! `wxsim run`: starts a mini program, performs steps, prints the trace and a summary.
//!
//! The program runs in a worker process; this side prints what the worker sends.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::{EXIT_FAILED, EXIT_OK, EXIT_USAGE};
use crate::diagnostic::Diagnostic;
use crate::engine::Limits as ScriptLimits;
use crate::package::{self, DiskFiles};
use crate::profile::{Date, Platform, Profile};
use crate::report::{Paint, Summary, line};
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Config, Policy, Sim, Step, parse_duration};
use crate::version::Version;
use crate::worker::{self, Ending, Limits, Mode, Outbox, Zygote};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions, ReferrerInfo};

/// Start a mini program, do what a user would do, and print every step of it.
///
/// PROJECT is the folder that the official tool opens (with project.config.json), or the folder with
/// app.json. Questions to the user (authorization, dialogs) are answered by --answer; a question
/// that nobody answers is shown with the flag that would.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: PathBuf,
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
    /// Step after the start: gesture METHOD, back, tabItem N, advance 3s, background, resume,
    /// kill, launch PATH, answer KEY=VALUE, settings JSON, theme dark, evaluate CODE. Repeatable
    #[arg(long = "do", value_name = "STEP")]
    steps: Vec<String>,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    seed: u64,
    /// Day whose platform is simulated, and on which the running version was published
    #[arg(long, value_name = "YYYY-MM-DD")]
    compat_date: Option<Date>,
    /// Base library version (default: the one of the day)
    #[arg(long, value_name = "VERSION")]
    sdk: Option<Version>,
    /// WeChat client version (default: the one of the day)
    #[arg(long, value_name = "VERSION")]
    client: Option<Version>,
    /// ios, android, devtools, windows, mac or ohos
    #[arg(long, value_name = "NAME", default_value = "ios")]
    platform: Platform,
    /// Zone that scripts see, such as +08:00 (China, the default) or -05:00
    #[arg(long, value_name = "±HH:MM", value_parser = parse_utc_offset, allow_hyphen_values = true)]
    time_zone: Option<i32>,
    /// Print the trace as JSON lines and nothing else
    #[arg(long)]
    json: bool,
    /// Virtual time that passes after the last step, so that timers run
    #[arg(long = "for", value_name = "DURATION", default_value = "10s", value_parser = parse_duration)]
    duration_ms: i64,
    /// Run in one process that loads the program itself, instead of a fork of one that has
    #[arg(long)]
    no_fork: bool,
    /// Real time after which the run is ended
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration)]
    wall_limit: i64,
    /// Memory that the run may use, in MiB of address space
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory_limit: u64,
    /// Run twice and fail when the two traces differ
    #[arg(long)]
    check_determinism: bool,
}

const DEFAULT_SEED: u64 = 1;

const EXAMPLES: &str = "\
Examples:
  wxsim run my-app
  wxsim run my-app --page 'pages/goods/goods?id=7' --scene 1007
  wxsim run my-app --do 'gesture onLocate' --answer scope.userLocation=deny --answer modal=cancel
  wxsim run my-app --do 'tabItem 1' --do back --do 'advance 30m' --json

Exit codes: 0 it ran, 1 the mini program failed, 2 wrong usage or a project that cannot load.";

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Request {
    project: PathBuf,
    profile: Profile,
    seed: u64,
    policy: Policy,
    enter: EnterOptions,
    utc_offset_s: Option<i32>,
    steps: Vec<String>,
    duration_ms: i64,
    fork: bool,
}

/// What the worker says; it sends entries by reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Message<E = Entry> {
    /// An entry of the trace.
    Trace(E),
    /// A mistake in the project.
    Project(Diagnostic),
    /// The project cannot run, or a step does not apply.
    Unusable(Diagnostic),
}

pub(super) fn main(arguments: Arguments) -> u8 {
    let limits = Limits {
        wall_ms: u64::try_from(arguments.wall_limit).unwrap_or(u64::MAX),
        memory_bytes: arguments.memory_limit.saturating_mul(1 << 20),
        ..Limits::default()
    };
    let (json, twice) = (arguments.json, arguments.check_determinism);
    let request = match request(arguments) {
        Ok(request) => request,
        Err(problem) => return usage(&problem),
    };
    let mut output = Output::new(json);
    if !twice {
        return supervise(&request, &limits, &mut output);
    }
    output.lines = Some(Vec::new());
    match supervise(&request, &limits, &mut output) {
        EXIT_USAGE => EXIT_USAGE,
        code => compare(&request, &limits, &output, code),
    }
}

fn usage(problem: &Diagnostic) -> u8 {
    let coloured = std::io::stderr().is_terminal();
    anstream::eprintln!("{}", problem.render(coloured));
    EXIT_USAGE
}

fn request(arguments: Arguments) -> Result<Request, Diagnostic> {
    let mut policy = Policy::default();
    for rule in &arguments.answer {
        policy
            .add_text(rule)
            .map_err(|problem| wrong_flag("--answer", &problem))?;
    }
    for step in &arguments.steps {
        step.parse::<Step>()
            .map_err(|problem| wrong_flag("--do", &problem.to_string()))?;
    }
    let mut profile = arguments
        .compat_date
        .map_or_else(Profile::default, Profile::on);
    let enter = enter_options(&arguments)?;
    profile.platform = arguments.platform;
    profile.sdk = arguments.sdk.unwrap_or(profile.sdk);
    profile.client = arguments.client.unwrap_or(profile.client);
    let project = absolute(&arguments.project);
    if project.to_str().is_none() {
        let path = project.display();
        return Err(
            Diagnostic::error(format!("PROJECT: the path {path} is not UTF-8"))
                .help("rename the folder, or copy it to one with a plain name"),
        );
    }
    Ok(Request {
        project,
        profile,
        seed: arguments.seed,
        policy,
        enter,
        utc_offset_s: arguments.time_zone,
        steps: arguments.steps,
        duration_ms: arguments.duration_ms,
        fork: !arguments.no_fork,
    })
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

/// `+08:00` in seconds east of UTC.
fn parse_utc_offset(text: &str) -> Result<i32, String> {
    let parse = || {
        let (sign, rest) = match text.split_at_checked(1)? {
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let (hours, minutes) = rest.split_once(':')?;
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let exists = (0..=14).contains(&hours) && (0..60).contains(&minutes);
        exists.then_some(sign * (hours * 3600 + minutes * 60))
    };
    parse().ok_or_else(|| format!("`{text}` is no offset from UTC; write +08:00"))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

fn wrong_flag(flag: &str, problem: &str) -> Diagnostic {
    Diagnostic::error(format!("{flag}: {problem}")).help("`wxsim run --help` lists what there is")
}

/// Mistakes of a project that are shown in full.
const DIAGNOSTICS_SHOWN: usize = 20;

/// Prints what comes.
struct Output {
    json: bool,
    paint: Paint,
    /// The second of two runs is only compared with the first.
    silent: bool,
    summary: Summary,
    /// What was printed, kept where two runs are compared.
    lines: Option<Vec<String>>,
    unusable: bool,
    /// Mistakes of the project so far.
    diagnostics: usize,
    /// Virtual time of the latest entry.
    t: i64,
    entries: u64,
}

impl Output {
    fn new(json: bool) -> Self {
        let coloured = !json && colours_wanted();
        let paint = if coloured {
            Paint::Coloured
        } else {
            Paint::Plain
        };
        Self {
            json,
            paint,
            silent: false,
            summary: Summary::default(),
            lines: None,
            unusable: false,
            diagnostics: 0,
            t: 0,
            entries: 0,
        }
    }

    fn message(&mut self, text: &str) {
        match serde_json::from_str(text) {
            Ok(Message::Trace(entry)) => self.entry(&entry),
            Ok(Message::Project(diagnostic)) => self.diagnostic(&diagnostic),
            Ok(Message::Unusable(diagnostic)) => {
                self.rest_of_diagnostics();
                self.unusable = true;
                self.diagnostic(&diagnostic);
            }
            Err(error) => unreachable!("the worker speaks this program's own language: {error}"),
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.t = entry.t;
        self.entries = entry.n;
        self.summary.add(entry);
        if self.json {
            let text = serde_json::to_string(entry).unwrap_or_default();
            self.print(text);
        } else if matches!(entry.event, Event::Start { .. }) {
            self.rest_of_diagnostics();
            self.print(self.summary.header().to_owned());
        } else if let Some(text) = line(entry, self.paint) {
            self.print(text);
        }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        if self.json {
            let mut json = serde_json::to_value(diagnostic).unwrap_or_default();
            if let Some(members) = json.as_object_mut() {
                members.insert("type".to_owned(), "diagnostic".into());
            }
            self.print(json.to_string());
            return;
        }
        self.diagnostics += 1;
        let shown = self.diagnostics <= DIAGNOSTICS_SHOWN || self.unusable;
        if shown && !self.silent {
            let coloured = std::io::stderr().is_terminal();
            anstream::eprintln!("{}\n", diagnostic.render(coloured));
        }
    }

    /// Says how many mistakes of the project were not shown, once the program starts.
    fn rest_of_diagnostics(&mut self) {
        let more = std::mem::take(&mut self.diagnostics).saturating_sub(DIAGNOSTICS_SHOWN);
        if more > 0 && !self.silent {
            anstream::eprintln!("… and {more} more; --json lists them all\n");
        }
    }

    /// `note` is what the worker was about to read; nothing once the program runs.
    fn died(&mut self, reason: &str, note: Option<String>) {
        if let Some(note) = note.filter(|note| !note.is_empty()) {
            self.unusable = true;
            let problem = Diagnostic::error(format!("the project cannot run: {note}, {reason}"));
            return self.diagnostic(&problem);
        }
        let (reason, place) = (reason.to_owned(), self.summary.place());
        let event = Event::Died { reason, place };
        let entry = Entry {
            n: self.entries + 1,
            t: self.t,
            task: 0,
            event,
        };
        self.entry(&entry);
    }

    fn print(&mut self, text: String) {
        if !self.silent {
            // A reader that went away (`| head`) ends the printing, not the run.
            let _ = writeln!(anstream::stdout(), "{text}");
        }
        if let Some(lines) = &mut self.lines {
            lines.push(text);
        }
    }

    fn finish(&mut self) {
        if self.json || self.unusable || self.silent {
            return;
        }
        let summary = self.summary.render(self.paint);
        let _ = write!(anstream::stdout(), "\n{summary}");
        if self.summary.has_failures() {
            let line = replay_line();
            let _ = writeln!(anstream::stdout(), "{:<14} {line}", "replay");
        }
    }
}

/// The command again, with what it left to this release's defaults written out.
fn replay_line() -> String {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let profile = Profile::default();
    let defaults = [
        ("--seed", DEFAULT_SEED.to_string()),
        ("--compat-date", profile.compat_date.to_string()),
    ];
    for (flag, value) in defaults {
        if !words.iter().any(|word| word.starts_with(flag)) {
            words.extend([flag.to_owned(), value]);
        }
    }
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("wxsim {}", words.join(" "))
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// Colour only on a terminal, and not when `NO_COLOR` is set.
fn colours_wanted() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

fn supervise(request: &Request, limits: &Limits, output: &mut Output) -> u8 {
    let text = serde_json::to_string(request).unwrap_or_default();
    let ending = worker::supervise(&text, limits, &mut |_, line| output.message(line));
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
    let mut second = Output {
        paint: first.paint,
        silent: true,
        lines: Some(Vec::new()),
        ..Output::new(first.json)
    };
    supervise(request, limits, &mut second);
    let Some(difference) = difference(lines(first), lines(&second)) else {
        anstream::eprintln!("both runs gave the same trace");
        return code;
    };
    usage(&Diagnostic::error(difference));
    EXIT_FAILED
}

/// The first line in which two outputs differ.
fn difference(one: &[String], other: &[String]) -> Option<String> {
    if one == other {
        return None;
    }
    let at = one.iter().zip(other).position(|(one, other)| one != other);
    let at = at.unwrap_or(one.len().min(other.len()));
    let line = |lines: &[String]| lines.get(at).map_or("(nothing)", String::as_str).to_owned();
    Some(format!(
        "the two runs differ in line {}:\n  {}\n  {}",
        at + 1,
        line(one),
        line(other)
    ))
}

fn lines(output: &Output) -> &[String] {
    output.lines.as_deref().unwrap_or_default()
}

/// The worker's side: loads the program, then runs it in a branch.
pub(super) fn job(request: &str, zygote: &mut Zygote) {
    let request: Request =
        serde_json::from_str(request).expect("the supervisor speaks this program's own language");
    zygote.set_mode(if request.fork {
        Mode::Fork
    } else {
        Mode::Replay
    });
    let mut state = None;
    zygote.branch(
        &mut state,
        |outbox| load(&request, outbox),
        |sim, outbox| {
            if let Some(sim) = sim {
                run(&request, sim, outbox);
            }
        },
    );
    zygote.finish();
}

fn send(outbox: &mut Outbox, message: &Message<&Entry>) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

fn load(request: &Request, outbox: &mut Outbox) -> Option<Sim> {
    outbox.note("while the project was read");
    let files = match DiskFiles::open(&request.project) {
        Ok(files) => files,
        Err(error) => {
            let place = request.project.display().to_string();
            let problem = Diagnostic::error(format!("{place}: {error}")).help(
                "give the folder of a mini program, the one with project.config.json or app.json",
            );
            send(outbox, &Message::Unusable(problem));
            return None;
        }
    };
    let loaded = package::load(&files);
    for diagnostic in loaded.diagnostics {
        send(outbox, &Message::Project(diagnostic));
    }
    let Some(project) = loaded.project else {
        let problem = Diagnostic::error("the project cannot run").help("correct the errors above");
        send(outbox, &Message::Unusable(problem));
        return None;
    };
    let config = Config {
        profile: request.profile.clone(),
        seed: request.seed,
        policy: request.policy.clone(),
        limits: ScriptLimits::default(),
        utc_offset_s: request.utc_offset_s,
    };
    let mut sender = outbox.clone();
    let listener = Box::new(move |entry: &Entry| send(&mut sender, &Message::Trace(entry)));
    let sim = Sim::new(Rc::new(project), Rc::new(files), config, Some(listener));
    let mut sim = sim.unwrap_or_else(|error| panic!("the prelude does not run: {}", error.text()));
    sim.compile_each(&mut |path| outbox.note(&format!("while {path} was read")));
    outbox.note("");
    Some(sim)
}

fn run(request: &Request, sim: &mut Sim, outbox: &mut Outbox) {
    sim.launch(request.enter.clone());
    for text in &request.steps {
        let Ok(step) = text.parse::<Step>() else {
            continue;
        };
        if let Err(error) = sim.step(&step) {
            let problem = Diagnostic::error(format!("step `{step}`: {error}"));
            send(outbox, &Message::Unusable(problem));
            sim.finish();
            return;
        }
    }
    sim.advance(request.duration_ms);
    sim.finish();
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_line_that_differs_is_shown_from_both_runs() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let told = |one, other| difference(&lines(one), &lines(other));
        assert_eq!(told("a\nb", "a\nb"), None);
        let changed = told("a\nb", "a\nc").expect("a difference");
        assert_eq!(changed, "the two runs differ in line 2:\n  b\n  c");
        let longer = told("a", "a\nb").expect("a difference");
        assert_eq!(longer, "the two runs differ in line 2:\n  (nothing)\n  b");
    }
}
