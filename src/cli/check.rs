//! `wxsim check`: opens every page by itself and tells which ones fail.
//!
//! A worker for each core shares the pages; each loads the program once and forks for every page.

mod job;
mod record;
mod tapping;

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use clap::Args;

use job::Request;
pub(super) use job::job;
use record::{Check, Visit};
use tapping::WHICH_AGAIN;

use super::network::{self, NetworkFlags, Plan};
use super::{EXIT_FAILED, EXIT_OK, job_text, paint, print, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::net::Client;
use crate::package::ProfileKeys;
use crate::report::CheckReport;
use crate::runtime::{Policy, parse_duration};
use crate::worker::{self, Ending, Event, Limits, WorkerError};

/// Open every page of a mini program and tell which ones fail.
///
/// Each page of app.json is the first page of a fresh start: the user agrees to everything, no
/// network answers, two seconds pass. Then everything on it that a user could tap, fill or choose is
/// tried, each by itself. A page is a load error (its script is missing or throws while
/// it is loaded), an app error (an uncaught error), unsupported (it used what wxsim does not
/// simulate) or ok; the worst decides.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: PathBuf,
    /// Print one JSON object: pages with path, status, errors and unsupported names, and totals
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: NetworkFlags,
    /// Only open the pages: do nothing on them
    #[arg(long)]
    no_taps: bool,
    /// Load the program anew for every page and everything that is done on it, instead of forking
    /// it; a script that ends the process then ends the check
    #[arg(long, hide = true)]
    no_fork: bool,
    /// Processor time after which a page is ended; six times as much real time ends it too
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration)]
    wall_limit: i64,
}

/// What the worker is told to do, before the request.
pub(super) const JOB: &str = "check";

const EXAMPLES: &str = "\
Examples:
  wxsim check my-app
  wxsim check my-app --json

Exit codes: 0 every page is ok or unsupported, 1 a page has an app error or a load error,
2 wrong usage or a project that cannot load.";

/// Most workers that share the pages: each of them reads the whole project.
const WORKERS_MAX: usize = 4;

pub(super) fn main(arguments: &Arguments) -> u8 {
    let project = match project_path(&arguments.project) {
        Ok(project) => project,
        Err(problem) => return usage(&problem),
    };
    let first = match request(arguments, project) {
        Ok(request) => request,
        Err(problems) => return settings::refuse(&problems),
    };
    let check = Mutex::new(Check::new());
    let limits = Limits {
        wall_ms: u64::try_from(arguments.wall_limit).unwrap_or(u64::MAX),
        ..Limits::default()
    };
    let failure = run_workers(&first, &limits, &check);
    let mut check = check.into_inner().unwrap_or_else(PoisonError::into_inner);
    check.progress.finish_and_clear();
    sort(&mut check.diagnostics);
    if let Some(error) = failure {
        let problem = Diagnostic::error(format!("the worker process does not run: {error}"));
        return usage(&problem);
    }
    if !arguments.json || check.unusable.is_some() {
        check.print_diagnostics();
    }
    if let Some(problem) = &check.unusable {
        return usage(problem);
    }
    tell(&check.report(), arguments.json)
}

/// What the first worker is asked.
fn request(arguments: &Arguments, project: PathBuf) -> Result<Request, Vec<Diagnostic>> {
    let mut settings = settings::read(&project)?;
    let mut keys = std::mem::take(&mut settings.network);
    keys.record = None; // A recording is of one run, and every page is one of its own.
    let (given, policy) = (ProfileKeys::default(), Policy::allow_all());
    let mut config = settings::config(settings, given, policy)?;
    let plan = Plan::new(&mut config, arguments.network.clone(), None, keys, &project)?;
    Ok(Request {
        project,
        config,
        live: plan.live,
        socket_wait_ms: plan.socket_wait_ms,
        first: 0,
        every: 1,
        shares_start: true,
        taps: !arguments.no_taps,
        no_fork: arguments.no_fork,
    })
}

/// The worst first, then by place: workers tell them in no certain order.
fn sort(mistakes: &mut [Diagnostic]) {
    mistakes.sort_by_cached_key(|mistake| {
        let place = mistake.place.as_ref();
        let at = place.map(|place| (place.file.clone(), place.line, place.column));
        (Reverse(mistake.severity), at, mistake.message.clone())
    });
}

fn tell(report: &CheckReport, json: bool) -> u8 {
    if json {
        print(&format!("{}\n", report.to_json()));
    } else {
        print(&report.render(paint()));
    }
    if report.has_failures() {
        EXIT_FAILED
    } else {
        EXIT_OK
    }
}

/// Why no worker could be used, if none could.
#[expect(
    clippy::disallowed_methods,
    reason = "each thread only waits for a process of its own; no simulated fact is here"
)]
fn run_workers(request: &Request, limits: &Limits, check: &Mutex<Check>) -> Option<WorkerError> {
    // Without a core of its own a worker would only read the project once more.
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = workers.min(WORKERS_MAX);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|first| {
                let request = Request {
                    first,
                    every: workers,
                    ..request.clone()
                };
                scope.spawn(move || pages_from(request, limits, check))
            })
            .collect();
        let mut results = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        results.find_map(|result| result.ok()?.err())
    })
}

/// Opens the pages of a request, with a new worker where one ends early.
fn pages_from(
    mut request: Request,
    limits: &Limits,
    check: &Mutex<Check>,
) -> Result<(), WorkerError> {
    // Each thread waits for its own answers.
    let mut client = Client::new(request.config.open_hosts.clone(), request.socket_wait_ms);
    loop {
        let mut shares_start = request.shares_start;
        let mut visit = Visit::at(request.first);
        let mut on_event = |event: Event<'_>| {
            let check = || check.lock().unwrap_or_else(PoisonError::into_inner);
            match event {
                Event::Line { text, .. } => check().message(&mut visit, text),
                Event::Ask {
                    question, answer, ..
                } => {
                    *answer = if question == WHICH_AGAIN {
                        check().doubtful(visit.number)
                    } else {
                        network::answer(&mut client, question, None)
                    }
                }
                Event::Died {
                    death, last_note, ..
                } => {
                    let note = last_note.unwrap_or_default();
                    // A script that ends the process while it runs for all pages ends each of them.
                    if shares_start && !visit.is_loaded && !note.starts_with(job::READING) {
                        shares_start = false;
                    } else {
                        check().died(&visit, death, note);
                    }
                }
            }
        };
        let ending = worker::watch(&job_text(JOB, &request), limits, &mut on_event)?;
        match ending {
            Ending::Died { .. } if request.shares_start && !shares_start => {
                request.shares_start = false;
            }
            Ending::Died {
                rest_ran: false, ..
            } if check.lock().is_ok_and(|check| check.can_go_on()) => {
                request.first = visit.number + request.every;
            }
            _ => return Ok(()),
        }
    }
}
