//! WebSockets to real servers: one connection each, listened to when somebody asks.
//!
//! Nothing runs in the background: bytes wait in the system until [`Sockets::rest`] takes them. The
//! program's own closing is answered for it by the simulated world; the server gets the close
//! frame and [`FAREWELL`] to answer it.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tungstenite::error::{CapacityError, ProtocolError};
use tungstenite::handshake::HandshakeError;
use tungstenite::handshake::client::generate_key;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tungstenite::{Error, Message as Frame, WebSocket};
use ureq::Proxy;
use ureq::http::{HeaderName, HeaderValue, Request};

use super::stream::{Stream, Timed, now, tcp, tunnel};
use super::{Failed, REAL_MS_MAX, title, wire_url};
use crate::api::outside::{Outgoing, Resting};
use crate::world::network::{Body, Outcome, Response};
use crate::world::network_failure::{BODY_BYTES_MAX, NetworkFailure};
use crate::world::object::ObjectId;
use crate::world::open_host::{host_and_port, is_own_machine};
use crate::world::real_socket::Wire;
use crate::world::socket::Coming;
use crate::world::socket_rule::{Message, Server};

/// Real time that a message may take to go out.
const SENDING: Duration = Duration::from_secs(10);
/// Real time that a server has to answer a close.
const FAREWELL: Duration = Duration::from_millis(200);
/// Real time that one socket is listened to before the next one's turn comes.
const SLICE: Duration = Duration::from_millis(2);
/// An action waits for servers that speak of their own accord so many times as long as for a
/// silent one, in all.
const UNASKED_WAITS: u32 = 10;
/// An action waits for servers that answer no longer than this, in all.
const WAITING_MAX: Duration = Duration::from_mins(1);
/// Messages that one rest takes from a socket.
const FRAMES_MAX: usize = 1_000;

/// The sockets that are open, and how patient to be with them.
#[derive(Debug)]
pub(super) struct Sockets {
    open: BTreeMap<ObjectId, Socket>,
    tls: Option<Arc<ClientConfig>>,
    wait: Duration,
    /// Whether something went out and nothing has come since.
    is_asked: bool,
    /// Whether something went out since the last time that nothing came.
    is_expecting: bool,
    /// Real time of this action for servers that were asked.
    waited: Duration,
    /// Real time of this action for servers that speak of their own accord.
    waited_unasked: Duration,
}

#[derive(Debug)]
struct Socket {
    connection: WebSocket<Stream>,
    /// It ended while something was sent: told at the next rest.
    is_lost: bool,
}

impl Sockets {
    pub(super) fn new(wait: Duration) -> Self {
        Self {
            open: BTreeMap::new(),
            tls: None,
            wait,
            is_asked: false,
            is_expecting: false,
            waited: Duration::ZERO,
            waited_unasked: Duration::ZERO,
        }
    }

    /// Opens a WebSocket to a host that is open.
    pub(super) fn connect(&mut self, id: ObjectId, handshake: &Outgoing) -> Outcome {
        self.open.remove(&id);
        match self.opened(handshake) {
            Ok((connection, header)) => {
                let socket = Socket {
                    connection,
                    is_lost: false,
                };
                self.open.insert(id, socket);
                self.expect();
                Outcome::Open(Server::accepting(header))
            }
            Err(Refusal::Status(response)) => Outcome::Response(response),
            Err(Refusal::Failed(Failed::Timeout)) => Outcome::Fail("timeout".to_owned()),
            Err(Refusal::Failed(Failed::Other(failure))) => {
                Outcome::Fail(failure.name().to_owned())
            }
        }
    }

