//! What the worker needs of Unix: limits, `fork`, timers, signals. The only `unsafe` code of wxsim.

#![expect(
    unsafe_code,
    reason = "fork, pre_exec, timers and _exit have no safe interface"
)]

use std::io;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, Command, ExitStatus};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

use nix::errno::Errno;
use nix::libc;
use nix::sys::resource::{RLIM_INFINITY, Resource, getrlimit, rlim_t, setrlimit};
use nix::sys::signal::{
    SaFlags, SigAction, SigHandler, SigSet, Signal, kill, killpg, sigaction, signal,
};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork, getpid, getppid};

use super::limits::{Limits, TimeLeft};
use super::message::{FINISHED_CODE, PANIC_CODE, RawEnd, Word, code_of, word_of};

/// Whether branches can be forked.
pub(super) const CAN_FORK: bool = true;

/// Whether the system keeps to a limit of the address space (macOS takes it and does not).
const HAS_MEMORY_LIMIT: bool = !cfg!(target_vendor = "apple");

// ---- the supervisor's side

/// The limits as the system will grant them: never above the hard limits of this process.
pub(super) fn effective(limits: &Limits) -> Limits {
    let below = |wanted: u64, resource| match getrlimit(resource) {
        Ok((_, hard)) => wanted.min(hard),
        Err(_) => wanted,
    };
    Limits {
        stack_bytes: below(limits.stack_bytes, Resource::RLIMIT_STACK),
        memory_bytes: if HAS_MEMORY_LIMIT {
            below(limits.memory_bytes, Resource::RLIMIT_AS)
        } else {
            u64::MAX
        },
        wall_ms: limits.wall_ms,
    }
}

/// Makes `command` start in a process group of its own, under `limits` (as [`effective`] gave
/// them), and die with this process.
pub(super) fn confine(command: &mut Command, limits: &Limits) {
    let supervisor = getpid();
    let (stack, memory) = (limits.stack_bytes, limits.memory_bytes);
    command.process_group(0);
    // SAFETY: the closure runs in the forked child of a process that may have other threads, so it
    // must not allocate or lock. It only makes system calls (setrlimit, prctl, getppid), and turns
    // an errno into an error without allocating.
    unsafe {
        command.pre_exec(move || {
            limit(Resource::RLIMIT_STACK, stack)?;
            limit(Resource::RLIMIT_AS, memory)?;
            limit(Resource::RLIMIT_CORE, 0)?;
            die_with(supervisor)
        });
    }
}

fn limit(resource: Resource, value: rlim_t) -> io::Result<()> {
    if value == RLIM_INFINITY {
        return Ok(());
    }
    Ok(setrlimit(resource, value, value)?)
}

/// Makes this process, just forked, end when its parent does.
///
/// Elsewhere than on Linux it lives on until its timer ends it, or its next message fails.
fn die_with(parent: Pid) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
    if getppid() == parent {
        return Ok(());
    }
    Err(Errno::ESRCH.into()) // The parent ended before the line above.
}

/// Whether `child` has ended; it is not reaped, so that its group's number stays taken.
pub(super) fn has_ended(child: &mut Child) -> bool {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::wait::{Id, WaitPidFlag, waitid};
        let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT;
        !matches!(
            waitid(Id::Pid(pid_of(child)), flags),
            Ok(WaitStatus::StillAlive)
        )
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = child;
        false // The wall-clock limit comes later, but comes.
    }
}

/// Kills `child`, which is not reaped yet, and its whole group.
pub(super) fn kill_all(child: &mut Child) {
    let pid = pid_of(child);
    // The group does not exist if the child died before it could found it; errors mean "gone".
    let _ = killpg(pid, Signal::SIGKILL);
    let _ = kill(pid, Signal::SIGKILL);
}

/// Ends what runs in the group of `child`; copies that wait for another go on.
pub(super) fn interrupt_all(child: &Child) {
    let _ = killpg(pid_of(child), Signal::SIGINT); // It may be gone.
}

/// Whether somebody pressed Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

