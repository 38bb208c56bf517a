//! One worker process as its supervisor holds it: started, read from, killed, reaped.

use std::io::{self, Read, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

use super::limits::Limits;
use super::message::{Kind, RawEnd, encode};
use super::{WORKER_ARG, sys};

/// Set in a worker, so that a program which is not prepared for [`WORKER_ARG`] cannot start workers
/// from workers without end.
const WORKER_VARIABLE: &str = "WXSIM_WORKER";

/// All that a worker keeps of the environment: what its own binary may need to be loaded.
const KEPT_VARIABLES: [&str; 4] = [
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "SystemRoot",
];

/// Reads that may wait for the supervisor; a worker that says more than that has to wait, too.
const READS_WAITING_MAX: usize = 16;

/// One read of the worker's output.
const READ_BYTES: usize = 64 << 10;

/// Whether this process is itself a worker.
#[expect(
    clippy::disallowed_methods,
    reason = "the variable only keeps workers from nesting"
)]
pub(super) fn is_worker() -> bool {
    std::env::var_os(WORKER_VARIABLE).is_some()
}

/// A running worker.
pub(super) struct Process {
    child: Child,
    input: Sender<Vec<u8>>,
    output: Receiver<Vec<u8>>,
    reaped: bool,
}

/// What waiting for output gave.
pub(super) enum Output {
    /// The next bytes.
    Bytes(Vec<u8>),
    /// Nothing yet.
    Quiet,
    /// Every process that could write has ended.
    Closed,
}

impl Process {
    /// Starts this binary as a worker and sends it its job: its limits (one line) and the request.
    pub(super) fn start(request: &str, limits: &Limits) -> io::Result<Self> {
        let limits_line = serde_json::to_string(limits).map_err(io::Error::other)?;
        let (pipe, worker_end) = io::pipe()?;
        let mut command = command(limits)?;
        command
            .stdin(Stdio::piped())
            .stdout(worker_end.try_clone()?)
            .stderr(worker_end);
        let mut child = command.spawn()?;
        drop(command); // It holds the pipe's other end, which would keep the pipe open.
        let stdin = child.stdin.take();
        let (sender, output) = sync_channel(READS_WAITING_MAX);
        let (input, to_write) = channel();
        let process = Self {
            child,
            input,
            output,
            reaped: false,
        };
        start_thread("worker input", move || write_all(stdin, &to_write))?;
        start_thread("worker output", move || read_all(pipe, &sender))?;
        process.send(encode(Kind::Job, 0, &format!("{limits_line}\n{request}")));
        Ok(process)
    }

    /// Sends a frame. It never waits: a worker that died or does not read must not hold up who
    /// watches it.
    pub(super) fn send(&self, frame: Vec<u8>) {
        drop(self.input.send(frame)); // Without a reader its ending tells more than the error.
    }

    /// Waits for output, at most `wait`.
    pub(super) fn output(&self, wait: Duration) -> Output {
        match self.output.recv_timeout(wait) {
            Ok(bytes) => Output::Bytes(bytes),
            Err(RecvTimeoutError::Timeout) => Output::Quiet,
            Err(RecvTimeoutError::Disconnected) => Output::Closed,
        }
    }

    /// Whether the worker itself has ended, although a process it left behind keeps the pipe open.
    pub(super) fn has_ended(&mut self) -> bool {
        sys::has_ended(&mut self.child)
    }

    /// Kills the worker and every process it forked.
    pub(super) fn kill(&mut self) {
        if !self.reaped {
            sys::kill_all(&mut self.child);
        }
    }

    /// Ends the branch that runs.
    pub(super) fn interrupt(&self) {
        if !self.reaped {
            sys::interrupt_all(&self.child);
        }
    }

    /// How the worker ended; waits for that, at most `wait`.
    pub(super) fn reap(&mut self, wait: Duration) -> Option<RawEnd> {
        let mut step = Duration::from_micros(50);
        let mut waited = Duration::ZERO;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                self.reaped = true;
                return Some(sys::raw_end(status));
            }
            if waited >= wait {
                return None;
            }
            pause(step);
            waited += step;
            step = (step * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.reaped {
            self.kill();
            self.reap(Duration::from_secs(2));
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where processes are started"
)]
fn command(limits: &Limits) -> io::Result<Command> {
    let mut command = Command::new(own_program()?);
    command
        .arg(WORKER_ARG)
        .env_clear()
        .env(WORKER_VARIABLE, "1");
    for name in KEPT_VARIABLES {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    sys::confine(&mut command, limits);
    Ok(command)
}

/// The running program, also when its file was replaced meanwhile (where the system can tell).
fn own_program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the supervisor reads and writes in threads; it never forks itself"
)]
fn start_thread(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    // The thread is not joined: it ends with the pipe, and nobody may wait for a pipe.
    std::thread::Builder::new()
        .name(name.into())
        .spawn(body)
        .map(drop)
}

#[expect(
    clippy::disallowed_methods,
    reason = "real time: a process needs a moment to end"
)]
fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// One thread's work: what is sent, until the process or its supervisor is gone.
fn write_all(stdin: Option<ChildStdin>, frames: &Receiver<Vec<u8>>) {
    let Some(mut stdin) = stdin else { return };
    while let Ok(frame) = frames.recv() {
        if stdin.write_all(&frame).is_err() {
            return;
        }
    }
}

/// The other's: what the worker says.
fn read_all(mut pipe: io::PipeReader, sender: &SyncSender<Vec<u8>>) {
    let mut buffer = vec![0; READ_BYTES];
    loop {
        match pipe.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}
