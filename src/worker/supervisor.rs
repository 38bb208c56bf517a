//! The supervisor: runs a job in a worker process and lives through whatever happens there.

use super::death::Death;
use super::limits::Limits;
use super::message::{Decoder, RawEnd};
use super::process::{Output, Process, is_worker};
use super::run::{LINGER, Run, now};
use super::sys;

/// How a worker's run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The job returned and every branch came to its end.
    Finished,
    /// Something died; this is the first death.
    Died {
        /// Why.
        death: Death,
        /// The branch that ran; loading belongs to the branch that loads, which is branch 0.
        branch: u32,
        /// The last [`Outbox::note`](super::Outbox::note) of that branch: what it was about to run.
        last_note: Option<String>,
        /// Whether the job went on to its end with the branches after it. If not, start a new
        /// worker for them.
        rest_ran: bool,
    },
}

/// What happens while a worker runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// A line of [`Outbox::send`](super::Outbox::send).
    Line {
        /// The branch that sent it.
        branch: u32,
        /// The line.
        text: &'a str,
    },
    /// A branch waits for an answer to [`Outbox::ask`](super::Outbox::ask). The time until it is
    /// there does not count.
    Ask {
        /// The branch that asked.
        branch: u32,
        /// What it asks.
        question: &'a str,
        /// Where the answer goes; at first it is empty.
        answer: &'a mut String,
    },
    /// A branch died, or the worker with it.
    Died {
        /// The branch.
        branch: u32,
        /// Why.
        death: &'a Death,
        /// What it was about to run.
        last_note: Option<&'a str>,
    },
}

/// A worker could not be used at all; the fault is not the app's.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// Called inside a worker. A program's `main` must call [`serve`](super::serve) first when its
    /// first argument is [`WORKER_ARG`](super::WORKER_ARG).
    #[error(
        "a worker process cannot start another: main() must call worker::serve before anything \
         else when its first argument is `__worker`"
    )]
    Nested,
    /// The process could not be started.
    #[error("cannot start the worker process: {0}")]
    Start(#[from] std::io::Error),
    /// The process did not answer as a worker: the memory limit leaves no room for the program
    /// itself, or the program does not call [`serve`](super::serve).
    #[error(
        "the worker process did not start its work: {ending}. Is the memory limit too small for \
         wxsim itself? It printed {output:?}"
    )]
    NotAWorker {
        /// How it ended.
        ending: String,
        /// The end of what it printed.
        output: String,
    },
}

/// Runs this binary as a worker on `request` and hands each line it sends to `on_message`, with the
/// number of its branch. What it asks gets an empty answer.
///
/// Blocks until the worker and all it forked are gone; never longer than the time limit per
/// branch and a little. What `on_message` takes is the worker's time too once the pipe is full. Of
/// several deaths it tells the first; [`watch`] tells all.
///
/// # Errors
/// [`WorkerError`] when the worker could not begin. What happens to it afterwards is an [`Ending`].
pub fn supervise(
    request: &str,
    limits: &Limits,
    on_message: &mut dyn FnMut(u32, &str),
) -> Result<Ending, WorkerError> {
    watch(request, limits, &mut |event| {
        if let Event::Line { branch, text } = event {
            on_message(branch, text);
        }
    })
}

/// From now on Ctrl-C ends the branch that runs, and its parent goes on; without one it does nothing.
pub fn catch_interrupts() {
    sys::catch_interrupts();
}

/// The next Ctrl-C reaches the branch that runs, and this process waits for what it says; the one after that ends this
/// process, and its worker with it.
pub fn catch_one_interrupt() {
    sys::catch_one_interrupt();
}

/// In a branch: from now on Ctrl-C does not end it; [`is_interrupted`] tells of it.
pub fn hear_interrupts() {
    sys::catch_interrupts();
}

/// Whether Ctrl-C was pressed since [`hear_interrupts`].
pub fn is_interrupted() -> bool {
    sys::is_interrupted()
}

/// Ctrl-C was pressed while the terminal makes no signal of it: what a worker does now is ended.
pub fn interrupt() {
    sys::interrupt();
}

/// An interrupt that came before now is for nobody.
pub fn forget_interrupt() {
    sys::take_interrupt();
}

/// Like [`supervise`], tells of each death when it happens, and lets answer what is asked.
///
/// # Errors
/// As [`supervise`].
pub fn watch(
    request: &str,
    limits: &Limits,
    on_event: &mut dyn FnMut(Event<'_>),
) -> Result<Ending, WorkerError> {
    if is_worker() {
        return Err(WorkerError::Nested);
    }
    let limits = sys::effective(limits);
    let mut process = Process::start(request, &limits)?;
    let mut run = Run::new(limits);
    let mut decoder = Decoder::default();
    loop {
        match process.output(run.patience()) {
            Output::Bytes(bytes) => {
                let before = now();
                decoder.feed(&bytes, &mut |piece| run.take(piece, on_event));
                run.answers().for_each(|answer| process.send(answer));
                run.excuse(now().saturating_duration_since(before));
            }
            Output::Closed => break,
            Output::Quiet if process.has_ended() => run.hurry(),
            Output::Quiet => {}
        }
        if sys::take_interrupt() {
            process.interrupt();
        }
        if run.is_late() {
            if run.is_killed() {
                break; // Whoever still holds the pipe has left the group.
            }
            run.killed(!process.has_ended());
            process.kill();
        }
    }
    decoder.end(&mut |piece| run.take(piece, on_event));
    // The pipe is closed, so the end is near, unless the worker closed it by itself.
    let end = process.reap(run.time_left().unwrap_or(LINGER)).or_else(|| {
        process.kill();
        run.killed(true);
        process.reap(LINGER)
    });
    run.finish(&end.unwrap_or(RawEnd::Exit(0)), on_event)
}
