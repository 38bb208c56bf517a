//! What the workers of `wxsim check` have said so far.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

use super::job::{self, Message};
use crate::diagnostic::Diagnostic;
use crate::report::{CheckReport, PageFacts, PageReport, TapId, Taps};
use crate::runtime::Pretence;
use crate::runtime::trace::{Entry, Event as Happening};
use crate::worker::Death;

/// Mistakes of a project that are shown in full.
const DIAGNOSTICS_SHOWN: usize = 20;

/// Drawn on a terminal only.
fn progress_bar(pages: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(pages).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} pages  {wide_msg}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The page that a worker has opened.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visit {
    /// Whether the worker has read the project.
    pub(super) is_loaded: bool,
    pub(super) number: usize,
    pretence: Pretence,
    /// What is being done on the page.
    tap: Option<TapId>,
    /// Whether nothing can be learnt from that.
    in_vain: bool,
}

impl Visit {
    /// Of a worker that begins with that page.
    pub(super) fn at(number: usize) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    /// Of a worker that has read the project.
    fn begun() -> Self {
        Self {
            is_loaded: true,
            ..Self::default()
        }
    }
}

/// What the workers have said so far.
pub(super) struct Check {
    facts: Vec<PageFacts>,
    pub(super) diagnostics: Vec<Diagnostic>,
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
    pub(super) unusable: Option<Diagnostic>,
    pub(super) progress: ProgressBar,
}

impl Check {
    pub(super) fn new() -> Self {
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

    pub(super) fn message(&mut self, visit: &mut Visit, text: &str) {
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
            if let Some(tap) = tap {
                let taps = self.taps.entry(visit.number).or_default();
                taps.done(tap, visit.pretence, report);
            } else {
                let others = self.others.entry(visit.number).or_default();
                others.insert(visit.pretence, report);
            }
        } else if tap.is_none() && visit.pretence == Pretence::None {
            self.page(*visit);
        }
    }

    /// The acts on a page whose errors are in doubt, as a list.
    pub(super) fn doubtful(&self, number: usize) -> String {
        let taps = self.taps.get(&number).zip(self.pages.get(&number));
        let keys = taps.map(|(taps, page)| taps.doubtful(page));
        serde_json::to_string(&keys.unwrap_or_default()).unwrap_or_default()
    }

    /// `note` is what the worker was about to run.
    pub(super) fn died(&mut self, visit: &Visit, death: &Death, note: &str) {
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
            Death::Time { .. } | Death::Stack { .. } | Death::Memory { .. }
        );
        if let Some(page) = self.page(*visit) {
            page.died(&reason, note, limit);
        }
        if visit.tap.is_none() {
            self.progress.inc(1);
        }
    }

    /// Whether a new worker would load the program and find pages left.
    pub(super) fn can_go_on(&self) -> bool {
        self.unusable.is_none() && !self.facts.is_empty()
    }

    pub(super) fn print_diagnostics(&self) {
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
    pub(super) fn report(mut self) -> CheckReport {
        for number in 0..self.facts.len() {
            let visit = Visit::at(number);
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

    use super::super::job::Message;
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

    #[test]
    fn a_death_is_the_pages_and_a_page_that_nobody_opened_is_no_success() {
        let mut check = loaded(&["a", "b", "c"]);
        tell(&mut check, &mut Visit::at(0), &Message::Done);
        check.died(&Visit::at(1), &Death::Time { limit_ms: 1 }, "b.onLoad");
        check.died(&Visit::at(7), &Death::Exit { code: 1 }, "");
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
        check.died(&visit, &Death::Time { limit_ms: 1 }, "a.onLoad");
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
            check.died(
                &Visit::at(0),
                &Death::Exit { code: 1 },
                "while app.js was read",
            );
            assert!(check.unusable.is_some() && !check.can_go_on());
        }
    }
}
