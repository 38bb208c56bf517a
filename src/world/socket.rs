//! WebSockets of the program: opening, messages, closing.
//!
//! Official pages: `wx.connectSocket`, `SocketTask`, "Network". At most five sockets at a time; before
//! base library 1.7.0 one, which another connection takes the place of. Five seconds after the user left
//! all of them are closed as `interrupted`. A lost connection is an error and then a close with 1006.
//!
//! Unverified: one that is still connecting then fails as `interrupted` and is not closed; another kind
//! of connection (4G in place of wifi) keeps sockets open; the words of errors are those of Android's
//! client everywhere; the members of `wx` speak for the oldest socket that is not closed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::connection::{Connection, offline_words};
use super::network::{DELAY_MS, Fetch, HANDSHAKE, Outcome};
use super::network_failure::NetworkFailure;
use super::notice::{Alarm, Notice};
use super::object::ObjectId;
use super::real_socket::{Course, Wire};
use super::socket_listeners::{tell, tell_close, tell_error, tell_main, tell_message};
use super::socket_rule::{Act, Message, Server, Step};
use super::{Change, Millis, World, sealed::Sealed};
use crate::errmsg::{Reason, SocketProblem};
use crate::version::Version;

/// Sockets that may exist at a time.
pub const SOCKETS_MAX: usize = 5;
/// Base library with sockets as objects, and more than one.
pub const TASKS_SINCE: Version = Version(1, 7, 0);
/// Base library whose `onOpen` tells the header lines.
const HEADER_SINCE: Version = Version(2, 0, 0);
/// Base library whose `onOpen` tells how long the handshake took.
const PROFILE_SINCE: Version = Version(2, 10, 4);
/// Why a close is said to have happened when nobody gave words.
const NORMAL: &str = "normal closure";
const ABNORMAL: &str = "abnormal closure";

/// How far a socket is; the number is its `readyState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// The handshake is under way.
    Connecting = 0,
    /// Messages go both ways.
    Open = 1,
    /// The program closes it.
    Closing = 2,
    /// It is over, or never was.
    Closed = 3,
}

/// A socket that is not closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Socket {
    phase: Phase,
    began: Millis,
    pub(super) server: Server,
    pub(super) course: Course,
}

/// Sockets that are not closed, and the one that the members of `wx` speak for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sockets {
    pub(super) live: BTreeMap<ObjectId, Socket>,
    pub(super) main: Option<ObjectId>,
    /// What goes out over real sockets.
    pub(super) wires: Vec<Wire>,
}

/// Something that happens to a socket from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Coming {
    /// The handshake is done.
    Opening,
    /// The handshake failed; the client's words.
    Failure(String),
    /// The server sends.
    Message(Message),
    /// Either side closes.
    Close {
        /// Why, as a number.
        code: u16,
        /// Why, in words.
        reason: String,
    },
    /// The connection breaks off.
    Loss,
}

/// The program connects; the effect tells whether a rule answers, or why there is no socket.
#[derive(Clone, Debug)]
pub struct ConnectSocket<'a> {
    /// Number of the object.
    pub socket: ObjectId,
    /// Whole URL.
    pub url: &'a str,
    /// How long the handshake may take.
    pub timeout_ms: i64,
}

impl Sealed for ConnectSocket<'_> {}
impl Change for ConnectSocket<'_> {
    type Effect = Result<bool, Reason>;

    fn apply(self, world: &mut World) -> Self::Effect {
        if world.profile.sdk < TASKS_SINCE {
            replace(world);
        } else if world.sockets.live.len() >= SOCKETS_MAX {
            return Err(Reason::Socket(SocketProblem::TooMany));
        }
        let (method, url) = (HANDSHAKE, self.url);
        let Some((delay_ms, outcome)) = world.apply(Fetch { method, url }) else {
            return Ok(false);
        };
        self.answered(world, delay_ms, outcome, Course::default());
        Ok(true)
    }
}

