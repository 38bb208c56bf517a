//! What a WebSocket runs over: a connection, with TLS or not, that is read until a moment.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use rustls::{ClientConnection, StreamOwned};

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
