//! Real servers of tests and of `serve --app`: the supervisor's side, which opens connections and starts processes, and the worker's way
//! to it.
//!
//! WeChat's interfaces listen at a port of this machine as soon as a test asks for their address; a request that comes
//! there waits until the test's process asks for something, and is given to it instead of the answer. Processes end
//! with the test that started them, or with the file when a hook of a group did.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::api::outside::{Outgoing, Outside as _};
use crate::net::Client;
use crate::net::listener::{Background, Listening, Post, Service, listen_behind, on_end};
use crate::net::post::Poster;
use crate::runtime::parse_duration;
use crate::scenario::{Beyond, Given, Need, Start};
use crate::serve::{is_control, unproven};
use crate::server::{Request, Response};
use crate::worker::Outbox;
use crate::world::open_api::delivery::Outcome;
use crate::world::open_host::{OpenHost, host_and_port};

/// Real time that a request to WeChat's interfaces waits for the test, in seconds.
const WAIT_S: u64 = 60;
/// Lines of a process that are kept.
const LINES_MAX: usize = 2_000;
/// How often a process that is waited for is looked at, in milliseconds.
const LOOK_MS: u64 = 20;

/// The worker's way to the supervisor.
pub(super) struct Asker(pub(super) Outbox);

impl Beyond for Asker {
    fn ask(&mut self, need: &Need) -> Given {
        let question = serde_json::to_string(need).unwrap_or_default();
        let answer = self.0.ask(&question);
        serde_json::from_str(&answer)
            .unwrap_or_else(|error| Given::Problem(format!("{error}: {answer}")))
    }
}

/// Something that happens while a test waits.
enum Happening {
    /// A request has come.
    Request(Request, Sender<Response>),
    /// What the test waits for is there.
    Given(u64, Given),
}

/// What real servers a worker's tests have.
#[derive(Default)]
pub(super) struct Field {
    channel: Option<(Sender<Happening>, Receiver<Happening>)>,
    listener: Option<Background>,
    processes: BTreeMap<u32, Process>,
    started: u32,
    /// Whether a test runs, not a hook of a group.
    in_test: bool,
    /// Requests that the test has, by number.
    open: BTreeMap<u64, Sender<Response>>,
    served: u64,
    /// Where processes start: the folder of the program.
    folder: PathBuf,
    /// Number of what was asked for last, and whether it is waited for.
    asked: u64,
    waits: bool,
    /// Whether this process was told to end.
    is_over: Arc<AtomicBool>,
}

/// WeChat's interfaces, as far as this process knows them: whoever has the world answers. With a token there is a
/// control interface too.
struct Interfaces {
    sender: Mutex<Sender<Happening>>,
    token: Option<String>,
}

impl Service for Interfaces {
    fn asks_outside(&self, _: &Request) -> bool {
        true
    }

    fn answer(&self, request: Request, _: &dyn Fn(&Post) -> Outcome) -> Response {
        let (reply, answer) = channel();
        let sender = self
            .sender
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(token) = &self.token
            && is_control(&request.path)
            && let Some(refusal) = unproven(&request, token)
        {
            return refusal;
        }
        let nobody = || Response::new(503, "text/plain", "no test waits for a server any more");
        if sender.send(Happening::Request(request, reply)).is_err() {
            return nobody();
        }
        answer
            .recv_timeout(Duration::from_secs(WAIT_S))
            .unwrap_or_else(|_| nobody())
    }

    fn tick(&self) -> Vec<Post> {
        Vec::new()
    }

    fn posted(&self, _: u64, _: Outcome) {}
}

impl Field {
    /// A test begins.
    pub(in crate::cli) fn test_begins(&mut self) {
        self.in_test = true;
    }

    /// A test is over: what it started ends, and what waits for it is told.
    pub(super) fn test_ends(&mut self) {
        self.in_test = false;
        self.processes.retain(|_, process| !process.of_test);
        self.open.clear();
        if let Some((_, happenings)) = &self.channel {
            // Who waits for an answer learns that there is none when its way back is gone.
            happenings.try_iter().for_each(drop);
        }
    }

    /// A file begins whose program is in that folder; what was of the former one ends.
    pub(super) fn file_begins(&mut self, folder: &Path) {
        self.clear();
        self.folder = folder.to_path_buf();
    }

    /// A file is over.
    fn clear(&mut self) {
        self.test_ends();
        self.processes.clear();
    }

