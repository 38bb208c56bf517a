//! The worker's side: one job on one thread, which loads once and forks for every branch.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::inbox::Inbox;
use super::limits::{Limits, TimeLeft};
use super::message::{Kind, PANIC_CODE, RawEnd, Word, encode};
use super::outbox::Outbox;
use super::sys;

/// How a branch gets its own copy of what was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// By `fork`: each branch has the exact heap, copied on write. Unix only.
    Fork,
    /// By loading anew in the same process.
    Replay,
}

/// How a branch ended, for the job. The supervisor tells its caller why a branch died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BranchEnd {
    /// The body returned, with this word.
    Finished(Word),
    /// It did not.
    Died,
}

/// The job's hold on its worker process.
#[derive(Debug)]
pub struct Zygote {
    limits: Limits,
    mode: Mode,
    next_branch: u32,
    outbox: Outbox,
}

/// Runs `job` as a worker: `main` calls this before anything else when its first argument is
/// [`WORKER_ARG`](super::WORKER_ARG). Never returns, and leaves without running destructors of
/// anything but the job's own variables.
///
/// `job` gets the request given to [`supervise`](super::supervise). If it panics, the supervisor
/// reports a [`Death::Panic`](super::Death::Panic) of the latest branch.
pub fn serve(job: fn(request: &str, zygote: &mut Zygote)) -> ! {
    sys::enter_worker();
    drop(io::stderr().write_all(&encode(Kind::Hello, 0, "")));
    let mut inbox = Inbox::new(sys::take_input());
    let text = match inbox.next() {
        Some(frame) if frame.kind == Kind::Job => frame.text,
        _ => refuse(),
    };
    let (limits_line, request) = text.split_once('\n').unwrap_or_default();
    let Ok(limits) = serde_json::from_str::<Limits>(limits_line) else {
        refuse();
    };
    sys::guard_group();
    sys::arm_timer(TimeLeft::of(limits.wall_ms));
    let request = request.to_owned();
    sys::with_stack(limits.stack_bytes, move || {
        run(job, &request, limits, inbox);
    })
}

fn run(job: fn(&str, &mut Zygote), request: &str, limits: Limits, inbox: Inbox) -> ! {
    let outbox = Outbox::new(inbox);
    let mode = if sys::CAN_FORK {
        Mode::Fork
    } else {
        Mode::Replay
    };
    let mut zygote = Zygote {
        limits,
        mode,
        next_branch: 0,
        outbox,
    };
    match catch_unwind(AssertUnwindSafe(|| job(request, &mut zygote))) {
        Ok(()) => zygote.finish(),
        Err(_) => sys::leave(PANIC_CODE),
    }
}

/// Someone typed the hidden argument by hand.
fn refuse() -> ! {
    let text = b"this argument is for wxsim's own worker processes\n";
    drop(io::stderr().write_all(text));
    sys::leave(2)
}

/// A branch's way to branches of its own, from [`Zygote::twigs`]: each begins where the branch is.
#[derive(Clone, Copy, Debug)]
pub struct Twigs {
    wall_ms: u64,
    mode: Mode,
}

/// Most questions of one twig: an answer for one that died is not taken for another's.
const TWIG_QUESTIONS: u32 = 1 << 16;

impl Twigs {
    /// Whether there can be any: only a fork can have them.
    pub fn can_grow(self) -> bool {
        self.mode == Mode::Fork
    }

    /// Runs `body` in a fork of the branch that calls this. It is told and ends as branches do, under
    /// the number of its branch, whose time stands still meanwhile.
    pub fn grow<W: Into<Word>>(
        self,
        outbox: &mut Outbox,
        body: impl FnOnce(&mut Outbox) -> W,
    ) -> BranchEnd {
        outbox.frame(Kind::Branch, "");
        sys::disarm_timer();
        let whole = TimeLeft::of(self.wall_ms);
        let (end, word) = sys::run_forked(|| {
            sys::arm_timer(whole);
            body(outbox).into()
        });
        sys::arm_timer(whole);
        outbox.pass_questions(TWIG_QUESTIONS);
        outbox.frame(Kind::End, &end.to_text());
        if end == RawEnd::Finished {
            BranchEnd::Finished(word)
        } else {
            BranchEnd::Died
        }
    }
}