    fn opened(&mut self, handshake: &Outgoing) -> Result<(WebSocket<Stream>, Header), Refusal> {
        let ms = handshake.timeout_ms.clamp(1, REAL_MS_MAX).unsigned_abs();
        let until = now() + Duration::from_millis(ms);
        let garbled = Refusal::Failed(Failed::Other(NetworkFailure::Garbled));
        let Some((host, port)) = host_and_port(&handshake.url) else {
            return Err(garbled);
        };
        let is_secure = !handshake.url.to_ascii_lowercase().starts_with("ws:");
        let port = port.unwrap_or(if is_secure { 443 } else { 80 });
        let tcp = Timed {
            tcp: match proxy(&handshake.url, &host) {
                Some(proxy) => tunnel(&proxy, &host, port, until)?,
                None => tcp(host.trim_matches(['[', ']']), port, until)?,
            },
            until,
        };
        let stream = if is_secure {
            let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
            let name = name.map_err(|_| garbled)?;
            let connection = ClientConnection::new(self.tls(), name);
            let connection = connection.map_err(|error| Refusal::from(super::of_tls(&error)))?;
            let mut stream = StreamOwned::new(connection, tcp);
            // Before anything is asked, so that failures of TLS are told from others.
            while stream.conn.is_handshaking() {
                let done = stream.conn.complete_io(&mut stream.sock);
                done.map_err(|error| in_handshake_of_tls(error.into()))?;
            }
            Stream::Tls(Box::new(stream))
        } else {
            Stream::Plain(tcp)
        };
        let bytes_max = usize::try_from(BODY_BYTES_MAX).ok();
        let config = WebSocketConfig::default()
            .max_message_size(bytes_max)
            .max_frame_size(bytes_max);
        let request = request(handshake)?;
        let opened = tungstenite::client::client_with_config(request, stream, Some(config));
        match opened {
            Ok((connection, answer)) => Ok((connection, header(answer.headers()))),
            Err(HandshakeError::Failure(error)) => Err(error.into()),
            // Nothing here is without blocking.
            Err(HandshakeError::Interrupted(_)) => Err(Refusal::Failed(Failed::Timeout)),
        }
    }

    fn tls(&mut self) -> Arc<ClientConfig> {
        let make = || {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .expect("the provider has the versions that it is made for");
            Arc::new(config.with_root_certificates(roots).with_no_client_auth())
        };
        self.tls.get_or_insert_with(make).clone()
    }

    /// Sends, or closes.
    pub(super) fn wire(&mut self, wire: &Wire) {
        match wire {
            Wire::Send { socket, message } => {
                self.expect();
                if let Some(socket) = self.open.get_mut(socket) {
                    socket.send(message);
                }
            }
            Wire::Close {
                socket,
                code,
                reason,
            } => {
                if let Some(socket) = self.open.remove(socket) {
                    socket.close(*code, reason);
                }
            }
        }
    }

    fn expect(&mut self) {
        self.is_asked = true;
        self.is_expecting = true;
    }

    /// What has come. A server that was sent something, and every server when nothing else is to
    /// happen, is waited for.
    pub(super) fn rest(&mut self, rest: &Resting) -> Vec<(ObjectId, Coming)> {
        if rest.is_first {
            self.waited = Duration::ZERO;
            self.waited_unasked = Duration::ZERO;
        }
        let gone: Vec<ObjectId> = self.open.keys().copied().collect();
        for id in gone.into_iter().filter(|id| !rest.live.contains(id)) {
            if let Some(socket) = self.open.remove(&id) {
                socket.close(1_000, "");
            }
        }
        let mut came = Vec::new();
        // One that another page of `wxsim check` has used up.
        let unknown = rest.live.iter().filter(|id| !self.open.contains_key(id));
        came.extend(unknown.map(|id| (*id, Coming::Loss)));
        let least = (self.wait / UNASKED_WAITS).max(SLICE);
        let (waited, waiting_max) = if self.is_asked {
            (&mut self.waited, WAITING_MAX)
        } else {
            (&mut self.waited_unasked, least * UNASKED_WAITS.pow(2))
        };
        let left = waiting_max.saturating_sub(*waited);
        if rest.is_idle && left.is_zero() {
            return came;
        }
        let waits = rest.is_idle || self.is_expecting;
        let patience = if waits {
            self.wait.min(left)
        } else {
            Duration::ZERO
        };
        let began = now();
        // One that speaks faster than the program hears is not heard for ever either.
        *waited += least;
        let until = began + patience;
        loop {
            self.take(until, &mut came);
            if !came.is_empty() || self.open.is_empty() || now() >= until {
                break;
            }
        }
        let more = now().saturating_duration_since(began).saturating_sub(least);
        if self.is_asked {
            self.waited += more;
        } else {
            self.waited_unasked += more;
        }
        self.is_asked = false;
        self.is_expecting &= !came.is_empty();
        came
    }

    /// What has come to each socket, after at most one slice of time for each.
    fn take(&mut self, until: Instant, came: &mut Vec<(ObjectId, Coming)>) {
        let mut ended = Vec::new();
        for (id, socket) in &mut self.open {
            let mut slice = until.min(now() + SLICE);
            for _ in 0..FRAMES_MAX {
                let Some(coming) = socket.next(slice) else {
                    break;
                };
                let ends = matches!(coming, Coming::Close { .. } | Coming::Loss);
                came.push((*id, coming));
                if ends {
                    ended.push(*id);
                    break;
                }
                slice = now(); // What has arrived with it comes too; nothing more is waited for.
            }
        }
        for id in ended {
            self.open.remove(&id);
        }
    }
}

