//! The real network: who may be asked, where the answers are kept, and both ends of the question
//! that a worker puts to its supervisor.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::api::outside::{Outgoing, Outside, Question, Resting};
use crate::diagnostic::{Diagnostic, Place};
use crate::net::Client;
use crate::package::{DiskFiles, Files as _, NamedFile, NetworkKeys, RECORDING, Recording};
use crate::runtime::Config;
use crate::runtime::parse_duration;
use crate::worker::Outbox;
use crate::world::network::Outcome;
use crate::world::object::ObjectId;
use crate::world::open_host::OpenHost;
use crate::world::real_socket::Wire;
use crate::world::socket::Coming;

/// Real milliseconds that a silent WebSocket is waited for, unless the user says something else.
const SOCKET_WAIT_MS: i64 = 300;

/// Flags of every command that runs a program.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct NetworkFlags {
    /// Host that requests and sockets without a route really go to: api.example.com, *.example.com,
    /// localhost:8080. Repeatable; without it nothing leaves this machine's simulation
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<OpenHost>,
    /// Answer as in a file that --record wrote; nothing goes out
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// Real time that a silent WebSocket to an open host is waited for before an action is over
    /// [default: 300ms]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, allow_hyphen_values = true)]
    socket_wait: Option<i64>,
}

/// How a run meets real servers.
#[derive(Debug)]
pub(super) struct Plan {
    /// Whether requests may go out at all.
    pub(super) live: bool,
    /// File to write what they answer to.
    record: Option<PathBuf>,
    /// Real milliseconds that a silent WebSocket is waited for.
    pub(super) socket_wait_ms: u64,
}

impl Plan {
    /// Decides by flags, then by the settings of the project; `record` is a flag too. Puts hosts and
    /// recorded answers into the configuration.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub(super) fn new(
        config: &mut Config,
        flags: NetworkFlags,
        record: Option<PathBuf>,
        settings: NetworkKeys,
        project: &Path,
    ) -> Result<Self, Vec<Diagnostic>> {
        config.open_hosts.extend(flags.allow_host);
        config.open_hosts.extend(settings.allow);
        let wait_ms = flags.socket_wait.or(settings.socket_wait_ms);
        let socket_wait_ms = u64::try_from(wait_ms.unwrap_or(SOCKET_WAIT_MS)).unwrap_or(0);
        let recording = match (flags.replay, settings.replay) {
            (Some(path), _) => Some(replayed_flag(&path)?),
            (None, Some(named)) if record.is_none() => Some(replayed_setting(&named, project)?),
            _ => None,
        };
        if let Some(recording) = recording {
            replay(config, recording);
            return Ok(Self {
                live: false,
                record: None,
                socket_wait_ms,
            });
        }
        let record = match (record, settings.record) {
            (Some(path), _) => Some((path, None)),
            (None, Some(named)) => Some((project.join(named.path), Some(named.place))),
            _ => None,
        };
        if let Some((path, place)) = &record {
            check_record(path, config.open_hosts.is_empty())
                .map_err(|problem| vec![placed(problem, place.clone())])?;
        }
        Ok(Self {
            live: !config.open_hosts.is_empty(),
            record: record.map(|(path, _)| path),
            socket_wait_ms,
        })
    }
}

fn placed(problem: Diagnostic, place: Option<Place>) -> Diagnostic {
    match place {
        Some(place) => problem.at(place),
        None => problem,
    }
}

/// Takes the answers of a recording in the place of the network.
pub(super) fn replay(config: &mut Config, recording: Recording) {
    config.open_hosts.extend(recording.hosts);
    config.routes.extend(recording.routes);
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn replayed_flag(path: &Path) -> Result<Recording, Vec<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        let problem = Diagnostic::error(format!("--replay: the file {name}: {error}"));
        vec![problem.help("`wxsim run PROJECT --allow-host HOST --record FILE` writes one")]
    })?;
    Recording::read(&name, &String::from_utf8_lossy(&bytes))
}

fn replayed_setting(named: &NamedFile, project: &Path) -> Result<Recording, Vec<Diagnostic>> {
    let files = DiskFiles::open(project);
    let bytes = files.and_then(|files| files.read(&named.path));
    let bytes = bytes.map_err(|error| {
        let problem = Diagnostic::error(format!("`network.replay`: {}: {error}", named.path));
        let problem = problem.at(named.place.clone());
        vec![problem.help("`wxsim run PROJECT --record FILE` writes one")]
    })?;
    Recording::read(&named.path, &String::from_utf8_lossy(&bytes))
}

