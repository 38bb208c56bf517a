//! What servers answer: declared rules, in order. The network is closed to everything else but open
//! hosts ([`open_host`](super::open_host)).
//!
//! The first rule that matches and is not used up answers. A URL without `?` matches every query; one
//! that ends with `*` is a beginning; one without a scheme may be a host alone.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::socket_rule::Server;
use super::{Change, World, sealed::Sealed, server_value};
use crate::crypto::base64_text;

/// The method of rules for WebSockets; `*` is every other.
pub const HANDSHAKE: &str = "WS";

/// Virtual time of an answer when the rule does not say it, in milliseconds.
pub const DELAY_MS: u32 = 50;

/// Body of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A text, perhaps JSON.
    Text(String),
    /// Bytes that are no text.
    Bytes(#[serde(with = "base64_text::in_json")] Vec<u8>),
    /// A text that comes in pieces.
    Chunks(Vec<String>),
}

impl Body {
    /// A text where the bytes are one.
    pub fn of(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Bytes(error.into_bytes()),
        }
    }

    /// All of it.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
            Self::Chunks(chunks) => chunks.concat().into_bytes(),
        }
    }
}

/// What a server sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Header lines in order.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Body,
}

impl Response {
    /// The value of a header line, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.iter();
        let same = |line: &&(String, String)| line.0.eq_ignore_ascii_case(name);
        lines.find(same).map(|(_, value)| value.as_str())
    }
}

/// How a request ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The server answers.
    Response(Response),
    /// No answer comes; the words after `request:fail`.
    Fail(String),
    /// The server accepts a WebSocket.
    Open(Server),
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub(super) method: Option<String>,
    pub(super) url: String,
    pub(super) outcome: Outcome,
    pub(super) delay_ms: i64,
    /// How many more requests it answers; `None` for all.
    pub(super) times: Option<u32>,
    /// The URL is meant letter by letter, with its query.
    pub(super) exact: bool,
}

impl Route {
    /// A rule for a method (`*` is any) and a URL.
    pub fn new(method: &str, url: &str, outcome: Outcome) -> Self {
        Self {
            method: (method != "*").then(|| method.to_ascii_uppercase()),
            url: url.to_owned(),
            outcome,
            delay_ms: i64::from(DELAY_MS),
            times: None,
            exact: false,
        }
    }

    /// Takes so many milliseconds.
    #[must_use]
    pub fn after(self, delay_ms: i64) -> Self {
        Self { delay_ms, ..self }
    }

    /// Answers so many requests only.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        let times = Some(times);
        Self { times, ..self }
    }

    /// Means the URL letter by letter, with its query.
    #[must_use]
    pub fn exact(self) -> Self {
        Self {
            exact: true,
            ..self
        }
    }

    /// The file that its body is in, when it is written `@path`.
    pub fn body_file(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Response(Response {
                body: Body::Text(text),
                ..
            }) => text.strip_prefix('@'),
            _ => None,
        }
    }

    /// Gives it another body.
    #[must_use]
    pub fn with_body(mut self, bytes: Vec<u8>) -> Self {
        if let Outcome::Response(response) = &mut self.outcome {
            response.body = Body::of(bytes);
        }
        self
    }

    /// Its method; `*` is any.
    pub fn method(&self) -> &str {
        self.method.as_deref().unwrap_or("*")
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What comes of a request.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The server of an accepted WebSocket.
    pub fn server_mut(&mut self) -> Option<&mut Server> {
        match &mut self.outcome {
            Outcome::Open(server) => Some(server),
            _ => None,
        }
    }

    fn answers(&self, method: &str, url: &str) -> bool {
        let same_method = match self.method.as_deref() {
            Some(wanted) => wanted == method,
            None => method != HANDSHAKE,
        };
        let same_url = if self.exact {
            self.url == url
        } else {
            matches(&self.url, url)
        };
        self.times != Some(0) && same_method && same_url
    }
}

/// Whether a URL as rules have it stands for that one; one that begins with `/` is a path of any host.
pub fn url_matches(pattern: &str, url: &str) -> bool {
    if !pattern.starts_with('/') {
        return matches(pattern, url);
    }
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    matches(&format!("h{pattern}"), &format!("h{path}"))
}

