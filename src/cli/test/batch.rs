//! Test files that one worker runs, one after the other, with a new worker where one ends before all tests ran.

use std::collections::BTreeMap;

use super::gather::Gather;
use super::job::{FileRequest, GOES_ON, Message, YES};
use super::reports::Live;
use super::snapshots::Seen;
use super::{JOB, Unit, shown};
use crate::cli::field::Field;
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
    /// Units whose file ended before all its tests ran, with what is known of them.
    partial: BTreeMap<usize, Gather>,
    /// How many tests of each unit were over when the worker began.
    before: Vec<usize>,
    /// What the worker said before the first file.
    early: Vec<Message>,
    /// Whether each unit is over.
    is_over: Vec<bool>,
    /// Real servers of the tests.
    field: Field,
}

/// Runs the files; `on_file` gets the result of each, with the number of its unit. `goes_on` says whether another test
/// runs, given how many of the file have failed.
pub(super) fn run(
    units: &[&Unit],
    limits: &Limits,
    is_ci: bool,
    live: &Live,
    goes_on: &dyn Fn(usize) -> bool,
    on_file: &mut dyn FnMut(usize, (FileResult, Seen)),
) -> Result<(), WorkerError> {
    let mut batch = Batch {
        units,
        is_ci,
        live,
        asked: Vec::new(),
        current: None,
        partial: BTreeMap::new(),
        before: vec![0; units.len()],
        early: Vec::new(),
        is_over: vec![false; units.len()],
        field: Field::default(),
    };
    loop {
        let text = batch.request();
        let mut on_event = |event: Event<'_>| match event {
            Event::Line { text, .. } => batch.line(text, on_file),
            Event::Ask {
                question, answer, ..
            } if question != GOES_ON => *answer = batch.field.answer(question),
            Event::Ask { answer, .. } => {
                let current = batch.current.as_ref();
                let failures = current.map_or(0, |(_, gather)| gather.failures());
                if goes_on(failures) {
                    YES.clone_into(answer);
                }
            }
            Event::Died {
                death, last_note, ..
            } => {
                let note = last_note.unwrap_or_default();
                batch.field.test_ends();
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
        let is_cut = matches!(
            ending,
            Ending::Died {
                rest_ran: false,
                ..
            }
        );
        batch.leave(on_file);
        if batch.is_over.iter().all(|over| *over) || (!is_cut && batch.partial.is_empty()) {
            return Ok(());
        }
    }
}

impl Batch<'_> {
    /// What the next worker is asked.
    fn request(&mut self) -> String {
        self.early.clear();
        let left = (0..self.units.len()).filter(|at| !self.is_over[*at]);
        self.asked = left.collect();
        let mut request = self.units[self.asked[0]].request.clone();
        request.files = Vec::new();
        for at in &self.asked {
            let done = self.partial.get(at).map_or_else(Vec::new, Gather::done);
            self.before[*at] = done.len();
            request.files.push(FileRequest {
                path: self.units[*at].shown.clone(),
                done,
            });
        }
        job_text(JOB, &request)
    }

    /// The file that ran runs no more. Tests of it that are left have another worker, unless the last one came no
    /// further.
    fn leave(&mut self, on_file: &mut dyn FnMut(usize, (FileResult, Seen))) {
        let Some((at, gather)) = self.current.take() else {
            return;
        };
        if gather.is_unfinished() && gather.done().len() > self.before[at] {
            self.partial.insert(at, gather);
        } else {
            self.end(at, gather, on_file);
        }
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
        match &message {
            Message::Begin(_) => self.field.test_begins(),
            Message::End { .. } => self.field.test_ends(),
            _ => {}
        }
        if let Message::File(number) = message {
            let at = self.asked[number];
            self.field.file_begins(&self.units[at].request.project);
            self.leave(on_file);
            self.live.begins(&self.units[at].shown);
            let known = self.partial.remove(&at);
            let gather = known.unwrap_or_else(|| self.gather(at));
            self.current = Some((at, gather));
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