    /// What a test asks for.
    pub(super) fn answer(&mut self, question: &str) -> String {
        let given = match serde_json::from_str(question) {
            Ok(need) => self.give(need),
            Err(error) => Given::Problem(format!("{error}: {question}")),
        };
        serde_json::to_string(&given).unwrap_or_default()
    }

    fn give(&mut self, need: Need) -> Given {
        match need {
            Need::Url => self.url().map_or_else(Given::Problem, Given::Text),
            Need::Start(start) => self.start(&start),
            Need::Stop(number) => {
                self.processes.remove(&number);
                Given::Done
            }
            Need::Output(number) => match self.processes.get(&number) {
                Some(process) => Given::Text(process.output()),
                None => Given::Problem("the process has ended".to_owned()),
            },
            Need::Exchange(request) => self.later(move || exchanged(&request)),
            Need::Post { url, headers, body } => self.later(move || {
                let post = Post {
                    id: 0,
                    url,
                    headers,
                    body,
                };
                Given::Outcome(Poster::default().send(&post))
            }),
            Need::Pending => {
                self.waits = false;
                self.next()
            }
            Need::Next(ms) => {
                self.waits = false;
                self.await_request(ms)
            }
            Need::Served {
                id,
                status,
                headers,
                body,
            } => {
                if let Some(reply) = self.open.remove(&id) {
                    let response = Response {
                        status,
                        headers,
                        body,
                        ..Response::default()
                    };
                    // Whoever asked may have gone.
                    let _ = reply.send(response);
                }
                self.next()
            }
        }
    }

    /// The ends of the channel on which things happen.
    fn sender(&mut self) -> Sender<Happening> {
        self.channel.get_or_insert_with(channel).0.clone()
    }

    /// Listens where it is told, with a control interface for who shows the token.
    pub(super) fn listen(
        &mut self,
        listening: &Listening,
        token: String,
    ) -> std::io::Result<SocketAddr> {
        let service = Interfaces {
            sender: Mutex::new(self.sender()),
            token: Some(token),
        };
        let listener = listen_behind(listening, Arc::new(service))?;
        let address = listener.address;
        self.listener = Some(listener);
        Ok(address)
    }

    /// Who waits for requests is told when this process is to end.
    pub(super) fn watch_end(&self) -> std::io::Result<()> {
        let is_over = Arc::clone(&self.is_over);
        on_end(move || is_over.store(true, Ordering::SeqCst))
    }

    /// Whether this process was told to end.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// The address of WeChat's interfaces, which listen from now on.
    fn url(&mut self) -> Result<String, String> {
        let sender = self.sender();
        if self.listener.is_none() {
            let service = Interfaces {
                sender: Mutex::new(sender),
                token: None,
            };
            let listener = listen_behind(&Listening::anywhere(), Arc::new(service));
            self.listener = Some(listener.map_err(|error| format!("server.url: {error}"))?);
        }
        let address = self.listener.as_ref().map(|it| it.address);
        Ok(address.map_or_else(String::new, |it| format!("http://{it}")))
    }

    /// Does something in a thread of its own, and waits for it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the supervisor waits for outside; no world is here"
    )]
    fn later(&mut self, work: impl FnOnce() -> Given + Send + 'static) -> Given {
        self.asked += 1;
        self.waits = true;
        let (number, sender) = (self.asked, self.sender());
        std::thread::spawn(move || {
            // The test may be over by then.
            let _ = sender.send(Happening::Given(number, work()));
        });
        self.next()
    }

    /// The next request that comes within so many milliseconds.
    fn await_request(&mut self, ms: u64) -> Given {
        let Some((_, happenings)) = &self.channel else {
            return Given::Done;
        };
        match happenings.recv_timeout(Duration::from_millis(ms)) {
            Ok(Happening::Request(request, reply)) => self.hand_over(request, reply),
            _ if self.is_over() => Given::End,
            Ok(Happening::Given(..)) | Err(_) => Given::Done,
        }
    }

    fn hand_over(&mut self, request: Request, reply: Sender<Response>) -> Given {
        self.served += 1;
        self.open.insert(self.served, reply);
        Given::Serve {
            id: self.served,
            request,
        }
    }

    /// The next thing that concerns the test: a request, or what it waits for.
    fn next(&mut self) -> Given {
        let Some((_, happenings)) = &self.channel else {
            return Given::Done;
        };
        loop {
            let happening = if self.waits {
                match happenings.recv_timeout(Duration::from_secs(2 * WAIT_S)) {
                    Ok(happening) => happening,
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                        return Given::Problem("nothing came in two minutes".to_owned());
                    }
                }
            } else {
                match happenings.try_recv() {
                    Ok(happening) => happening,
                    Err(_) => return Given::Done,
                }
            };
            match happening {
                Happening::Request(request, reply) => return self.hand_over(request, reply),
                Happening::Given(number, given) if number == self.asked && self.waits => {
                    self.waits = false;
                    return given;
                }
                // It was for a test that is over.
                Happening::Given(..) => {}
            }
        }
    }

    fn start(&mut self, start: &Start) -> Given {
        let process = match Process::start(start, &self.folder, self.in_test) {
            Ok(process) => process,
            Err(problem) => return Given::Problem(problem),
        };
        self.started += 1;
        let number = self.started;
        let waiting = process.ready(start);
        self.processes.insert(number, process);
        self.later(move || match waiting() {
            Ok(()) => Given::Number(number),
            Err(problem) => Given::Problem(problem),
        })
    }
}

