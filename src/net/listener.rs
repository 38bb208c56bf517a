//! A server on this machine: HTTP, or HTTPS with a certificate of one's own, in front of a [`Service`].
//!
//! Requests are taken one after the other by whoever owns the world; here they are only read and written. What is
//! longer than the service reads is refused before it gets there, and slow clients are cut off.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request as HttpRequest, Response as HttpResponse, StatusCode};
use axum::response::IntoResponse as _;
use axum::{Router, routing};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

use super::post::Poster;
use crate::server::request::BODY_BYTES_MAX;
use crate::server::{Request, Response};
use crate::world::open_api::delivery::Outcome;

/// How often is looked at what is due, in milliseconds.
const TICK_MS: u64 = 100;
/// How long a request may take to come, in seconds.
const READ_S: u64 = 30;
/// How long open requests are waited for at the end, in seconds.
const GRACE_S: u64 = 1;
/// How many bodies go out at the same time.
const POSTS_MAX: usize = 32;

/// Something that goes out to a developer's server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its number, by which the service knows it.
    pub id: u64,
    /// Where it goes.
    pub url: String,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What stands behind a listener.
pub trait Service: Send + Sync + 'static {
    /// Whether answering the request may need something of outside, which takes its time.
    fn asks_outside(&self, request: &Request) -> bool;

    /// What a request gets; `outside` sends something and waits.
    fn answer(&self, request: Request, outside: &dyn Fn(&Post) -> Outcome) -> Response;

    /// Time has passed: what goes out now.
    fn tick(&self) -> Vec<Post>;

    /// What came of something that went out.
    fn posted(&self, id: u64, outcome: Outcome);
}

/// Where and how to listen.
#[derive(Clone, Debug)]
pub struct Listening {
    /// Address.
    pub address: IpAddr,
    /// Port; 0 for any that is free.
    pub port: u16,
    /// Certificate and key, as PEM files; plain HTTP without.
    pub tls: Option<(PathBuf, PathBuf)>,
}

impl Listening {
    /// At any free port of this machine.
    pub fn anywhere() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            tls: None,
        }
    }
}

/// Listens until the process is told to end (Ctrl-C, or a request to terminate). `ready` gets the address as soon
/// as requests are taken.
///
/// # Errors
/// The address is taken or not this machine's; the certificate cannot be read.
pub fn listen(
    listening: &Listening,
    service: Arc<dyn Service>,
    ready: impl FnOnce(SocketAddr),
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let socket = bound(listening)?;
    let address = socket.local_addr()?;
    runtime.block_on(async {
        let handle = Handle::new();
        tokio::spawn(end(handle.clone()));
        tokio::spawn(tick(service.clone()));
        serve(listening, socket, handle, service, || ready(address)).await
    })
}

/// A listener in threads of its own; it ends when this is dropped.
#[derive(Debug)]
pub struct Background {
    /// Where it listens.
    pub address: SocketAddr,
    handle: Handle<SocketAddr>,
}

impl Drop for Background {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// Listens in threads of its own.
///
/// # Errors
/// The address is taken or not this machine's.
#[expect(
    clippy::disallowed_methods,
    reason = "the supervisor listens; no world is here"
)]
pub fn listen_behind(listening: &Listening, service: Arc<dyn Service>) -> io::Result<Background> {
    let listening = listening.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let socket = bound(&listening)?;
    let background = Background {
        address: socket.local_addr()?,
        handle: Handle::new(),
    };
    let handle = background.handle.clone();
    std::thread::Builder::new()
        .name("wxsim listener".to_owned())
        .spawn(move || {
            // What cannot be served is not answered: whoever asked learns it from that.
            let _ = runtime.block_on(serve(&listening, socket, handle, service, || ()));
        })?;
    Ok(background)
}