impl ConnectSocket<'_> {
    /// What a rule or a real server makes of the handshake.
    pub(super) fn answered(
        &self,
        world: &mut World,
        delay_ms: i64,
        outcome: Outcome,
        course: Course,
    ) {
        let timed_out = Coming::Failure("connect response time out".to_owned());
        let mut server = Server::default();
        let (after_ms, coming) = match outcome {
            _ if world.connection == Connection::None => {
                let words = offline_words(world.profile.platform);
                (DELAY_MS.into(), Coming::Failure(words.to_owned()))
            }
            Outcome::Fail(words) if words == "timeout" => (self.timeout_ms, timed_out),
            _ if delay_ms > self.timeout_ms => (self.timeout_ms, timed_out),
            Outcome::Fail(words) => {
                let failure = NetworkFailure::parse(&words);
                let words = failure.map_or(words, NetworkFailure::socket_words);
                (delay_ms, Coming::Failure(words))
            }
            Outcome::Response(_) => {
                let words = "Invalid HTTP status.".to_owned();
                (delay_ms, Coming::Failure(words))
            }
            Outcome::Open(accepted) => {
                server = accepted;
                (delay_ms, Coming::Opening)
            }
        };
        let socket = Socket {
            phase: Phase::Connecting,
            began: world.now,
            server,
            course,
        };
        world.sockets.live.insert(self.socket, socket);
        let main = world.sockets.main;
        if main.is_none_or(|main| world.socket(main) == Phase::Closed) {
            world.sockets.main = Some(self.socket);
        }
        world.leave(after_ms, alarm(self.socket, coming));
    }
}

/// Before there were several sockets, the one there is makes place.
fn replace(world: &mut World) {
    let former = world.sockets.live.pop_first();
    if let Some((former, _)) = former {
        tell_close(world, former, 1_000, NORMAL);
    }
    world.sockets.main = None;
}

/// The program sends a message.
#[derive(Clone, Debug)]
pub struct SendMessage {
    /// Number of the object.
    pub socket: ObjectId,
    /// What is sent.
    pub message: Message,
}

impl Sealed for SendMessage {}
impl Change for SendMessage {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let live = world.sockets.live.get_mut(&self.socket);
        let open = live.filter(|socket| socket.phase == Phase::Open);
        let socket = open.ok_or(Reason::Socket(SocketProblem::NotOpen))?;
        let steps: Vec<Step> = socket.server.answers(&self.message).cloned().collect();
        if socket.course.sends() {
            let (socket, message) = (self.socket, self.message.clone());
            world.sockets.wires.push(Wire::Send { socket, message });
        }
        for step in steps {
            let coming = coming(&step.act, Some(&self.message));
            let after_ms = step.after_ms.unwrap_or(DELAY_MS.into());
            world.leave(after_ms, alarm(self.socket, coming));
        }
        Ok(())
    }
}

/// The program closes a socket.
#[derive(Clone, Debug)]
pub struct CloseSocket {
    /// Number of the object.
    pub socket: ObjectId,
    /// Why, as a number.
    pub code: u16,
    /// Why, in words; perhaps none.
    pub reason: String,
}

impl Sealed for CloseSocket {}
impl Change for CloseSocket {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let live = world.sockets.live.get_mut(&self.socket);
        let open = live.filter(|socket| socket.phase != Phase::Closing);
        let closed = open.ok_or(Reason::Socket(SocketProblem::Gone))?;
        closed.phase = Phase::Closing;
        if closed.course.is_real {
            world.sockets.wires.push(Wire::Close {
                socket: self.socket,
                code: self.code,
                reason: self.reason.clone(),
            });
        }
        let reason = match (self.code, self.reason.as_str()) {
            (1_000, "") => NORMAL.to_owned(),
            _ => self.reason,
        };
        let code = self.code;
        let coming = Coming::Close { code, reason };
        world.leave(DELAY_MS.into(), alarm(self.socket, coming));
        Ok(())
    }
}

/// The logic layer is suspended now: sockets from before end. The effect tells whether there were any.
#[derive(Clone, Copy, Debug)]
pub struct InterruptSockets;

impl Sealed for InterruptSockets {}
impl Change for InterruptSockets {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let now = world.now;
        let live = world.sockets.live.iter();
        let due = live.filter(|(_, socket)| socket.began < now);
        let due: Vec<ObjectId> = due.map(|(id, _)| *id).collect();
        for id in &due {
            match end(world, *id) {
                Some(Phase::Connecting) => tell_error(world, *id, "interrupted"),
                _ => tell_close(world, *id, 1_000, "interrupted"),
            }
        }
        !due.is_empty()
    }
}