/// What came of a request to a server of this machine.
fn exchanged(request: &Outgoing) -> Given {
    let host = host_and_port(&request.url);
    let host = host.map(|(name, port)| match port {
        Some(port) => format!("{name}:{port}"),
        None => name,
    });
    let open = host.and_then(|host| host.parse::<OpenHost>().ok());
    Given::Answer(Client::new(open.into_iter().collect(), 0).exchange(request))
}

/// A process that a test started.
struct Process {
    child: Arc<Mutex<Child>>,
    lines: Arc<Mutex<Vec<String>>>,
    of_test: bool,
    shown: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself.
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the supervisor starts what a test asks for and waits in real time; no world is here"
)]
impl Process {
    fn start(start: &Start, folder: &Path, of_test: bool) -> Result<Self, String> {
        let mut command = Command::new(&start.command);
        command
            .args(&start.args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.current_dir(folder.join(&start.cwd));
        for (name, value) in &start.env {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            command.env(name, value);
        }
        let shown = std::iter::once(&start.command).chain(&start.args);
        let shown = shown
            .map(|word| crate::cli::quoted(word))
            .collect::<Vec<_>>()
            .join(" ");
        let mut child = command
            .spawn()
            .map_err(|error| format!("test.process(): {shown}: {error}"))?;
        let lines = Arc::default();
        for stream in [
            child
                .stdout
                .take()
                .map(|it| Box::new(it) as Box<dyn Read + Send>),
            child
                .stderr
                .take()
                .map(|it| Box::new(it) as Box<dyn Read + Send>),
        ] {
            let lines = Arc::clone(&lines);
            std::thread::spawn(move || stream.into_iter().for_each(|it| keep(it, &lines)));
        }
        Ok(Self {
            child: Arc::new(Mutex::new(child)),
            lines,
            of_test,
            shown,
        })
    }

    fn output(&self) -> String {
        joined(&self.lines)
    }

    /// Waits until the process prints what it prints when it is ready.
    fn ready(&self, start: &Start) -> impl FnOnce() -> Result<(), String> + Send + 'static {
        let (child, lines, shown) = (
            Arc::clone(&self.child),
            Arc::clone(&self.lines),
            self.shown.clone(),
        );
        let ready = start.ready.clone();
        let ms = parse_duration(&start.timeout)
            .ok()
            .and_then(|ms| u64::try_from(ms).ok());
        let until = Instant::now() + Duration::from_millis(ms.unwrap_or(30_000));
        move || loop {
            let is_ready = lines
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .iter()
                .any(|line: &String| line.contains(&ready));
            if is_ready || ready.is_empty() {
                return Ok(());
            }
            let ended = child
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .try_wait();
            let why = match ended {
                Ok(Some(status)) => format!("it ended ({status}) before it printed `{ready}`"),
                _ if Instant::now() > until => format!("it did not print `{ready}` in time"),
                _ => {
                    std::thread::sleep(Duration::from_millis(LOOK_MS));
                    continue;
                }
            };
            return Err(format!(
                "test.process(): {shown}: {why}; it printed:\n{}",
                joined(&lines)
            ));
        }
    }
}

fn joined(lines: &Mutex<Vec<String>>) -> String {
    lines
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .join("\n")
}

/// Keeps the last lines of a stream.
fn keep(stream: impl Read, lines: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|count| count > 0)
    {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        let mut all = lines.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= LINES_MAX {
            all.remove(0);
        }
        all.push(text);
        line.clear();
    }
}
