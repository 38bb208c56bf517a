//! A small server on the own machine, in the test process.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    /// `GET /path HTTP/1.1`
    pub(crate) first_line: String,
    /// Names in small letters.
    pub(crate) header: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The path with its query.
    pub(crate) fn path(&self) -> &str {
        self.first_line.split(' ').nth(1).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.header.iter();
        let line = lines.find(|(known, _)| known == name);
        line.map(|(_, value)| value.as_str())
    }
}

/// What the server does with a request.
pub(crate) enum Reply {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Sends nothing for so long.
    Silence(Duration),
    /// Closes.
    Nothing,
}

/// An answer of HTTP.
pub(crate) fn reply(status: &str, header: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in header {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let mut bytes = format!("{text}\r\n").into_bytes();
    bytes.extend(body);
    Reply::Bytes(bytes)
}

pub(crate) fn json(body: &str) -> Reply {
    reply(
        "200 OK",
        &[("content-type", "application/json")],
        body.as_bytes(),
    )
}

/// A server; it ends with the test process.
pub(crate) struct Server {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Starts one that answers each request by `answer`.
    pub(crate) fn start(answer: impl Fn(&Received) -> Reply + Send + 'static) -> Self {
        Self::serve(None, answer)
    }

    /// One that speaks TLS, with a certificate for `localhost`.
    pub(crate) fn start_tls(answer: impl Fn(&Received) -> Reply + Send + 'static) -> Self {
        Self::serve(Some(Arc::new(tls_config())), answer)
    }

    fn serve(
        tls: Option<Arc<ServerConfig>>,
        answer: impl Fn(&Received) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let seen = received.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut stream: Box<dyn Stream> = match &tls {
                    None => Box::new(stream),
                    Some(config) => {
                        let connection = ServerConnection::new(config.clone());
                        let connection = connection.expect("a connection");
                        Box::new(StreamOwned::new(connection, stream))
                    }
                };
                let request = read(&mut stream);
                let reply = answer(&request);
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.push(request);
                drop(seen);
                write(stream, reply);
            }
        });
        Self { port, received }
    }

    /// `http://127.0.0.1:PORT` and the path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The requests so far; a connection without one counts as an empty one.
    pub(crate) fn received(&self) -> Vec<Received> {
        let received = self.received.lock();
        received.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

fn read(stream: &mut Box<dyn Stream>) -> Received {
    let mut reader = BufReader::new(stream);
    let mut request = Received::default();
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|length| length > 2) {
        match line.trim_end().split_once(": ") {
            _ if request.first_line.is_empty() => {
                line.trim_end().clone_into(&mut request.first_line);
            }
            Some((name, value)) => {
                let line = (name.to_ascii_lowercase(), value.to_owned());
                request.header.push(line);
            }
            None => {}
        }
        line.clear();
    }
    let length = request
        .header("content-length")
        .and_then(|it| it.parse().ok());
    request.body = vec![0; length.unwrap_or(0)];
    let _ = reader.read_exact(&mut request.body);
    request
}

fn write(mut stream: Box<dyn Stream>, reply: Reply) {
    match reply {
        Reply::Bytes(bytes) => {
            drop(stream.write_all(&bytes));
            drop(stream.flush());
        }
        Reply::Silence(time) => std::thread::sleep(time),
        Reply::Nothing => {}
    }
}

/// The file with the certificate of [`Server::start_tls`], which vouches for itself.
pub(crate) fn certificate_file() -> &'static str {
    concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/support/tls/certificate.pem"
    )
}

pub(crate) fn tls_config() -> ServerConfig {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/certificate.pem"));
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/key.pem"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.expect("a certificate")],
            key.expect("a key"),
        )
        .expect("a certificate with its key")
}

/// A port at which nobody listens.
pub(crate) fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