/// Something that was due for a socket happens, unless the socket is past it.
pub(super) fn fell_due(world: &mut World, id: ObjectId, coming: Coming) {
    let phase = world.socket(id);
    match coming {
        Coming::Opening if phase == Phase::Connecting => open(world, id),
        Coming::Failure(words) if phase == Phase::Connecting => {
            end(world, id);
            tell_error(world, id, &words);
        }
        Coming::Message(message) if phase == Phase::Open => tell_message(world, id, message),
        Coming::Close { code, reason } if phase != Phase::Closed => {
            end(world, id);
            tell_close(world, id, code, &reason);
        }
        Coming::Loss if phase != Phase::Closed => lose(world, id, ABNORMAL),
        _ => {}
    }
}

/// The phone has no connection any more.
pub(super) fn connection_lost(world: &mut World) {
    let live: Vec<ObjectId> = world.sockets.live.keys().copied().collect();
    for id in live {
        if world.socket(id) == Phase::Connecting {
            end(world, id);
            let words = offline_words(world.profile.platform);
            tell_error(world, id, words);
        } else {
            lose(world, id, "network is down");
        }
    }
}

fn open(world: &mut World, id: ObjectId) {
    let Some(socket) = world.sockets.live.get_mut(&id) else {
        return;
    };
    socket.phase = Phase::Open;
    let server = socket.server.clone();
    let began = socket.began;
    let mut of_main = Map::new();
    let sdk = world.profile.sdk;
    if sdk >= HEADER_SINCE {
        let lines = server.header.iter();
        let lines = lines.map(|(name, value)| (name.clone(), Json::from(value.as_str())));
        of_main.insert("header".to_owned(), Json::Object(lines.collect()));
    }
    let mut of_task = of_main.clone();
    if sdk >= PROFILE_SINCE {
        of_task.insert("profile".to_owned(), profile(began, world.now));
    }
    tell(world, id, "onOpen", Json::Object(of_task), None);
    tell_main(world, id, "onSocketOpen", Json::Object(of_main), None);
    for step in server.begins() {
        let notice = alarm(id, coming(&step.act, None));
        match step.after_ms {
            None => world.leave(DELAY_MS.into(), notice),
            Some(after_ms) => world.leave_idle(after_ms, notice),
        }
    }
}

/// How long the parts of a handshake took: all of it counts as waiting for the server.
fn profile(began: Millis, now: Millis) -> Json {
    let took_ms = now.since(began);
    json!({
        "fetchStart": began.0, "domainLookUpStart": began.0, "domainLookUpEnd": began.0,
        "connectStart": began.0, "connectEnd": now.0,
        "rtt": took_ms, "handshakeCost": took_ms, "cost": took_ms,
    })
}

/// The connection breaks off; that is no error while the program closes it.
fn lose(world: &mut World, id: ObjectId, words: &str) {
    if end(world, id) != Some(Phase::Closing) {
        tell_error(world, id, words);
    }
    tell_close(world, id, 1_006, ABNORMAL);
}

/// A socket is over; the phase that it had.
fn end(world: &mut World, id: ObjectId) -> Option<Phase> {
    let socket = world.sockets.live.remove(&id);
    socket.map(|socket| socket.phase)
}

/// What an act of the server means here.
pub(super) fn coming(act: &Act, heard: Option<&Message>) -> Coming {
    match act {
        Act::Send(message) => Coming::Message(message.clone()),
        Act::Echo => Coming::Message(heard.cloned().unwrap_or(Message::Text(String::new()))),
        Act::Close { code, reason } => Coming::Close {
            code: *code,
            reason: reason.clone(),
        },
        Act::Drop => Coming::Loss,
    }
}

pub(super) fn alarm(id: ObjectId, coming: Coming) -> Notice {
    Notice::Alarm(Alarm::Socket(id, coming))
}

impl World {
    /// How far a socket is.
    pub fn socket(&self, id: ObjectId) -> Phase {
        let socket = self.sockets.live.get(&id);
        socket.map_or(Phase::Closed, |socket| socket.phase)
    }

    /// The socket that `wx.sendSocketMessage` and `wx.closeSocket` are about, if it is open.
    pub fn main_socket(&self) -> Option<ObjectId> {
        let main = self.sockets.main;
        main.filter(|id| self.socket(*id) == Phase::Open)
    }
}