extern "C" fn note_interrupt(_: libc::c_int) {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

/// From now on Ctrl-C does not end this process: it is remembered.
pub(super) fn catch_interrupts() {
    // SAFETY: the handler only stores to an atomic, which is allowed in one.
    let caught = unsafe { signal(Signal::SIGINT, SigHandler::Handler(note_interrupt)) };
    let _ = caught; // Without it Ctrl-C ends the process, as usual.
}

/// The next Ctrl-C does not end this process: it is remembered. The one after that ends it.
pub(super) fn catch_one_interrupt() {
    let action = SigAction::new(
        SigHandler::Handler(note_interrupt),
        SaFlags::SA_RESETHAND | SaFlags::SA_RESTART,
        SigSet::empty(),
    );
    // SAFETY: the handler only stores to an atomic, which is allowed in one.
    let caught = unsafe { sigaction(Signal::SIGINT, &action) };
    let _ = caught; // Without it Ctrl-C ends the process, as usual.
}

/// Whether Ctrl-C was pressed since interrupts are caught.
pub(super) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// From now on Ctrl-C does nothing to this process, nor to its copies.
pub(super) fn ignore_interrupts() {
    on_interrupt(SigHandler::SigIgn);
}

/// Ctrl-C was pressed while the terminal makes no signal of it.
pub(super) fn interrupt() {
    INTERRUPTED.store(true, Ordering::Relaxed);
}

/// Whether Ctrl-C was pressed since somebody asked last.
pub(super) fn take_interrupt() -> bool {
    INTERRUPTED.swap(false, Ordering::Relaxed)
}

fn pid_of(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

/// How a process ended.
pub(super) fn raw_end(status: ExitStatus) -> RawEnd {
    match (status.code(), status.signal()) {
        (Some(FINISHED_CODE), _) => RawEnd::Finished,
        (Some(code), _) => RawEnd::Exit(code),
        (None, number) => RawEnd::Signal(number.unwrap_or(0)),
    }
}

/// `SIGSEGV` for 11, and so on.
pub(super) fn signal_name(number: i32) -> String {
    Signal::try_from(number)
        .map_or("unknown signal", Signal::as_str)
        .into()
}

// ---- the worker's side

/// Puts the signals that the worker relies on into their original state.
pub(super) fn enter_worker() {
    // SAFETY: no handler is installed, only the default action restored; there is one thread.
    let restored = unsafe {
        [Signal::SIGALRM, Signal::SIGPROF].map(|timer| signal(timer, SigHandler::SigDfl))
    };
    let unblocked = SigSet::all().thread_unblock();
    // If either fails, the supervisor's own clock still ends the worker.
    let _ = (restored, unblocked);
}

extern "C" fn end_group(_: libc::c_int) {
    // SAFETY: kill takes any number and may be called in a handler; 0 is the group of this process.
    unsafe { libc::kill(0, libc::SIGKILL) };
}

/// From now on the group of this process, which is the first of it, ends with its supervisor: copies that stand still,
/// too, of which a killed parent knows nothing. `SIGTERM` ends it as well.
pub(super) fn guard_group() {
    if nix::unistd::getpgrp() != getpid() {
        return; // Somebody else's group.
    }
    // SAFETY: the handler makes one system call, which is allowed in one.
    let guarded = unsafe { signal(Signal::SIGTERM, SigHandler::Handler(end_group)) };
    // Without it this process alone ends, by the SIGKILL that `confine` asked for.
    #[cfg(target_os = "linux")]
    if guarded.is_ok() {
        let _ = nix::sys::prctl::set_pdeathsig(Signal::SIGTERM);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = guarded;
}

/// Runs `body` on a stack of so many bytes: on this one, whose limit was set before exec.
pub(super) fn with_stack(_bytes: u64, body: impl FnOnce() + Send + 'static) -> ! {
    body();
    leave(1) // Not reached: the body leaves the process.
}

/// What the supervisor sends; nothing else reads standard input from now on.
pub(super) fn take_input() -> Box<dyn io::Read + Send> {
    let Ok(input) = nix::unistd::dup(io::stdin()) else {
        return Box::new(io::stdin());
    };
    if let Ok(null) = nix::fcntl::open(
        "/dev/null",
        nix::fcntl::OFlag::O_RDONLY,
        nix::sys::stat::Mode::empty(),
    ) {
        let _ = nix::unistd::dup2_stdin(null);
    }
    Box::new(io::PipeReader::from(input))
}

/// Ends this process when the time is over: by SIGPROF for the processor's, by SIGALRM for real time.
pub(super) fn arm_timer(time: TimeLeft) {
    set_timer(libc::ITIMER_PROF, time.processor_us);
    set_timer(libc::ITIMER_REAL, time.real_us);
}

/// Stops the timer and gives the time that was left; endless if it was not armed.
pub(super) fn disarm_timer() -> TimeLeft {
    TimeLeft {
        processor_us: set_timer(libc::ITIMER_PROF, 0),
        real_us: set_timer(libc::ITIMER_REAL, 0),
    }
}

/// Sets a timer to so many microseconds, or stops it; gives what it had left.
fn set_timer(timer: libc::c_int, micros: u64) -> u64 {
    let zero = libc::timeval {
        tv_sec: 0,
        tv_usec: 0,
    };
    let first = libc::timeval {
        tv_sec: libc::time_t::try_from(micros / 1_000_000).unwrap_or(libc::time_t::from(i32::MAX)),
        tv_usec: libc::suseconds_t::try_from(micros % 1_000_000).unwrap_or(0),
    };
    let new = libc::itimerval {
        it_interval: zero,
        it_value: first,
    };
    let mut old = libc::itimerval {
        it_interval: zero,
        it_value: zero,
    };
    // SAFETY: both pointers are to values on this stack that live through the call.
    let result = unsafe { libc::setitimer(timer, ptr::from_ref(&new), ptr::from_mut(&mut old)) };
    if result != 0 {
        return 0; // A limit too long for the system: the supervisor's own clock remains.
    }
    let seconds = u64::try_from(old.it_value.tv_sec).unwrap_or(0);
    seconds.saturating_mul(1_000_000) + u64::try_from(old.it_value.tv_usec).unwrap_or(0)
}

/// Runs `body` in a forked copy of this process and waits for its end. The copy never returns from
/// here, whatever `body` does.
///
/// An interrupt of the group ends the copy that runs, not those that wait for one.
pub(super) fn run_forked(body: impl FnOnce() -> Word) -> (RawEnd, Word) {
    let zygote = getpid();
    let before = on_interrupt(SigHandler::SigIgn);
    // SAFETY: a worker has one thread, so the child's copy of every lock and of the allocator is in
    // a consistent state and it may do anything.
    match unsafe { fork() } {
        Err(errno) => (RawEnd::NotStarted(errno.desc().into()), Word(0)),
        Ok(ForkResult::Parent { child }) => {
            let ended = wait_for(child);
            on_interrupt(before);
            ended
        }
        Ok(ForkResult::Child) => {
            if die_with(zygote).is_err() {
                leave(1);
            }
            on_interrupt(SigHandler::SigDfl);
            let outcome = catch_unwind(AssertUnwindSafe(body));
            leave(outcome.map_or(PANIC_CODE, code_of))
        }
    }
}

/// What an interrupt does from now on; gives what it did before.
fn on_interrupt(action: SigHandler) -> SigHandler {
    // SAFETY: the actions are to end or to do nothing; no handler of this process runs.
    unsafe { signal(Signal::SIGINT, action) }.unwrap_or(SigHandler::SigDfl)
}

fn wait_for(child: Pid) -> (RawEnd, Word) {
    let end = loop {
        match waitpid(child, None) {
            Ok(WaitStatus::Exited(_, code)) => match word_of(code) {
                Some(word) => return (RawEnd::Finished, word),
                None => break RawEnd::Exit(code),
            },
            Ok(WaitStatus::Signaled(_, signal, _)) => break RawEnd::Signal(signal as i32),
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => break RawEnd::NotStarted(errno.desc().into()),
        }
    };
    (end, Word(0))
}

/// Ends this process at once: no destructor, no exit handler, no flush.
pub(super) fn leave(code: i32) -> ! {
    // SAFETY: _exit takes any code and does not return.
    unsafe { libc::_exit(code) }
}

// ---- copies that stop

/// How a copy that was waited for stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// It stands still.
    Yes,
    /// It has ended.
    Ended(RawEnd),
}

/// Whether copies can stop and be handed over when their parent ends.
pub(super) const CAN_GROW: bool = cfg!(target_os = "linux");

/// This process becomes the parent of copies whose parent has ended.
pub(super) fn adopt_orphans() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        Ok(nix::sys::prctl::set_child_subreaper(true)?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The number of this process.
pub(super) fn own_number() -> i32 {
    getpid().as_raw()
}

/// A copy of this process: `None` in the copy, its number in this one. The copy goes on from here with all that this
/// one has; it ends with this one unless it has come to [`stop_here`].
pub(super) fn fork_on() -> Result<Option<i32>, String> {
    let parent = getpid();
    // SAFETY: a worker has one thread, so the copy of every lock and of the allocator is in a consistent state and the
    // child may do anything.
    match unsafe { fork() } {
        Err(errno) => Err(errno.desc().into()),
        Ok(ForkResult::Parent { child }) => Ok(Some(child.as_raw())),
        Ok(ForkResult::Child) => {
            if die_with(parent).is_err() {
                leave(1);
            }
            Ok(None)
        }
    }
}

/// Stands still until somebody lets this process go on; from now on it outlives its parent.
pub(super) fn stop_here() {
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_pdeathsig(None); // If it fails, it ends with its parent.
    // If it fails, the process goes on at once: it does what it would have done later.
    let _ = nix::sys::signal::raise(Signal::SIGSTOP);
}

/// Lets a copy go on.
pub(super) fn go_on(copy: i32) {
    // It may be gone; then its end is found by `ended`.
    let _ = kill(Pid::from_raw(copy), Signal::SIGCONT);
}

/// Ends a copy and forgets it.
pub(super) fn end(copy: i32) {
    let _ = kill(Pid::from_raw(copy), Signal::SIGKILL);
    reap(copy);
}

/// Forgets a copy that ends.
pub(super) fn reap(copy: i32) {
    while waitpid(Pid::from_raw(copy), None) == Err(Errno::EINTR) {}
}

/// How a copy ended, if it has.
pub(super) fn ended(copy: i32) -> Option<RawEnd> {
    use nix::sys::wait::WaitPidFlag;
    match waitpid(Pid::from_raw(copy), Some(WaitPidFlag::WNOHANG)) {
        Ok(WaitStatus::Exited(_, code)) => Some(end_of(code)),
        Ok(WaitStatus::Signaled(_, signal, _)) => Some(RawEnd::Signal(signal as i32)),
        Ok(_) | Err(Errno::EINTR) => None,
        Err(errno) => Some(RawEnd::NotStarted(errno.desc().into())),
    }
}

/// Waits until a copy stands still or has ended.
pub(super) fn wait_for_stop(copy: i32) -> Stopped {
    use nix::sys::wait::WaitPidFlag;
    loop {
        match waitpid(Pid::from_raw(copy), Some(WaitPidFlag::WUNTRACED)) {
            Ok(WaitStatus::Stopped(..)) => return Stopped::Yes,
            Ok(WaitStatus::Exited(_, code)) => return Stopped::Ended(end_of(code)),
            Ok(WaitStatus::Signaled(_, signal, _)) => {
                return Stopped::Ended(RawEnd::Signal(signal as i32));
            }
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => return Stopped::Ended(RawEnd::NotStarted(errno.desc().into())),
        }
    }
}

fn end_of(code: i32) -> RawEnd {
    match word_of(code) {
        Some(_) => RawEnd::Finished,
        None => RawEnd::Exit(code),
    }
}
