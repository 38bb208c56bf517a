//! Requests and sockets that really go out, to hosts that the user of wxsim opened.
//!
//! Official page: "Network". A rule answers first; only what no rule answers leaves the simulation.
//! Virtual time stands still until the answer is there, then a fixed latency passes; so a program
//! aborts what the server has answered already.
//!
//! Differs from the client: cookies are neither kept nor sent; a redirect to another host does not carry
//! `authorization` and `cookie` along.
//! Unverified: the text of `user-agent`.

use serde::{Deserialize, Serialize};

use super::Cx;
use super::exchange::{Asking, Request};
use super::multipart::{self, Upload};
use super::redirect::origin;
use super::sent_header::sent_header;
use crate::crypto::base64_text;
use crate::profile::Platform;
use crate::value::Value;
use crate::world::World;
use crate::world::network::Outcome;
use crate::world::object::ObjectId;
use crate::world::real_socket::Wire;
use crate::world::socket::Coming;

/// A request as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// HTTP method.
    pub method: String,
    /// Whole URL.
    pub url: String,
    /// Header lines.
    pub header: Vec<(String, String)>,
    /// Body.
    #[serde(with = "base64_text::in_json")]
    pub body: Vec<u8>,
    /// What an upload is made of.
    #[serde(default)]
    pub upload: Option<Upload>,
    /// Real milliseconds that it may take.
    pub timeout_ms: i64,
}

/// Real servers.
pub trait Outside {
    /// Sends a request and waits for what comes of it.
    fn exchange(&mut self, request: &Outgoing) -> Outcome;

    /// Opens a WebSocket, in the place of a former one of that number.
    fn connect(&mut self, socket: ObjectId, handshake: &Outgoing) -> Outcome;

    /// Sends what the program sends over a WebSocket, or closes it.
    fn wire(&mut self, wire: &Wire);

    /// The program has come to rest: what has come over its sockets.
    fn rest(&mut self, rest: &Resting) -> Vec<(ObjectId, Coming)>;
}

/// What a process that may not open connections asks the one that may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// [`Outside::exchange`].
    Exchange(Outgoing),
    /// [`Outside::connect`].
    Connect(ObjectId, Outgoing),
    /// [`Outside::wire`].
    Wire(Wire),
    /// [`Outside::rest`].
    Rest(Resting),
}

/// How the program has come to rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resting {
    /// Sockets that are not closed; the others are let go.
    pub live: Vec<ObjectId>,
    /// Whether nothing else is to happen: then a server is waited for.
    pub is_idle: bool,
    /// Whether it is the first rest of an action of the user, or of time that passes.
    pub is_first: bool,
}

/// Lines that are the connection's own business, whatever a program says.
const OF_THE_CONNECTION: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Lines of the handshake of a WebSocket that a program cannot give; sub-protocols it can.
const OF_THE_HANDSHAKE: &[&str] = &[
    "sec-websocket-accept",
    "sec-websocket-extensions",
    "sec-websocket-key",
    "sec-websocket-version",
];

/// Lines that are for the first host only.
const SECRET: &[&str] = &["authorization", "cookie"];

/// What is sent for a request, which came from the one that was asked for by redirects.
pub fn outgoing(
    cx: &mut Cx<'_>,
    asking: Asking<'_>,
    first_url: &str,
    request: &Request,
    timeout_ms: i64,
) -> Outgoing {
    let same_host = origin(first_url).eq_ignore_ascii_case(origin(&request.url));
    let (body, kind) = body(cx, asking, request);
    let upload = upload(cx, asking);
    let mut header = sent_header(cx.world, asking.api, asking.options);
    header.retain(|(name, _)| {
        let name = name.to_ascii_lowercase();
        let name = name.as_str();
        !OF_THE_CONNECTION.contains(&name) && (same_host || !SECRET.contains(&name))
    });
    let is = |line: &(String, String), name: &str| line.0.eq_ignore_ascii_case(name);
    if let Some(kind) = kind {
        let lines = header.iter_mut();
        for line in lines.filter(|line| is(line, "content-type")) {
            line.1.clone_from(&kind);
        }
    }
    if !header.iter().any(|line| is(line, "user-agent")) {
        header.push(("user-agent".to_owned(), user_agent(cx.world)));
    }
    Outgoing {
        method: request.method.clone(),
        url: request.url.clone(),
        header,
        body,
        upload,
        timeout_ms,
    }
}

/// What is sent to open a WebSocket.
pub fn handshake(
    cx: &mut Cx<'_>,
    asking: Asking<'_>,
    request: &Request,
    timeout_ms: i64,
) -> Outgoing {
    let mut outgoing = outgoing(cx, asking, &request.url, request, timeout_ms);
    "GET".clone_into(&mut outgoing.method);
    let protocols: Vec<&str> = match asking.options.get("protocols") {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    outgoing.header.retain(|(name, _)| {
        let name = name.to_ascii_lowercase();
        let given = name == SUB_PROTOCOL && !protocols.is_empty();
        !given && !OF_THE_HANDSHAKE.contains(&name.as_str())
    });
    if !protocols.is_empty() {
        let line = (SUB_PROTOCOL.to_owned(), protocols.join(", "));
        outgoing.header.push(line);
    }
    outgoing
}

const SUB_PROTOCOL: &str = "sec-websocket-protocol";

/// What the request of a call is made of, if it is an upload.
pub fn upload(cx: &mut Cx<'_>, asking: Asking<'_>) -> Option<Upload> {
    (asking.api == "uploadFile").then(|| multipart::upload(cx, asking.options))
}

/// The bytes that a request's body stands for, and their type when it is of our making.
pub fn body(cx: &mut Cx<'_>, asking: Asking<'_>, request: &Request) -> (Vec<u8>, Option<String>) {
    if request.body.is_empty() {
        return (Vec::new(), None);
    }
    if asking.api == "uploadFile" {
        let (bytes, kind) = multipart::form(cx, asking.options);
        return (bytes, Some(kind));
    }
    let bytes = match asking.options.get("data") {
        Value::Bytes(_, bytes) => bytes.clone(),
        _ => request.body.clone().into_bytes(),
    };
    (bytes, None)
}

fn user_agent(world: &World) -> String {
    let profile = world.profile();
    let (system, engine) = match profile.platform {
        Platform::Android => ("Linux; ", "AppleWebKit/537.36"),
        Platform::Ios => ("iPhone; ", "AppleWebKit/605.1.15"),
        _ => ("", "AppleWebKit/537.36"),
    };
    format!(
        "Mozilla/5.0 ({system}{}) {engine} (KHTML, like Gecko) MicroMessenger/{} Language/zh_CN \
         MiniProgramEnv/{}",
        world.phone().system,
        profile.client,
        profile.platform.name(),
    )
}
