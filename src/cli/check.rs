//! `wxsim check`: opens every page by itself and tells which ones fail.
//!
//! A worker for each core shares the pages; each loads the program once and forks for every page.

mod job;
mod tapping;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

pub(super) use job::job;
use job::{Message, Request};
use tapping::WHICH_AGAIN;

use super::network::{self, NetworkFlags, Plan};
use super::{EXIT_FAILED, EXIT_OK, job_text, paint, print, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::net::Client;
use crate::package::ProfileKeys;
use crate::report::{CheckReport, PageFacts, PageReport, TapId, Taps};
use crate::runtime::trace::{Entry, Event as Happening};
use crate::runtime::{Policy, Pretence, parse_duration};
use crate::worker::{self, Death, Ending, Event, Limits, WorkerError};

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
    /// Real time after which a page is ended
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

/// Mistakes of a project that are shown in full.
const DIAGNOSTICS_SHOWN: usize = 20;

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

/// Drawn on a terminal only.
fn progress_bar(pages: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(pages).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} pages  {wide_msg}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
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
        let mut visit = Visit {
            number: request.first,
            ..Visit::default()
        };
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

/// The page that a worker has opened.
#[derive(Clone, Copy, Debug, Default)]
struct Visit {
    /// Whether the worker has read the project.
    is_loaded: bool,
    number: usize,
    pretence: Pretence,
    /// What is being done on the page.
    tap: Option<TapId>,
    /// Whether nothing can be learnt from that.
    in_vain: bool,
}

impl Visit {
    /// Of a worker that has read the project.
    fn begun() -> Self {
        Self {
            is_loaded: true,
            ..Self::default()
        }
    }
}

/// What the workers have said so far.
struct Check {
    facts: Vec<PageFacts>,
    diagnostics: Vec<Diagnostic>,
    /// What happened before a page was opened.
    early: Vec<Entry>,
    /// Reports of the pages that were begun, by number.
    pages: BTreeMap<usize, PageReport>,
    /// Their reports under pretences, those that came to their end.
    others: BTreeMap<usize, BTreeMap<Pretence, PageReport>>,
    /// Those that have not.
    open: BTreeMap<(usize, Pretence), PageReport>,
    /// What was done on the pages.
    taps: BTreeMap<usize, Taps>,
    unusable: Option<Diagnostic>,
    progress: ProgressBar,
}

impl Check {
    fn new() -> Self {
        Self {
            facts: Vec::new(),
            diagnostics: Vec::new(),
            early: Vec::new(),
            pages: BTreeMap::new(),
            others: BTreeMap::new(),
            open: BTreeMap::new(),
            taps: BTreeMap::new(),
            unusable: None,
            progress: ProgressBar::hidden(),
        }
    }

    fn message(&mut self, visit: &mut Visit, text: &str) {
        match serde_json::from_str::<Message>(text) {
            Ok(Message::Loaded(facts, diagnostics, early)) => {
                visit.is_loaded = true;
                // Every worker says the same; by the second one pages may have told more.
                if self.facts.is_empty() {
                    self.progress = progress_bar(facts.len());
                    self.facts = facts;
                    self.diagnostics = diagnostics;
                    self.early = early;
                }
            }
            Ok(Message::Unusable(problem, diagnostics)) => {
                self.diagnostics = diagnostics;
                self.unusable = Some(problem);
            }
            Ok(Message::Open(number, pretence)) => {
                *visit = Visit {
                    number,
                    pretence,
                    ..Visit::begun()
                };
                if let Some(facts) = self.facts.get(number) {
                    self.progress.set_message(facts.path.clone());
                }
                self.page(*visit);
            }
            Ok(Message::Trace(entry)) => {
                if let Happening::Finding(finding) = &entry.event
                    && !self.diagnostics.contains(finding)
                {
                    self.diagnostics.push(finding.clone());
                }
                if let Some(page) = self.page(*visit).filter(|_| !visit.in_vain) {
                    page.add(&entry);
                }
            }
            Ok(Message::Done) => self.done(visit),
            Ok(Message::Tap { key, label }) => {
                visit.tap = self.tap(*visit, key, label);
                visit.in_vain = visit.tap.is_none();
            }
            Ok(Message::Tapped { elements, left_out }) => {
                visit.tap = None;
                let taps = self.taps.entry(visit.number).or_default();
                taps.finish(elements, left_out);
                self.progress.inc(1);
            }
            Err(error) => unreachable!("the worker speaks this program's own language: {error}"),
        }
    }

    /// The report of a page, or of what is done on it; `None` when there is none.
    fn page(&mut self, visit: Visit) -> Option<&mut PageReport> {
        match (visit.tap, visit.pretence) {
            (Some(tap), Pretence::None) => return self.taps.get_mut(&visit.number)?.report(tap),
            (Some(_), pretence) => return self.open.get_mut(&(visit.number, pretence)),
            (None, _) => {}
        }
        let facts = self.facts.get(visit.number)?;
        let begin = || {
            let mut report = PageReport::new(facts.clone(), &self.diagnostics);
            for entry in &self.early {
                report.add(entry);
            }
            report
        };
        Some(match visit.pretence {
            Pretence::None => self.pages.entry(visit.number).or_insert_with(begin),
            pretence => self
                .open
                .entry((visit.number, pretence))
                .or_insert_with(begin),
        })
    }

    /// Something is done on the page; `None` when nothing can be learnt from it.
    fn tap(&mut self, visit: Visit, key: String, label: String) -> Option<TapId> {
        let Visit {
            number, pretence, ..
        } = visit;
        if let Some(facts) = self.facts.get(number) {
            self.progress
                .set_message(format!("{}: {label}", facts.path));
        }
        let taps = self.taps.entry(number).or_default();
        if pretence == Pretence::None {
            return Some(taps.begin(key, label, self.pages.get(&number)?));
        }
        let page = self.others.get(&number)?.get(&pretence)?;
        self.open.insert((number, pretence), page.clone());
        taps.again(&key, pretence)
    }

    /// A page came to rest, or what followed from an act on it.
    fn done(&mut self, visit: &mut Visit) {
        let key = (visit.number, visit.pretence);
        let tap = visit.tap.take();
        if std::mem::take(&mut visit.in_vain) {
            return;
        }
        if let Some(report) = self.open.remove(&key) {
            // What a limit cut short proves nothing.
            if report.is_cut {
                return;
            }
            match tap {
                Some(tap) => {
                    let taps = self.taps.entry(visit.number).or_default();
                    taps.done(tap, visit.pretence, report);
                }
                None => {
                    let others = self.others.entry(visit.number).or_default();
                    others.insert(visit.pretence, report);
                }
            }
        } else if tap.is_none() && visit.pretence == Pretence::None {
            self.page(*visit);
        }
    }

    /// The acts on a page whose errors are in doubt, as a list.
    fn doubtful(&self, number: usize) -> String {
        let taps = self.taps.get(&number).zip(self.pages.get(&number));
        let keys = taps.map(|(taps, page)| taps.doubtful(page));
        serde_json::to_string(&keys.unwrap_or_default()).unwrap_or_default()
    }

    /// `note` is what the worker was about to run.
    fn died(&mut self, visit: &Visit, death: &Death, note: &str) {
        let reason = death.text();
        if self.facts.is_empty() || note.starts_with(job::READING) {
            let text = format!("the project cannot run: {note}, {reason}");
            self.unusable = Some(Diagnostic::error(text));
            return;
        }
        if visit.pretence != Pretence::None {
            return; // What a page does in a world that was made up for it proves nothing.
        }
        let limit = matches!(
            death,
            Death::WallClock { .. } | Death::Stack { .. } | Death::Memory { .. }
        );
        if let Some(page) = self.page(*visit) {
            page.died(&reason, note, limit);
        }
        if visit.tap.is_none() {
            self.progress.inc(1);
        }
    }

    /// Whether a new worker would load the program and find pages left.
    fn can_go_on(&self) -> bool {
        self.unusable.is_none() && !self.facts.is_empty()
    }

    fn print_diagnostics(&self) {
        let coloured = std::io::stderr().is_terminal();
        for diagnostic in self.diagnostics.iter().take(DIAGNOSTICS_SHOWN) {
            anstream::eprintln!("{}\n", diagnostic.render(coloured));
        }
        let more = self.diagnostics.len().saturating_sub(DIAGNOSTICS_SHOWN);
        if more > 0 {
            anstream::eprintln!("… and {more} more; `wxsim check --json` lists them all\n");
        }
    }

    /// Every page, also one that no worker came to, which is then no success.
    fn report(mut self) -> CheckReport {
        for number in 0..self.facts.len() {
            let visit = Visit {
                number,
                ..Visit::default()
            };
            if !self.pages.contains_key(&number)
                && let Some(page) = self.page(visit)
            {
                page.died("no worker process came to this page", "wxsim", false);
            }
        }
        for (number, page) in &mut self.pages {
            let others = self.others.remove(number).unwrap_or_default();
            match self.taps.remove(number) {
                Some(taps) => taps.settle(page, &others),
                None if !others.is_empty() => page.settle(&others),
                None => {}
            }
        }
        CheckReport {
            mistakes: self.diagnostics,
            pages: self.pages.into_values().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::job::Message;
    use super::{Check, PageFacts, Pretence, Visit};
    use crate::report::Status;
    use crate::worker::Death;

    fn loaded(pages: &[&str]) -> Check {
        let facts = pages.iter().map(|path| PageFacts {
            path: (*path).to_owned(),
            scripts: BTreeSet::new(),
            config: String::new(),
        });
        let message = Message::Loaded(facts.collect(), Vec::new(), Vec::new());
        let mut check = Check::new();
        tell(&mut check, &mut Visit::default(), &message);
        check
    }

    fn tell(check: &mut Check, visit: &mut Visit, message: &Message) {
        check.message(
            visit,
            &serde_json::to_string(message).expect("plain members"),
        );
    }

    fn at(number: usize) -> Visit {
        Visit {
            number,
            ..Visit::default()
        }
    }

    #[test]
    fn a_death_is_the_pages_and_a_page_that_nobody_opened_is_no_success() {
        let mut check = loaded(&["a", "b", "c"]);
        tell(&mut check, &mut at(0), &Message::Done);
        check.died(&at(1), &Death::WallClock { limit_ms: 1 }, "b.onLoad");
        check.died(&at(7), &Death::Exit { code: 1 }, "");
        assert!(check.can_go_on());
        let statuses: Vec<Status> = check.report().pages.iter().map(|it| it.status).collect();
        assert_eq!(
            statuses,
            [Status::Ok, Status::AppError, Status::Unsupported]
        );
    }

    #[test]
    fn a_death_under_a_pretence_changes_nothing() {
        let mut check = loaded(&["a"]);
        let mut visit = Visit::default();
        tell(&mut check, &mut visit, &Message::Open(0, Pretence::None));
        tell(&mut check, &mut visit, &Message::Done);
        tell(
            &mut check,
            &mut visit,
            &Message::Open(0, Pretence::FullQuery),
        );
        check.died(&visit, &Death::WallClock { limit_ms: 1 }, "a.onLoad");
        let report = check.report();
        assert_eq!(report.pages[0].status, Status::Ok);
    }

    #[test]
    fn a_limit_under_a_pretence_changes_nothing() {
        let error = |kind: &str| {
            let entry = serde_json::json!({"n": 1, "t": 0, "task": 1, "type": "error", "kind": kind,
                "place": "p", "fault": "app", "name": "Error", "message": kind});
            Message::Trace(serde_json::from_value(entry).expect("an entry"))
        };
        for (kind, status) in [("exception", Status::Ok), ("limit", Status::AppError)] {
            let mut check = loaded(&["a"]);
            let mut visit = Visit::default();
            let world = Message::Open(0, Pretence::AnsweringNetwork);
            let messages = [
                Message::Open(0, Pretence::None),
                error("rejection"),
                Message::Done,
                world,
                error(kind),
                Message::Done,
            ];
            for message in &messages {
                tell(&mut check, &mut visit, message);
            }
            let report = check.report();
            assert_eq!(report.pages[0].status, status, "{kind}");
        }
    }

    #[test]
    fn a_death_while_the_project_is_read_ends_the_check() {
        for mut check in [loaded(&["a"]), Check::new()] {
            check.died(&at(0), &Death::Exit { code: 1 }, "while app.js was read");
            assert!(check.unusable.is_some() && !check.can_go_on());
        }
    }
}