/// Whether a rule's URL stands for that one.
fn matches(pattern: &str, url: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let (pattern, url) = if pattern.contains("://") {
        (pattern, url)
    } else {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        if !pattern.contains('/') {
            return url.split(['/', '?', '#']).next() == Some(pattern);
        }
        (pattern, url)
    };
    if let Some(beginning) = pattern.strip_suffix('*') {
        return url.starts_with(beginning);
    }
    let path = url.split(['?', '#']).next().unwrap_or(url);
    url == pattern || path == pattern
}

/// The rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Network {
    routes: Vec<Route>,
}

/// Adds a rule behind the others.
#[derive(Clone, Debug)]
pub struct AddRoute(pub Route);

impl Sealed for AddRoute {}
impl Change for AddRoute {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.network.routes.push(self.0);
    }
}

/// Puts a rule before the others.
#[derive(Clone, Debug)]
pub struct PutRoute(pub Route);

impl Sealed for PutRoute {}
impl Change for PutRoute {
    type Effect = ();

    fn apply(self, world: &mut World) {
        // Rules that answered all their requests are of no use any more.
        world.network.routes.retain(|route| route.times != Some(0));
        world.network.routes.insert(0, self.0);
    }
}

/// A request reaches the network: how it ends and after how many milliseconds, or `None` when no
/// rule answers it.
#[derive(Clone, Debug)]
pub struct Fetch<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// Whole URL.
    pub url: &'a str,
}

impl Sealed for Fetch<'_> {}
impl Change for Fetch<'_> {
    type Effect = Option<(i64, Outcome)>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let mut routes = world.network.routes.iter_mut();
        let route = routes.find(|route| route.answers(self.method, self.url))?;
        if let Some(times) = &mut route.times {
            *times -= 1;
        }
        let (delay_ms, outcome) = (route.delay_ms, route.outcome.clone());
        Some((delay_ms, server_value::filled(world, outcome)))
    }
}

impl World {
    /// Whether a rule answers such a request now.
    pub fn has_route(&self, method: &str, url: &str) -> bool {
        let mut routes = self.network.routes.iter();
        routes.any(|route| route.answers(method, url))
    }
}

impl Response {
    /// Header lines as scripts see them: those declared, and the type of a body without one.
    pub fn shown_headers(&self) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        if self.header("content-type").is_none() {
            let bytes = self.body.bytes();
            let is_json = serde_json::from_slice::<Json>(&bytes).is_ok();
            let kind = match &self.body {
                _ if bytes.is_empty() => return headers,
                _ if is_json => "application/json; charset=utf-8",
                Body::Bytes(_) => "application/octet-stream",
                Body::Text(_) | Body::Chunks(_) => "text/plain; charset=utf-8",
            };
            headers.push(("Content-Type".to_owned(), kind.to_owned()));
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::{AddRoute, Body, Fetch, Outcome, Route, matches};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    fn route(text: &str) -> Route {
        text.parse().expect(text)
    }

    #[test]
    fn the_first_rule_that_is_not_used_up_answers() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let url = "https://a.example/b?c=1";
        assert!(!world.has_route("GET", url), "the network is closed");
        for text in [
            "POST https://a.example/b = 500",
            "get https://a.example/b = fail times=1 delay=2s interrupted",
            "* a.example = 201 header=X-A:1 text",
        ] {
            world.apply(AddRoute(route(text)));
        }
        assert!(!world.has_route("WS", url), "`*` is no handshake");
        world.apply(AddRoute(route("WS a.example = open echo")));
        assert!(world.has_route("WS", url));
        let mut fetch = || world.apply(Fetch { method: "GET", url });
        assert_eq!(fetch(), Some((2_000, Outcome::Fail("interrupted".into()))));
        let Some((50, Outcome::Response(response))) = fetch() else {
            panic!("the last rule answers");
        };
        assert_eq!((response.status, response.header("x-a")), (201, Some("1")));
        assert_eq!(response.body, Body::Text("text".into()));
    }

    #[test]
    fn a_url_is_whole_a_beginning_or_a_host() {
        let url = "https://a.example/b/c?d=1";
        for pattern in [
            "https://a.example/b/c",
            "https://a.example/b/c?d=1",
            "https://a.example/b*",
            "a.example",
            "a.example/b/*",
            "*",
        ] {
            assert!(matches(pattern, url), "{pattern}");
        }
        for pattern in [
            "https://a.example/b",
            "https://a.example/b/c?d=2",
            "http://a.example/*",
            "b.a.example",
            "a.exam",
        ] {
            assert!(!matches(pattern, url), "{pattern}");
        }
    }
}
