//! What a WebSocket runs over: a connection, with TLS or not, that is read until a moment.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use rustls::{ClientConnection, StreamOwned};
use ureq::Proxy;

use crate::crypto::base64_text;

/// Bytes of a proxy's answer.
const ANSWER_BYTES_MAX: usize = 16 << 10;

/// Real time that answers to pings and closes have, when nothing is waited for any more.
const ANSWERING: Duration = Duration::from_millis(200);

/// Connects to the first address of a host that answers.
pub(super) fn tcp(host: &str, port: u16, until: Instant) -> io::Result<TcpStream> {
    let mut last = None;
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, left(until)?) {
            Ok(tcp) => {
                tcp.set_nodelay(true)?;
                return Ok(tcp);
            }
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| io::ErrorKind::HostUnreachable.into()))
}

/// Asks a proxy for a way to the host.
pub(super) fn tunnel(
    proxy: &Proxy,
    host: &str,
    port: u16,
    until: Instant,
) -> io::Result<TcpStream> {
    let tcp = tcp(proxy.host().trim_matches(['[', ']']), proxy.port(), until)?;
    let mut timed = Timed { tcp, until };
    let target = format!("{host}:{port}");
    let mut question = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
    if let Some(user) = proxy.username() {
        let password = proxy.password().unwrap_or_default();
        let secret = base64_text::encode(format!("{user}:{password}").as_bytes());
        question = format!("{question}Proxy-Authorization: Basic {secret}\r\n");
    }
    timed.write_all(format!("{question}\r\n").as_bytes())?;
    // Byte for byte: what follows the answer is the server's.
    let (mut answer, mut byte) = (Vec::new(), [0]);
    while !answer.ends_with(b"\r\n\r\n") && answer.len() < ANSWER_BYTES_MAX {
        timed.read_exact(&mut byte)?;
        answer.extend(byte);
    }
    let status = answer.split(|byte| *byte == b' ').nth(1);
    if status.is_none_or(|status| !status.starts_with(b"2")) {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    Ok(timed.tcp)
}

/// What a WebSocket runs over.
#[derive(Debug)]
pub(super) enum Stream {
    Plain(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
}

impl Stream {
    pub(super) fn timed(&mut self) -> &mut Timed {
        match self {
            Self::Plain(timed) => timed,
            Self::Tls(stream) => &mut stream.sock,
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(timed) => timed.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(timed) => timed.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(timed) => timed.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}

/// A connection whose reads and writes end at a moment with [`io::ErrorKind::TimedOut`].
#[derive(Debug)]
pub(super) struct Timed {
    pub(super) tcp: TcpStream,
    pub(super) until: Instant,
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = if let Ok(left) = left(self.until) {
            self.tcp.set_read_timeout(Some(left))?;
            self.tcp.read(buffer)
        } else {
            self.tcp.set_nonblocking(true)?;
            let read = self.tcp.read(buffer);
            self.tcp.set_nonblocking(false)?;
            read
        };
        read.map_err(timed_out)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = left(self.until).unwrap_or(ANSWERING);
        self.tcp.set_write_timeout(Some(left))?;
        self.tcp.write(bytes).map_err(timed_out)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

/// A time that is over has two names, of which one would mean that a handshake may go on.
fn timed_out(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::WouldBlock => io::ErrorKind::TimedOut.into(),
        _ => error,
    }
}

/// The time until then.
///
/// # Errors
/// It is over.
fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(now());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    Ok(left)
}

#[expect(
    clippy::disallowed_methods,
    reason = "real servers are waited for in real time; virtual time stands still"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}
