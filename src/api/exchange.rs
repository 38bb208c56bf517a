//! What the network APIs share: their request, redirects, timeouts, results.
//!
//! Official page: "Network". GET data become the query; other data become JSON or a form by the
//! `content-type` of the request. Any status of the server is a success.
//!
//! Differs from the client: cookies are not kept.
//! Unverified: the words of a request without a connection; no timeout is too long; at most 20 redirects; a redirect repeats the method for 307 and 308 only.

use serde_json::Value as Json;

use super::{Cx, Reply};
use crate::errmsg::{FileProblem, Reason};
use crate::profile::Platform;
use crate::value::{Value, json_number};
use crate::version::Version;
use crate::world::connection::Connection;
use crate::world::network::{Body, DELAY_MS, Fetch, Outcome, Response};

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Whole URL.
    pub url: String,
    /// Body, as text.
    pub body: String,
}

/// Something that a task tells on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// When, in percent of the time until the reply.
    pub percent: i64,
    /// `HeadersReceived`, …
    pub event: &'static str,
    /// What listeners get.
    pub argument: Value,
}

/// The reply to a server's answer, and what the task tells before.
pub type Answered = fn(&mut Cx<'_>, &Value, &Response) -> (Vec<Progress>, Reply);

/// How a request goes.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What the task tells on the way.
    pub progress: Vec<Progress>,
    /// Milliseconds until the reply.
    pub after_ms: i64,
    /// The reply.
    pub reply: Reply,
    /// The request that no rule answers.
    pub unrouted: Option<Request>,
}

impl Exchange {
    fn failed(after_ms: i64, reason: Reason) -> Self {
        Self {
            progress: Vec::new(),
            after_ms,
            reply: Err(reason),
            unrouted: None,
        }
    }

    /// No rule answers.
    pub fn closed(request: Request) -> Self {
        Self {
            unrouted: Some(request),
            ..Self::failed(0, Reason::DomainNotListed)
        }
    }
}

/// Time that a request may take when the program does not say it, in milliseconds.
const TIMEOUT_MS: i64 = 60_000;
/// Longest time, as timers have it (2^31 - 1 milliseconds).
const TIMEOUT_MS_MAX: i64 = 2_147_483_647;
/// Base library that introduced the option `timeout`.
const TIMEOUT_SINCE: Version = Version(2, 10, 0);
/// Redirects that are followed.
const REDIRECTS_MAX: u32 = 20;
/// Base library that introduced `redirect: 'manual'`.
const MANUAL_SINCE: Version = Version(3, 2, 2);

/// What the client says of a request without a connection.
fn offline(platform: Platform) -> &'static str {
    match platform {
        Platform::Android | Platform::Ohos => {
            "errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED"
        }
        _ => "The Internet connection appears to be offline.",
    }
}

/// Sends a request and follows redirects.
pub fn perform(
    cx: &mut Cx<'_>,
    api: &str,
    options: &Value,
    mut request: Request,
    answered: Answered,
) -> Exchange {
    let sdk = cx.world.profile().sdk;
    let manual = options.get("redirect").as_str() == Some("manual") && sdk >= MANUAL_SINCE;
    let timeout_ms = timeout_ms(cx, api, options);
    if cx.world.connection() == Connection::None {
        let words = offline(cx.world.profile().platform).to_owned();
        return Exchange::failed(i64::from(DELAY_MS), Reason::Network(words));
    }
    let mut after_ms = 0;
    for _ in 0..=REDIRECTS_MAX {
        let (method, url) = (request.method.as_str(), request.url.as_str());
        let Some((delay_ms, outcome)) = cx.world.apply(Fetch { method, url }) else {
            let closed = Exchange::closed(request);
            return Exchange { after_ms, ..closed };
        };
        after_ms += delay_ms;
        let response = match outcome {
            Outcome::Fail(words) if after_ms > timeout_ms || words == "timeout" => {
                return Exchange::failed(timeout_ms, Reason::Timeout);
            }
            Outcome::Fail(words) if words == "interrupted" => {
                return Exchange::failed(after_ms, Reason::Interrupted);
            }
            Outcome::Fail(words) => return Exchange::failed(after_ms, Reason::Network(words)),
            Outcome::Response(_) if after_ms > timeout_ms => {
                return Exchange::failed(timeout_ms, Reason::Timeout);
            }
            Outcome::Response(response) => response,
        };
        match response.header("location") {
            Some(location) if !manual && (300..400).contains(&response.status) => {
                request = redirected(&request, location, response.status);
            }
            _ => {
                let (progress, reply) = answered(cx, options, &response);
                return Exchange {
                    progress,
                    after_ms,
                    reply,
                    unrouted: None,
                };
            }
        }
    }
    Exchange::failed(after_ms, Reason::TooManyRedirects)
}

/// The call's own timeout, else that of app.json.
fn timeout_ms(cx: &Cx<'_>, api: &str, options: &Value) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
    let ms = options.get("timeout").as_f64().map(|ms| ms as i64);
    let own = ms.filter(|ms| *ms > 0 && cx.world.profile().sdk >= TIMEOUT_SINCE);
    let app = cx.world.app().network_timeout_ms.get(api).copied();
    own.or(app).unwrap_or(TIMEOUT_MS).min(TIMEOUT_MS_MAX)
}