impl Zygote {
    /// For a branch that wants branches of its own.
    pub fn twigs(&self) -> Twigs {
        Twigs {
            wall_ms: self.limits.wall_ms,
            mode: self.mode,
        }
    }

    /// Chooses how branches are made; [`Mode::Fork`] at first where there is a fork. Asking for it
    /// elsewhere leaves [`Mode::Replay`].
    pub fn set_mode(&mut self, mode: Mode) {
        self.mode = if sys::CAN_FORK { mode } else { Mode::Replay };
    }

    /// A way to the supervisor for what the job says outside its branches, tagged with the latest
    /// branch (0 before the first).
    pub fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }

    /// Runs `body` as the next branch (the first is branch 0), on its own copy of what `load` made.
    ///
    /// `state` is where that is kept; start with `None`. With [`Mode::Fork`], `load` runs only
    /// while it is `None`, here in the zygote, and `body` runs in a forked child: if it dies, only
    /// this branch is lost. With [`Mode::Replay`], `load` runs anew each time (its lines are sent the
    /// first time only), and only a panic of `body` leaves later branches alive.
    ///
    /// A branch is killed after its time limit, in which its loading counts. A panic in
    /// `load` ends the worker.
    pub fn branch<S, W: Into<Word>>(
        &mut self,
        state: &mut Option<S>,
        load: impl Fn(&mut Outbox) -> S,
        body: impl FnOnce(&mut S, &mut Outbox) -> W,
    ) -> BranchEnd {
        let branch = self.next_branch;
        self.next_branch += 1;
        self.outbox.set_branch(branch);
        self.outbox.frame(Kind::Branch, "");
        if branch > 0 {
            self.restart_timer();
        }
        let (end, word) = match self.mode {
            Mode::Fork => self.fork(state, load, body),
            Mode::Replay => self.replay(state, branch > 0, load, body),
        };
        self.restart_timer();
        self.outbox.frame(Kind::End, &end.to_text());
        if end == RawEnd::Finished {
            BranchEnd::Finished(word)
        } else {
            BranchEnd::Died
        }
    }

    /// Ends the worker at once, as if the job had returned, but without dropping what it holds:
    /// dropping a big heap is slow and of no use to a process that ends.
    pub fn finish(&mut self) -> ! {
        self.outbox.frame(Kind::Done, "");
        sys::leave(super::message::FINISHED_CODE)
    }

    fn fork<S, W: Into<Word>>(
        &mut self,
        state: &mut Option<S>,
        load: impl Fn(&mut Outbox) -> S,
        body: impl FnOnce(&mut S, &mut Outbox) -> W,
    ) -> (RawEnd, Word) {
        let mut outbox = self.outbox.clone();
        let state = state.get_or_insert_with(|| load(&mut outbox));
        // A child has no timer of its own at first; meanwhile the zygote only waits.
        let time_left = sys::disarm_timer();
        sys::run_forked(|| {
            sys::arm_timer(time_left);
            body(state, &mut outbox).into()
        })
    }

    fn replay<S, W: Into<Word>>(
        &mut self,
        state: &mut Option<S>,
        said: bool,
        load: impl Fn(&mut Outbox) -> S,
        body: impl FnOnce(&mut S, &mut Outbox) -> W,
    ) -> (RawEnd, Word) {
        *state = None;
        let mut outbox = self.outbox.clone();
        outbox.set_muted(said);
        let loaded = state.insert(load(&mut outbox));
        outbox.set_muted(false);
        if let Ok(word) = catch_unwind(AssertUnwindSafe(|| body(loaded, &mut outbox))) {
            return (RawEnd::Finished, word.into());
        }
        std::mem::forget(state.take()); // A panic may have left it unfit even for dropping.
        (RawEnd::Exit(PANIC_CODE), Word(0))
    }

    fn restart_timer(&self) {
        sys::arm_timer(TimeLeft::of(self.limits.wall_ms));
    }
}