/// Whether a recording may be written there.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn check_record(path: &Path, closed: bool) -> Result<(), Diagnostic> {
    let name = path.display();
    if closed {
        let problem = Diagnostic::error("there is nothing to record: no host is open");
        return Err(problem.help("open one with --allow-host HOST or `[network] allow`"));
    }
    // An empty file, which a shell or `mktemp` made, holds nothing that could be lost.
    let may_go = |file: std::fs::File| {
        let mut beginning = Vec::new();
        let read = file
            .take(RECORDING.len() as u64)
            .read_to_end(&mut beginning);
        read.is_ok() && (beginning.is_empty() || beginning == RECORDING.as_bytes())
    };
    if std::fs::File::open(path).is_ok_and(|file| !may_go(file)) {
        let problem = Diagnostic::error(format!("{name} exists and is no recording"));
        return Err(problem.help("name another file, or remove this one"));
    }
    Ok(())
}

/// The supervisor's end.
pub(super) struct Exchange {
    client: Client,
    recording: Recording,
    file: Option<PathBuf>,
}

impl Exchange {
    pub(super) fn new(plan: Plan, hosts: &[OpenHost]) -> Self {
        Self {
            client: Client::new(hosts.to_vec(), plan.socket_wait_ms),
            recording: Recording::new(hosts.to_vec()),
            file: plan.record,
        }
    }

    /// One of a run from which nothing goes out.
    pub(super) fn closed() -> Self {
        let plan = Plan {
            live: false,
            record: None,
            socket_wait_ms: 0,
        };
        Self::new(plan, &[])
    }

    /// Answers what a worker asks.
    pub(super) fn answer(&mut self, question: &str) -> String {
        let recording = &mut self.recording;
        answer(&mut self.client, question, Some(recording))
    }

    /// What was answered so far.
    pub(super) fn recording(&self) -> &Recording {
        &self.recording
    }

    /// Writes the recording, where one is wanted, and says so.
    ///
    /// # Errors
    /// It cannot be written.
    #[expect(clippy::disallowed_methods, reason = "the user names the file")]
    pub(super) fn write(&self) -> Result<(), Diagnostic> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        let name = path.display();
        std::fs::write(path, self.recording.text()).map_err(|error| {
            let problem = Diagnostic::error(format!("cannot write the recording {name}: {error}"));
            problem.help("give --record a file in a folder that is there")
        })?;
        let count = self.recording.routes.len();
        let answers = if count == 1 { "answer" } else { "answers" };
        anstream::eprintln!("recorded {count} {answers} in {name}");
        Ok(())
    }
}

/// The answer to what a worker asks; what came is kept in `recording`.
pub(super) fn answer(
    client: &mut Client,
    question: &str,
    recording: Option<&mut Recording>,
) -> String {
    let question: Question =
        serde_json::from_str(question).expect("the worker speaks this program's own language");
    let mut unused = Recording::default();
    let recording = recording.unwrap_or(&mut unused);
    match &question {
        Question::Exchange(request) => {
            let outcome = client.exchange(request);
            let uploaded = request.upload.as_ref();
            let note = uploaded.map(|upload| format!("uploaded {upload}"));
            let note = note.unwrap_or_default();
            recording.add(&request.method, &request.url, &note, outcome.clone());
            text(&outcome)
        }
        Question::Connect(socket, handshake) => {
            let outcome = client.connect(*socket, handshake);
            recording.connected(*socket, &handshake.url, outcome.clone());
            text(&outcome)
        }
        Question::Wire(wire) => {
            recording.wired(wire);
            client.wire(wire);
            String::new()
        }
        Question::Rest(rest) => {
            let came = client.rest(rest);
            recording.rested(&rest.live, &came);
            text(&came)
        }
    }
}

fn text(message: &impl serde::Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

/// The worker's end.
pub(super) struct Remote(pub(super) Outbox);

impl Remote {
    fn outcome(&mut self, question: &Question) -> Outcome {
        read(&self.0.ask(&text(question)))
    }
}

fn read<T: serde::de::DeserializeOwned>(answer: &str) -> T {
    serde_json::from_str(answer).expect("the supervisor speaks this program's own language")
}

impl Outside for Remote {
    fn exchange(&mut self, request: &Outgoing) -> Outcome {
        self.outcome(&Question::Exchange(request.clone()))
    }

    fn connect(&mut self, socket: ObjectId, handshake: &Outgoing) -> Outcome {
        self.outcome(&Question::Connect(socket, handshake.clone()))
    }

    fn wire(&mut self, wire: &Wire) {
        self.0.ask(&text(&Question::Wire(wire.clone())));
    }

    fn rest(&mut self, rest: &Resting) -> Vec<(ObjectId, Coming)> {
        // A server that never falls silent must not keep a run from its end: the time counts.
        read(&self.0.ask_in_time(&text(&Question::Rest(rest.clone()))))
    }
}