fn redirected(request: &Request, location: &str, status: u16) -> Request {
    let url = match (location.contains("://"), request.url.find("://")) {
        (false, Some(scheme)) => {
            let host = request.url[scheme + 3..].find('/');
            let end = host.map_or(request.url.len(), |at| scheme + 3 + at);
            let slash = if location.starts_with('/') { "" } else { "/" };
            format!("{}{slash}{location}", &request.url[..end])
        }
        _ => location.to_owned(),
    };
    if status == 307 || status == 308 {
        return Request {
            url,
            ..request.clone()
        };
    }
    Request {
        method: "GET".to_owned(),
        url,
        body: String::new(),
    }
}

/// The URL of the options.
///
/// # Errors
/// It is none.
pub fn url(options: &Value) -> Result<String, Reason> {
    let url = options.get("url").as_str().unwrap_or_default();
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        Ok(url.to_owned())
    } else {
        Err(Reason::InvalidUrl(url.to_owned()))
    }
}

/// A URL with the members of an object in its query, in place of those it has.
pub fn with_query(url: &str, data: &Value) -> String {
    let Value::Object(members) = data else {
        return url.to_owned();
    };
    if members.is_empty() {
        return url.to_owned();
    }
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    for (key, value) in encoded(members) {
        match pairs.iter_mut().find(|pair| pair.0 == key) {
            Some(pair) => pair.1 = value,
            None => pairs.push((key, value)),
        }
    }
    format!("{path}?{}", joined(&pairs))
}

/// The members of an object as a form.
pub fn form(members: &[(String, Value)]) -> String {
    joined(&encoded(members))
}

fn joined(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(key, value)| format!("{key}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(members: &[(String, Value)]) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Undefined => "undefined".to_owned(),
        Value::Number(number) => json_number(*number).to_string(),
        other => other.to_json().unwrap_or(Json::Null).to_string(),
    };
    let members = members.iter();
    members
        .map(|(key, value)| (percent(key), percent(&text(value))))
        .collect()
}

/// `encodeURIComponent`.
fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A body as text; what is no UTF-8 is replaced.
pub fn text(body: &Body) -> String {
    String::from_utf8_lossy(&body.bytes()).into_owned()
}

/// The header lines as an object.
pub fn header(response: &Response) -> Value {
    let mut members: Vec<(String, Value)> = Vec::new();
    for (name, value) in response.shown_headers() {
        match members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Value::String(text))) => {
                text.push(',');
                text.push_str(&value);
            }
            _ => members.push((name, value.into())),
        }
    }
    Value::Object(members)
}

/// The cookies that the server sets.
pub fn cookies(response: &Response) -> Value {
    let lines = response.headers.iter();
    let set = lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    Value::Array(set.map(|(_, value)| value.as_str().into()).collect())
}

/// The header lines arrive.
pub fn headers_received(argument: Value) -> Progress {
    Progress {
        percent: 100,
        event: "HeadersReceived",
        argument,
    }
}

/// Half of the bytes, then all of them, under the names that the task uses.
pub fn progress(total: usize, done: &str, expected: &str) -> Vec<Progress> {
    let number = |count: usize| Value::from(u32::try_from(count).unwrap_or(u32::MAX));
    let step = |percent: i64, count: usize| Progress {
        percent,
        event: "ProgressUpdate",
        argument: Value::object([
            ("progress", number(usize::try_from(percent).unwrap_or(0))),
            (done, number(count)),
            (expected, number(total)),
        ]),
    };
    vec![step(50, total / 2), step(100, total)]
}

/// What every request can fail with.
pub const FAILS: &[Reason] = &[
    Reason::InvalidUrl(String::new()),
    Reason::DomainNotListed,
    Reason::Timeout,
    Reason::Abort,
    Reason::Interrupted,
    Reason::TooManyRedirects,
    Reason::Network(String::new()),
];

/// What a download can fail with besides.
pub const FAILS_WITH_FILES: &[Reason] = &[
    Reason::InvalidUrl(String::new()),
    Reason::DomainNotListed,
    Reason::Timeout,
    Reason::Abort,
    Reason::Interrupted,
    Reason::TooManyRedirects,
    Reason::Network(String::new()),
    Reason::File(FileProblem::PermissionDenied, String::new()),
    Reason::File(FileProblem::NoSuchFile, String::new()),
    Reason::File(FileProblem::IllegalOnDirectory, String::new()),
    Reason::File(FileProblem::NotADirectory, String::new()),
    Reason::File(FileProblem::StorageLimitExceeded, String::new()),
];

/// Latency of rows: a rule may say another.
pub const LATENCY_MS: u32 = DELAY_MS;

#[cfg(test)]
mod tests {
    use super::{Request, form, redirected, with_query};
    use crate::value::Value;

    #[test]
    fn data_replace_and_extend_the_query() {
        let data = Value::object([
            ("a", Value::Number(2.0)),
            ("b c", "é&".into()),
            ("d", Value::Array(vec![Value::Bool(true)])),
        ]);
        assert_eq!(
            with_query("https://a.example/?a=1&x", &data),
            "https://a.example/?a=2&x=&b%20c=%C3%A9%26&d=%5Btrue%5D"
        );
        assert_eq!(with_query("https://a", &Value::Null), "https://a");
        assert_eq!(form(&[("u".into(), Value::Undefined)]), "u=undefined");
    }

    #[test]
    fn a_redirect_goes_to_a_url_or_a_path() {
        let post = Request {
            method: "POST".into(),
            url: "https://a.example/b/c".into(),
            body: "{}".into(),
        };
        let next = redirected(&post, "/d", 302);
        assert_eq!(
            (next.method.as_str(), next.url.as_str()),
            ("GET", "https://a.example/d")
        );
        let next = redirected(&post, "https://b.example", 307);
        assert_eq!(
            (next.method.as_str(), next.url.as_str()),
            ("POST", "https://b.example")
        );
    }
}
