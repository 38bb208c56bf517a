//! What the worker needs of a system without `fork`: no limits but the supervisor's clock.
//!
//! Unverified: this was never run on such a system, only in place of `sys_unix.rs` on Linux.

use std::process::{Child, Command, ExitStatus};

use super::limits::{Limits, TimeLeft};
use super::message::{FINISHED_CODE, RawEnd, Word};

/// Whether branches can be forked.
pub(super) const CAN_FORK: bool = false;

/// The limits as the system will grant them. The memory is the system's own.
pub(super) fn effective(limits: &Limits) -> Limits {
    Limits {
        memory_bytes: u64::MAX,
        ..limits.clone()
    }
}

/// Nothing can be limited here.
pub(super) fn confine(_command: &mut Command, _limits: &Limits) {}

/// Whether `child` has ended.
pub(super) fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// Kills `child`, which has no children.
pub(super) fn kill_all(child: &mut Child) {
    drop(child.kill()); // It fails if the child has ended.
}

/// There are no signals here.
pub(super) fn interrupt_all(_child: &Child) {}

/// There are no signals here: Ctrl-C ends this process.
pub(super) fn catch_interrupts() {}

/// There are no copies here.
pub(super) fn guard_group() {}

/// There are no signals here: Ctrl-C ends this process.
pub(super) fn catch_one_interrupt() {}

/// There are no signals here.
pub(super) fn is_interrupted() -> bool {
    false
}

pub(super) fn interrupt() {}

/// There are no signals here.
pub(super) fn take_interrupt() -> bool {
    false
}

/// How a process ended.
pub(super) fn raw_end(status: ExitStatus) -> RawEnd {
    match status.code() {
        Some(FINISHED_CODE) => RawEnd::Finished,
        Some(code) => RawEnd::Exit(code),
        None => RawEnd::Signal(0),
    }
}

/// There are no signals here.
pub(super) fn signal_name(_number: i32) -> String {
    "unknown signal".into()
}

/// Nothing to prepare.
pub(super) fn enter_worker() {}

/// Runs `body` on a stack of so many bytes, or on this one if the system has no room for it.
#[expect(
    clippy::disallowed_methods,
    reason = "the stack of the first thread cannot be chosen here; this thread only waits"
)]
pub(super) fn with_stack(bytes: u64, body: impl FnOnce() + Send + 'static) -> ! {
    let size = usize::try_from(bytes).unwrap_or(usize::MAX);
    let thread = std::thread::Builder::new().stack_size(size).spawn(body);
    drop(thread.map(std::thread::JoinHandle::join));
    leave(1) // Not reached if the thread could be started: the body leaves the process.
}

/// What the supervisor sends.
pub(super) fn take_input() -> Box<dyn std::io::Read + Send> {
    Box::new(std::io::stdin())
}

/// There is no timer here: the supervisor's clock ends the worker.
pub(super) fn arm_timer(_time: TimeLeft) {}

/// There is no timer here.
pub(super) fn disarm_timer() -> TimeLeft {
    TimeLeft::of(0)
}

/// Never called, since [`CAN_FORK`] is false.
pub(super) fn run_forked(_body: impl FnOnce() -> Word) -> (RawEnd, Word) {
    (
        RawEnd::NotStarted("this system cannot fork".into()),
        Word(0),
    )
}

/// Ends this process.
pub(super) fn leave(code: i32) -> ! {
    std::process::exit(code)
}

/// There are no copies here.
pub(super) const CAN_GROW: bool = false;
