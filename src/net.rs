//! Real servers: the only module that opens connections.
//!
//! A request: one connection, one answer; this process waits for it. A worker never comes here: it
//! asks its supervisor. Redirects and cookies are the business of whoever asks.

pub mod certificate;
pub mod listener;
pub mod post;
mod socket;
mod stream;

use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::CertificateError;
use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderName, HeaderValue, Request, Response as HttpResponse};
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body as HttpBody, Error, Proxy};

use self::socket::Sockets;
use crate::api::outside::{Outgoing, Outside, Resting};
use crate::crypto::hex;
use crate::world::network::{Body, Outcome, Response};
use crate::world::network_failure::{BODY_BYTES_MAX, NetworkFailure};
use crate::world::object::ObjectId;
use crate::world::open_host::{OpenHost, is_own_machine};
use crate::world::real_socket::Wire;
use crate::world::socket::Coming;

/// Longest real time that an answer may take, whatever the program says.
pub const REAL_MS_MAX: i64 = 60_000;

/// Bytes that the header lines of an answer may have.
const HEADER_BYTES_MAX: usize = 256 << 10;

/// Sends requests to hosts that are open.
#[derive(Debug)]
pub struct Client {
    hosts: Vec<OpenHost>,
    /// For the own machine: without a proxy.
    near: OnceLock<Agent>,
    /// For every other host: through the proxy that the environment names, if it does.
    far: OnceLock<Agent>,
    sockets: Sockets,
}

impl Client {
    /// A client for these hosts, which waits so many real milliseconds for a silent WebSocket.
    pub fn new(hosts: Vec<OpenHost>, socket_wait_ms: u64) -> Self {
        Self {
            hosts,
            near: OnceLock::new(),
            far: OnceLock::new(),
            sockets: Sockets::new(Duration::from_millis(socket_wait_ms)),
        }
    }

    fn send(&self, request: &Outgoing) -> Result<Response, Failed> {
        let agent = if is_own_machine(&request.url) {
            self.near.get_or_init(|| agent(None))
        } else {
            self.far.get_or_init(|| agent(Proxy::try_from_env()))
        };
        let mut builder = Request::builder()
            .method(request.method.as_str())
            .uri(wire_url(&request.url));
        for (name, value) in &request.header {
            // A line that HTTP does not know cannot be sent.
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                builder = builder.header(name, value);
            }
        }
        let ms = request.timeout_ms.clamp(1, REAL_MS_MAX);
        let timeout = Some(Duration::from_millis(ms.unsigned_abs()));
        let response = if request.body.is_empty() {
            let request = builder.body(()).map_err(Error::from)?;
            let request = agent.configure_request(request);
            agent.run(request.timeout_global(timeout).build())?
        } else {
            let request = builder.body(request.body.clone()).map_err(Error::from)?;
            let request = agent.configure_request(request);
            agent.run(request.timeout_global(timeout).build())?
        };
        received(response)
    }
}

impl Outside for Client {
    fn exchange(&mut self, request: &Outgoing) -> Outcome {
        // The world has decided that already; nothing leaves this process on the word of another.
        if !self.hosts.iter().any(|host| host.admits(&request.url)) {
            return Outcome::Fail(NetworkFailure::Unreachable.name().to_owned());
        }
        match self.send(request) {
            Ok(response) => Outcome::Response(response),
            Err(Failed::Timeout) => Outcome::Fail("timeout".to_owned()),
            Err(Failed::Other(failure)) => Outcome::Fail(failure.name().to_owned()),
        }
    }

    fn connect(&mut self, socket: ObjectId, handshake: &Outgoing) -> Outcome {
        let url = &handshake.url;
        if !self.hosts.iter().any(|host| host.admits_socket(url)) {
            return Outcome::Fail(NetworkFailure::Unreachable.name().to_owned());
        }
        self.sockets.connect(socket, handshake)
    }

    fn wire(&mut self, wire: &Wire) {
        self.sockets.wire(wire);
    }

    fn rest(&mut self, rest: &Resting) -> Vec<(ObjectId, Coming)> {
        self.sockets.rest(rest)
    }
}

/// A text that nobody can guess: 32 hexadecimal digits from the operating system.
///
/// # Panics
/// The operating system has no random numbers.
pub fn random_token() -> String {
    let mut bytes = [0; 16];
    let provider = rustls::crypto::ring::default_provider();
    provider
        .secure_random
        .fill(&mut bytes)
        .expect("the operating system has random numbers");
    hex::encode(&bytes)
}

fn agent(proxy: Option<Proxy>) -> Agent {
    let found = rustls_native_certs::load_native_certs();
    let certificates = found.certs.iter();
    let certificates: Vec<_> = certificates
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .collect();
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(RootCerts::new_with_certs(&certificates))
        .build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(AutoHeaderValue::None)
        .accept_encoding("identity")
        .max_idle_connections(0)
        .max_response_header_size(HEADER_BYTES_MAX)
        .proxy(proxy)
        .tls_config(tls);
    config.build().new_agent()
}

/// A URL as a server gets it: without fragment, with what has no place in a URL in percents.
fn wire_url(url: &str) -> String {
    use std::fmt::Write as _;
    let url = url.split('#').next().unwrap_or_default();
    let mut wire = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            wire.push(char::from(byte));
        } else {
            let _ = write!(wire, "%{byte:02X}");
        }
    }
    wire
}

fn received(mut response: HttpResponse<HttpBody>) -> Result<Response, Failed> {
    let status = response.status().as_u16();
    let lines = response.headers().iter();
    let headers = lines
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (title(name.as_str()), value)
        })
        .collect();
    let body = response.body_mut().with_config().limit(BODY_BYTES_MAX);
    let bytes = body.read_to_vec()?;
    Ok(Response {
        status,
        headers,
        body: Body::of(bytes),
    })
}