impl Socket {
    fn send(&mut self, message: &Message) {
        self.connection.get_mut().timed().until = now() + SENDING;
        let frame = match message {
            Message::Text(text) => Frame::text(text.as_str()),
            Message::Bytes(bytes) => Frame::binary(bytes.clone()),
        };
        self.is_lost |= self.connection.send(frame).is_err();
    }

    fn close(mut self, code: u16, reason: &str) {
        self.connection.get_mut().timed().until = now() + FAREWELL;
        let frame = CloseFrame {
            code: CloseCode::from(code),
            reason: reason.into(),
        };
        if self.connection.close(Some(frame)).is_err() {
            return;
        }
        // A connection that is dropped with bytes unread takes the close frame along.
        let until = now() + FAREWELL;
        while self.connection.read().is_ok() && now() < until {}
    }

    /// The next thing that comes until then.
    fn next(&mut self, until: Instant) -> Option<Coming> {
        if !self.connection.can_read() {
            return None;
        }
        self.connection.get_mut().timed().until = until;
        // A server that pings without end is not listened to for ever.
        for _ in 0..FRAMES_MAX {
            return Some(match self.connection.read() {
                Ok(Frame::Text(text)) => Coming::Message(Message::Text(text.as_str().to_owned())),
                Ok(Frame::Binary(bytes)) => Coming::Message(Message::Bytes(bytes.to_vec())),
                Ok(Frame::Close(frame)) => {
                    let _ = self.connection.flush();
                    farewell(frame)
                }
                Ok(_) => {
                    let _ = self.connection.flush(); // The answer to a ping.
                    continue;
                }
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::TimedOut => {
                    if !self.is_lost {
                        return None;
                    }
                    Coming::Loss
                }
                Err(Error::Capacity(CapacityError::MessageTooLong { .. })) => self.too_large(),
                Err(_) => Coming::Loss,
            });
        }
        None
    }

    fn too_large(&mut self) -> Coming {
        let code = CloseCode::Size;
        let reason = "message too big".into();
        let _ = self.connection.close(Some(CloseFrame { code, reason }));
        Coming::Close {
            code: code.into(),
            reason: NetworkFailure::TooLarge.words(),
        }
    }
}

/// The close that a server sends; one without a code counts as 1005.
fn farewell(frame: Option<CloseFrame>) -> Coming {
    match frame {
        Some(frame) => Coming::Close {
            code: frame.code.into(),
            reason: frame.reason.as_str().to_owned(),
        },
        None => Coming::Close {
            code: CloseCode::Status.into(),
            reason: String::new(),
        },
    }
}

/// Header lines.
type Header = Vec<(String, String)>;

fn header(lines: &ureq::http::HeaderMap) -> Header {
    let lines = lines.iter();
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (title(name.as_str()), value)
    };
    lines.map(line).collect()
}

fn request(handshake: &Outgoing) -> Result<Request<()>, Refusal> {
    let url = wire_url(&handshake.url);
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let mut builder = Request::builder()
        .uri(&url)
        .header("Host", authority)
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", generate_key());
    for (name, value) in &handshake.header {
        // A line that HTTP does not know cannot be sent.
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            builder = builder.header(name, value);
        }
    }
    let request = builder.body(());
    request.map_err(|_| NetworkFailure::Garbled.into())
}

/// The proxy that the environment names for the host, as for requests.
fn proxy(url: &str, host: &str) -> Option<Proxy> {
    if is_own_machine(url) {
        return None;
    }
    let proxy = Proxy::try_from_env()?;
    let target = format!("https://{host}").parse().ok()?;
    (!proxy.is_no_proxy(&target)).then_some(proxy)
}

/// A server that hangs up there speaks no TLS.
fn in_handshake_of_tls(failed: Failed) -> Refusal {
    Refusal::Failed(match failed {
        Failed::Other(NetworkFailure::Closed | NetworkFailure::Reset) => {
            Failed::Other(NetworkFailure::Tls)
        }
        other => other,
    })
}

/// Why there is no socket.
enum Refusal {
    /// The server answers something else than that it opens one.
    Status(Response),
    /// There is no answer.
    Failed(Failed),
}

impl From<NetworkFailure> for Refusal {
    fn from(failure: NetworkFailure) -> Self {
        Self::Failed(Failed::Other(failure))
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Http(answer) => Self::Status(Response {
                status: answer.status().as_u16(),
                headers: header(answer.headers()),
                body: Body::Text(String::new()),
            }),
            Error::Io(error) => error.into(),
            Error::Protocol(ProtocolError::HandshakeIncomplete) => NetworkFailure::Closed.into(),
            _ => NetworkFailure::Garbled.into(),
        }
    }
}
