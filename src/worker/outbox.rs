//! The worker's way to the supervisor.

use std::cell::Cell;
use std::io::{self, Write as _};
use std::rc::Rc;

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

#[derive(Debug, Default)]
struct Shared {
    branch: Cell<u32>,
    muted: Cell<bool>,
}

impl Outbox {
    pub(super) fn new() -> Self {
        Self {
            shared: Rc::default(),
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
