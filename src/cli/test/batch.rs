//! Test files that one worker runs, one after the other, with a new worker where one ends before all tests ran.

use super::gather::Gather;
use super::job::{FileRequest, Message};
use super::reports::Live;
use super::snapshots::Seen;
use super::{JOB, Unit, shown};
use crate::cli::job_text;
use crate::report::suite::FileResult;
use crate::runtime::trace::Entry;
use crate::worker::{self, Ending, Event, Limits, WorkerError};

/// What is known of a worker that runs.
struct Batch<'u> {
    units: &'u [&'u Unit],
    is_ci: bool,
    live: &'u Live,
    /// Units of the request, by number.
    asked: Vec<usize>,
    /// The unit whose file runs, with what is known of it.
    current: Option<(usize, Gather)>,
    /// What the worker said before the first file.
    early: Vec<Message>,
    /// Whether each unit is over.
    is_over: Vec<bool>,
}

/// Runs the files; `on_file` gets the result of each, with the number of its unit.
pub(super) fn run(
    units: &[&Unit],
    limits: &Limits,
    is_ci: bool,
    live: &Live,
    on_file: &mut dyn FnMut(usize, (FileResult, Seen)),
) -> Result<(), WorkerError> {
    let mut batch = Batch {
        units,
        is_ci,
        live,
        asked: Vec::new(),
        current: None,
        early: Vec::new(),
        is_over: vec![false; units.len()],
    };
    loop {
        let (before, text) = batch.request();
        let mut on_event = |event: Event<'_>| match event {
            Event::Line { text, .. } => batch.line(text, on_file),
            Event::Ask { .. } => {}
            Event::Died {
                death, last_note, ..
            } => {
                let note = last_note.unwrap_or_default();
                if let Some((_, gather)) = &mut batch.current {
                    gather.died(death, note);
                    return;
                }
                // The program that all files have in common could not be read.
                for at in batch.asked.clone() {
                    let mut gather = batch.gather(at);
                    gather.died(death, note);
                    batch.end(at, gather, on_file);
                }
            }
        };
        let ending = worker::watch(&text, limits, &mut on_event)?;
        let is_whole = !matches!(
            ending,
            Ending::Died {
                rest_ran: false,
                ..
            }
        );
        if let Some((at, gather)) = batch.current.take() {
            let goes_on = !is_whole && gather.is_unfinished() && gather.done().len() > before;
            if goes_on {
                batch.current = Some((at, gather));
            } else {
                batch.end(at, gather, on_file);
            }
        }
        if is_whole || batch.is_over.iter().all(|over| *over) {
            return Ok(());
        }
    }
}

impl Batch<'_> {
    /// What the next worker is asked, and how many tests of the file that runs are over.
    fn request(&mut self) -> (usize, String) {
        self.early.clear();
        let left = (0..self.units.len()).filter(|at| !self.is_over[*at]);
        self.asked = left.collect();
        let current = self.current.as_ref();
        let done = current.map_or_else(Vec::new, |(_, gather)| gather.done());
        let before = done.len();
        let files = self.asked.iter().map(|at| {
            let is_current = current.is_some_and(|(own, _)| own == at);
            FileRequest {
                path: self.units[*at].shown.clone(),
                done: if is_current { done.clone() } else { Vec::new() },
            }
        });
        let mut request = self.units[self.asked[0]].request.clone();
        request.files = files.collect();
        (before, job_text(JOB, &request))
    }

    fn gather(&self, at: usize) -> Gather {
        let unit = self.units[at];
        let project = shown(&unit.request.root, &unit.request.project);
        let project = if project.is_empty() {
            ".".to_owned()
        } else {
            project
        };
        let mut gather = Gather::new(&unit.shown, project, unit.request.variant.clone());
        gather.refuse_only(self.is_ci);
        gather.only_lists(unit.request.lists);
        for message in &self.early {
            gather.message(message.clone());
        }
        gather
    }

    /// A line of the worker.
    fn line(&mut self, text: &str, on_file: &mut dyn FnMut(usize, (FileResult, Seen))) {
        let message = serde_json::from_str(text);
        let message: Message<Entry> = message.unwrap_or_else(|error| {
            unreachable!("the worker speaks this program's own language: {error}")
        });
        if let Message::File(number) = message {
            let at = self.asked[number];
            match self.current.take() {
                Some((own, gather)) if own == at => self.current = Some((own, gather)),
                Some((own, gather)) => self.end(own, gather, on_file),
                None => {}
            }
            if self.current.is_none() {
                self.live.begins(&self.units[at].shown);
                self.current = Some((at, self.gather(at)));
            }
        } else if let Some((_, gather)) = &mut self.current {
            gather.message(message);
        } else {
            self.early.push(message);
        }
    }

    fn end(
        &mut self,
        at: usize,
        gather: Gather,
        on_file: &mut dyn FnMut(usize, (FileResult, Seen)),
    ) {
        self.is_over[at] = true;
        on_file(at, gather.finish());
    }
}