fn bound(listening: &Listening) -> io::Result<TcpListener> {
    let socket = TcpListener::bind((listening.address, listening.port))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

async fn serve(
    listening: &Listening,
    socket: TcpListener,
    handle: Handle<SocketAddr>,
    service: Arc<dyn Service>,
    ready: impl FnOnce(),
) -> io::Result<()> {
    let app = Router::new().fallback(routing::any(move |request| reply(service.clone(), request)));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    match &listening.tls {
        None => {
            let server = axum_server::from_tcp(socket)?.handle(handle);
            ready();
            server.serve(app).await
        }
        Some((certificate, key)) => {
            // The first provider that is set stays; it is the same one everywhere here.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let config = RustlsConfig::from_pem_file(certificate, key).await?;
            let server = axum_server::from_tcp_rustls(socket, config)?.handle(handle);
            ready();
            server.serve(app).await
        }
    }
}

/// Ends the server when the process is told to.
async fn end(handle: Handle<SocketAddr>) {
    told_to_end().await;
    handle.graceful_shutdown(Some(Duration::from_secs(GRACE_S)));
}

/// Waits until the process is told to end: Ctrl-C, or SIGTERM.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Does something as soon as the process is told to end, which then does not end by itself any more.
///
/// # Errors
/// The system gives no thread.
#[expect(
    clippy::disallowed_methods,
    reason = "the supervisor listens; no world is here"
)]
pub fn on_end(then: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("wxsim end".to_owned())
        .spawn(move || {
            runtime.block_on(told_to_end());
            then();
        })?;
    Ok(())
}

/// Lets out what is due.
async fn tick(service: Arc<dyn Service>) {
    let poster = Arc::new(Poster::default());
    let posts = Arc::new(tokio::sync::Semaphore::new(POSTS_MAX));
    let mut interval = tokio::time::interval(Duration::from_millis(TICK_MS));
    loop {
        interval.tick().await;
        for post in service.tick() {
            let (service, poster, posts) = (service.clone(), poster.clone(), posts.clone());
            tokio::spawn(async move {
                let Ok(_permit) = posts.acquire_owned().await else {
                    return;
                };
                let id = post.id;
                let sent = tokio::task::spawn_blocking(move || poster.send(&post)).await;
                let outcome = sent.unwrap_or_else(|error| Outcome::Failed(error.to_string()));
                service.posted(id, outcome);
            });
        }
    }
}

async fn reply(service: Arc<dyn Service>, request: HttpRequest<Body>) -> HttpResponse<Body> {
    let (head, body) = request.into_parts();
    let client = head.extensions.get::<ConnectInfo<SocketAddr>>();
    let client_ip = client.map_or_else(String::new, |it| it.0.ip().to_string());
    let read = to_bytes(body, BODY_BYTES_MAX);
    let body = match tokio::time::timeout(Duration::from_secs(READ_S), read).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let words = format!("the body is longer than {BODY_BYTES_MAX} bytes, or was cut");
            return (StatusCode::PAYLOAD_TOO_LARGE, words).into_response();
        }
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: lines(&head),
        body: body.to_vec(),
        client_ip,
    };
    let poster = Poster::default();
    let outside = |post: &Post| poster.send(post);
    let response = if service.asks_outside(&request) {
        tokio::task::block_in_place(|| service.answer(request, &outside))
    } else {
        service.answer(request, &outside)
    };
    if response.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(response.delay_ms)).await;
    }
    if response.is_cut {
        return cut();
    }
    let mut out = HttpResponse::builder().status(response.status);
    for (name, value) in &response.headers {
        out = out.header(name, value);
    }
    out.body(Body::from(response.body))
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The header lines. The host that HTTP/2 has, or a whole URL in the first line, counts before any `host` line.
fn lines(head: &Parts) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let authority = head.uri.authority();
    let host = authority.map(|it| ("host".to_owned(), it.as_str().to_owned()));
    let own = head.headers.iter();
    let own = own.map(|(name, value)| (name.as_str().to_owned(), text(value)));
    host.into_iter().chain(own).collect()
}

/// A response whose body breaks before its first byte: the connection ends, and nothing was written.
fn cut() -> HttpResponse<Body> {
    let broken = async { Err::<Vec<u8>, _>(io::Error::from(io::ErrorKind::ConnectionAborted)) };
    HttpResponse::new(Body::from_stream(futures_util::stream::once(broken)))
}