/// The name of a header line as clients show it: `content-type` is `Content-Type`.
fn title(name: &str) -> String {
    let mut begins = true;
    name.chars()
        .map(|letter| {
            let shown = if begins {
                letter.to_ascii_uppercase()
            } else {
                letter
            };
            begins = letter == '-';
            shown
        })
        .collect()
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failed {
    /// The time was over.
    Timeout,
    /// Anything else.
    Other(NetworkFailure),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Other(match error {
            Error::Timeout(_) => return Self::Timeout,
            Error::Io(error) => return Self::from(error),
            Error::HostNotFound => NetworkFailure::NoAddress,
            Error::ConnectionFailed => NetworkFailure::Refused,
            Error::Rustls(error) => of_tls(&error),
            Error::Tls(_) | Error::Pem(_) => NetworkFailure::Tls,
            Error::BodyExceedsLimit(_) | Error::LargeResponseHeader(..) => NetworkFailure::TooLarge,
            Error::Protocol(_) | Error::Http(_) | Error::BadUri(_) => NetworkFailure::Garbled,
            _ => NetworkFailure::Closed,
        })
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind as Kind;
        if let Some(error) = error.get_ref().and_then(|it| it.downcast_ref()) {
            return Self::Other(of_tls(error));
        }
        Self::Other(match error.kind() {
            Kind::TimedOut | Kind::WouldBlock => return Self::Timeout,
            Kind::ConnectionRefused => NetworkFailure::Refused,
            Kind::ConnectionReset | Kind::BrokenPipe => NetworkFailure::Reset,
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::AddrNotAvailable => {
                NetworkFailure::Unreachable
            }
            // The standard library has no kind for a name that leads nowhere.
            _ if error.to_string().contains("lookup address") => NetworkFailure::NoAddress,
            Kind::InvalidData => NetworkFailure::Garbled,
            _ => NetworkFailure::Closed,
        })
    }
}

fn of_tls(error: &rustls::Error) -> NetworkFailure {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => NetworkFailure::CertificateDate,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                NetworkFailure::CertificateName
            }
            _ => NetworkFailure::Certificate,
        },
        _ => NetworkFailure::Tls,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use rustls::{CertificateError, Error as TlsError};
    use ureq::Error;

    use super::{Client, Failed, title, wire_url};
    use crate::api::outside::{Outgoing, Outside as _};
    use crate::world::network::Outcome;
    use crate::world::network_failure::NetworkFailure;
    use crate::world::object::ObjectId;

    #[test]
    fn a_url_goes_over_the_wire_in_ascii() {
        assert_eq!(
            wire_url("https://a.example/茶 b?c=\"d\"&e=[1]|%20#f"),
            "https://a.example/%E8%8C%B6%20b?c=%22d%22&e=[1]%7C%20"
        );
    }

    #[test]
    fn names_of_header_lines_have_capitals() {
        assert_eq!(title("x-request-id"), "X-Request-Id");
        assert_eq!(title("etag"), "Etag");
    }

    #[test]
    fn a_host_that_is_not_open_is_not_asked() {
        let mut client = Client::new(vec!["a.example".parse().expect("a host")], 1);
        let request = Outgoing {
            method: "GET".to_owned(),
            url: "http://127.0.0.1:9/".to_owned(),
            header: Vec::new(),
            body: Vec::new(),
            upload: None,
            timeout_ms: 1,
        };
        let outcome = client.exchange(&request);
        assert_eq!(outcome, Outcome::Fail("unreachable".to_owned()));
        let handshake = Outgoing {
            url: "ws://127.0.0.1:9/".to_owned(),
            ..request
        };
        let outcome = client.connect(ObjectId(1), &handshake);
        assert_eq!(outcome, Outcome::Fail("unreachable".to_owned()));
    }

    #[test]
    fn each_error_is_a_failure_with_a_name() {
        let io = |kind| Failed::from(Error::Io(io::Error::from(kind)));
        let tls = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let certificate = |error| Failed::from(tls(TlsError::InvalidCertificate(error)));
        let lookup = "failed to lookup address information: Name or service not known";
        for (failed, failure) in [
            (
                io(io::ErrorKind::ConnectionRefused),
                NetworkFailure::Refused,
            ),
            (io(io::ErrorKind::ConnectionReset), NetworkFailure::Reset),
            (io(io::ErrorKind::UnexpectedEof), NetworkFailure::Closed),
            (
                io(io::ErrorKind::HostUnreachable),
                NetworkFailure::Unreachable,
            ),
            (
                Failed::from(io::Error::other(lookup)),
                NetworkFailure::NoAddress,
            ),
            (Failed::from(Error::HostNotFound), NetworkFailure::NoAddress),
            (
                Failed::from(Error::BodyExceedsLimit(1)),
                NetworkFailure::TooLarge,
            ),
            (
                Failed::from(Error::BadUri(String::new())),
                NetworkFailure::Garbled,
            ),
            (
                Failed::from(Error::Rustls(TlsError::HandshakeNotComplete)),
                NetworkFailure::Tls,
            ),
            (
                certificate(CertificateError::Expired),
                NetworkFailure::CertificateDate,
            ),
            (
                certificate(CertificateError::NotValidForName),
                NetworkFailure::CertificateName,
            ),
            (
                certificate(CertificateError::UnknownIssuer),
                NetworkFailure::Certificate,
            ),
        ] {
            assert_eq!(failed, Failed::Other(failure));
        }
        assert_eq!(io(io::ErrorKind::TimedOut), Failed::Timeout);
    }
}
