//! The worker's way to the supervisor, and what comes back on it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{self, Write as _};
use std::rc::Rc;

use super::inbox::Inbox;
use super::message::{Kind, encode};
use super::sys;

/// Sends lines from the worker to the supervisor, each tagged with the branch that runs.
///
/// Nothing is buffered: what was sent is not lost when the process dies right after. Clones share
/// the branch number, so one kept in the state made by `load` tags rightly in every branch.
#[derive(Clone, Debug)]
pub struct Outbox {
    shared: Rc<Shared>,
}

struct Shared {
    branch: Cell<u32>,
    muted: Cell<bool>,
    /// Number of what was asked last.
    asked: Cell<u32>,
    inbox: RefCell<Inbox>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "branch {}", self.branch.get())
    }
}

impl Outbox {
    pub(super) fn new(inbox: Inbox) -> Self {
        Self {
            shared: Rc::new(Shared {
                branch: Cell::new(0),
                muted: Cell::new(false),
                asked: Cell::new(0),
                inbox: RefCell::new(inbox),
            }),
        }
    }

    /// Sends one line to the supervisor's caller. It may hold any text, line ends too; one of more
    /// than 256 MiB is dropped.
    pub fn send(&mut self, line: &str) {
        if !self.shared.muted.get() {
            self.frame(Kind::Line, line);
        }
    }

    /// Says what is about to run; the last one before a death is reported with it.
    pub fn note(&mut self, text: &str) {
        self.frame(Kind::Note, text);
    }

    /// Asks the supervisor's caller something and waits for the answer.
    ///
    /// The time does not count: the time limit stands still meanwhile.
    pub fn ask(&mut self, question: &str) -> String {
        let time_left = sys::disarm_timer();
        let answer = self.ask_in_time(question);
        sys::arm_timer(time_left);
        answer
    }

    /// As [`Outbox::ask`], but the time counts.
    pub fn ask_in_time(&mut self, question: &str) -> String {
        let number = self.shared.asked.get() + 1;
        self.shared.asked.set(number);
        self.frame(Kind::Ask, &format!("{number} {question}"));
        self.answer(number)
    }

    /// Does something that has so many milliseconds of real time of its own: they do not count for the branch, whose own
    /// timer stands still meanwhile.
    pub fn in_own_time<T>(&mut self, ms: u64, work: impl FnOnce() -> T) -> T {
        self.frame(Kind::More, &ms.to_string());
        let time_left = sys::disarm_timer();
        let done = work();
        sys::arm_timer(time_left);
        done
    }

    /// The answer of that number. Others were for a branch that died while it waited.
    fn answer(&self, number: u32) -> String {
        let (branch, number) = (self.shared.branch.get(), number.to_string());
        loop {
            let Some(frame) = self.shared.inbox.borrow_mut().next() else {
                sys::leave(1); // The supervisor is gone.
            };
            if frame.kind == Kind::Answer
                && frame.branch == branch
                && let Some((of, answer)) = frame.text.split_once(' ')
                && of == number
            {
                return answer.to_owned();
            }
        }
    }

    /// Leaves out numbers of questions that a copy of this process may have used.
    pub(super) fn pass_questions(&self, count: u32) {
        let asked = &self.shared.asked;
        asked.set(asked.get().wrapping_add(count));
    }

    pub(super) fn set_branch(&self, branch: u32) {
        self.shared.branch.set(branch);
    }

    /// While muted, lines are dropped: a replayed load has already said what it says.
    pub(super) fn set_muted(&self, muted: bool) {
        self.shared.muted.set(muted);
    }

    /// Writes one frame with one call. Standard error is the pipe, and Rust does not buffer it.
    pub(super) fn frame(&self, kind: Kind, text: &str) {
        let bytes = encode(kind, self.shared.branch.get(), text);
        if io::stderr().write_all(&bytes).is_err() {
            sys::leave(1); // The supervisor is gone: nobody is left to work for.
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Inbox, Outbox};
    use crate::worker::message::{Kind, encode};

    #[test]
    fn an_answer_for_a_branch_that_died_is_not_taken_for_ones_own() {
        let frames = [
            encode(Kind::Answer, 1, "1 for the dead"),
            encode(Kind::Answer, 2, "6 asked before"),
            encode(Kind::Answer, 2, "7  mine\u{2}"),
        ];
        let outbox = Outbox::new(Inbox::new(Box::new(std::io::Cursor::new(frames.concat()))));
        outbox.set_branch(2);
        assert_eq!(outbox.answer(7), " mine\u{2}");
    }
}
