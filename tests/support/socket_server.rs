//! A small WebSocket server on the own machine, in the test process.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};
use tungstenite::handshake::server::{Request, Response};
use tungstenite::http::{HeaderValue, StatusCode};
use tungstenite::{Message, WebSocket, accept_hdr};

use super::server::tls_config;

pub(crate) trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// An open connection, as the server has it.
pub(crate) type Connection = WebSocket<Box<dyn Stream>>;

/// A server; it ends with the test process.
pub(crate) struct SocketServer {
    port: u16,
    heard: Receiver<String>,
}

/// Where the server's side tells what it hears.
pub(crate) type Ear = Sender<String>;

impl SocketServer {
    /// Starts one that accepts each connection, with the first sub-protocol that is offered, and
    /// lets `talk` have it. `/refused` gets 403.
    pub(crate) fn start(
        talk: impl Fn(&mut Connection, &str, &Ear) + Clone + Send + 'static,
    ) -> Self {
        Self::serve(|stream| Box::new(stream), talk)
    }

    /// One that speaks TLS, with a certificate for `localhost`.
    pub(crate) fn start_tls(
        talk: impl Fn(&mut Connection, &str, &Ear) + Clone + Send + 'static,
    ) -> Self {
        let config = std::sync::Arc::new(tls_config());
        let wrap = move |stream| -> Box<dyn Stream> {
            let connection = ServerConnection::new(config.clone()).expect("a connection");
            Box::new(StreamOwned::new(connection, stream))
        };
        Self::serve(wrap, talk)
    }

    fn serve(
        wrap: impl Fn(TcpStream) -> Box<dyn Stream> + Send + 'static,
        talk: impl Fn(&mut Connection, &str, &Ear) + Clone + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (ear, heard) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = stream.set_nodelay(true);
                let stream = wrap(stream);
                let (talk, ear) = (talk.clone(), ear.clone());
                std::thread::spawn(move || attend(stream, &talk, &ear));
            }
        });
        Self { port, heard }
    }

    /// `ws://127.0.0.1:PORT` and the path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("ws://127.0.0.1:{}{path}", self.port)
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The next thing that the server heard.
    #[track_caller]
    pub(crate) fn hears(&self) -> String {
        let heard = self.heard.recv_timeout(Duration::from_secs(20));
        heard.expect("the server hears something")
    }

    /// Insists on a server that has heard nothing more.
    #[track_caller]
    pub(crate) fn hears_nothing(&self) {
        assert_eq!(self.heard.try_recv().ok(), None);
    }
}

fn attend(stream: Box<dyn Stream>, talk: &impl Fn(&mut Connection, &str, &Ear), ear: &Ear) {
    let mut path = String::new();
    #[expect(clippy::result_large_err, reason = "the library wants it so")]
    let accept = |request: &Request, mut response: Response| {
        request.uri().path().clone_into(&mut path);
        let mut lines = vec![format!("{} {}", request.method(), request.uri())];
        for name in [
            "host",
            "x-a",
            "referer",
            "user-agent",
            "sec-websocket-protocol",
        ] {
            if let Some(value) = request.headers().get(name) {
                lines.push(format!("{name}: {}", value.to_str().unwrap_or("?")));
            }
        }
        let _ = ear.send(lines.join("\n"));
        if path == "/refused" {
            let mut refusal = tungstenite::http::Response::new(None);
            *refusal.status_mut() = StatusCode::FORBIDDEN;
            return Err(refusal);
        }
        let header = response.headers_mut();
        header.insert("x-server", HeaderValue::from_static("yes"));
        if let Some(offered) = request.headers().get("sec-websocket-protocol") {
            let first = offered.to_str().unwrap_or_default().split(',').next();
            let first = HeaderValue::from_str(first.unwrap_or_default()).expect("a name");
            header.insert("sec-websocket-protocol", first);
        }
        Ok(response)
    };
    if let Ok(mut connection) = accept_hdr(stream, accept) {
        talk(&mut connection, &path, ear);
    }
}

/// Sends back what comes, until the program closes; tells of the close.
pub(crate) fn echo(connection: &mut Connection, ear: &Ear) {
    loop {
        match connection.read() {
            Ok(Message::Close(Some(frame))) => {
                let _ = ear.send(format!("close {} {}", u16::from(frame.code), frame.reason));
            }
            Ok(message @ (Message::Text(_) | Message::Binary(_))) => {
                if connection.send(message).is_err() {
                    return;
                }
            }
            Ok(_) => {}
            Err(_) => return,
        }
    }
}
