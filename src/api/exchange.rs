//! What the network APIs share: their request, redirects, timeouts, results.
//!
//! Official page: "Network". GET data become the query; other data become JSON or a form by the
//! `content-type` of the request. Any status of the server is a success.
//!
//! Differs from the client: cookies are not kept; texts in other encodings than UTF-8 are not converted.
//! Unverified: no timeout is too long; at most 20 redirects; a redirect repeats the method for 307 and 308 only.

use super::outside::{self, Outside, outgoing};
use super::redirect::{origin, redirected};
use super::request_profile::{Course, profile};
use super::{Cx, Reply};
use crate::errmsg::{FileProblem, Reason};
use crate::value::Value;
use crate::version::Version;
use crate::world::connection::{Connection, offline_words};
use crate::world::network::{Body, DELAY_MS, Fetch, Outcome, Response};
use crate::world::network_failure::NetworkFailure;
use crate::world::{Millis, World};

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

/// The reply to a call whose answer has arrived, from the members of a success.
pub type Arrived = fn(&mut Cx<'_>, &Value, Vec<(String, Value)>) -> Reply;

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

/// A request that leaves the queue.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Name of the API.
    pub api: &'static str,
    /// Its options.
    pub options: &'a Value,
    /// When the program asked.
    pub made: Millis,
}

/// Sends a request and follows redirects. What no rule answers goes `outside` when its host is open.
pub fn perform(
    cx: &mut Cx<'_>,
    asking: Asking<'_>,
    mut request: Request,
    answered: Answered,
    mut outside: Option<&mut (dyn Outside + 'static)>,
) -> Exchange {
    let Asking { api, options, made } = asking;
    let sdk = cx.world.profile().sdk;
    let manual = options.get("redirect").as_str() == Some("manual") && sdk >= MANUAL_SINCE;
    let timeout_ms = timeout_ms(cx, api, options);
    if cx.world.connection() == Connection::None {
        let words = offline_words(cx.world.profile().platform).to_owned();
        return Exchange::failed(i64::from(DELAY_MS), Reason::Network(words));
    }
    let (sent, first_url) = (cx.world.now(), request.url.clone());
    let (mut after_ms, mut redirected_at) = (0, None);
    for _ in 0..=REDIRECTS_MAX {
        let (method, url) = (request.method.as_str(), request.url.as_str());
        let of_a_rule = cx.world.apply(Fetch { method, url });
        let fetched = of_a_rule.or_else(|| {
            let outside = outside.as_mut().filter(|_| cx.world.is_open(url))?;
            let outgoing = outgoing(cx, asking, &first_url, &request, timeout_ms);
            Some((i64::from(DELAY_MS), outside.exchange(&outgoing)))
        });
        let Some((delay_ms, outcome)) = fetched else {
            let closed = Exchange::closed(request);
            return Exchange { after_ms, ..closed };
        };
        after_ms += delay_ms;
        let response = match received(outcome, after_ms, timeout_ms) {
            Ok(response) => response,
            Err(Reason::Timeout) => return Exchange::failed(timeout_ms, Reason::Timeout),
            Err(reason) => return Exchange::failed(after_ms, reason),
        };
        if let Some(location) = response.header("location")
            && !manual
            && (300..400).contains(&response.status)
        {
            let next = redirected(&request, location, response.status);
            let same = origin(&next.url) == origin(&request.url);
            redirected_at = same.then(|| sent.plus(after_ms));
            request = next;
            continue;
        }
        let (progress, mut reply) = answered(cx, options, &response);
        let course = Course {
            url: &request.url,
            made,
            sent,
            redirected: redirected_at,
            ended: sent.plus(after_ms),
            bytes: bytes(cx, asking, &request, &response),
        };
        if let Ok(members) = &mut reply
            && let Some(profile) = profile(cx.world, api, options, &course)
        {
            members.push(("profile".to_owned(), profile));
        }
        return Exchange {
            progress,
            after_ms,
            reply,
            unrouted: None,
        };
    }
    Exchange::failed(after_ms, Reason::TooManyRedirects)
}

/// How long the bodies are: what a request stands for, what came.
fn bytes(
    cx: &mut Cx<'_>,
    asking: Asking<'_>,
    request: &Request,
    response: &Response,
) -> (usize, usize) {
    let sent = outside::body(cx, asking, request).0.len();
    (sent, response.body.bytes().len())
}

/// What comes of a rule within the time.
fn received(outcome: Outcome, after_ms: i64, timeout_ms: i64) -> Result<Response, Reason> {
    match outcome {
        Outcome::Fail(words) if words == "timeout" => Err(Reason::Timeout),
        _ if after_ms > timeout_ms => Err(Reason::Timeout),
        Outcome::Fail(words) if words == "interrupted" => Err(Reason::Interrupted),
        Outcome::Fail(words) => Err(Reason::Network(match NetworkFailure::parse(&words) {
            Some(failure) => failure.words(),
            None => words,
        })),
        Outcome::Response(response) => Ok(response),
        // Only rules of the method WS open something, and no request has that method.
        Outcome::Open(_) => Err(Reason::DomainNotListed),
    }
}

/// The call's own timeout, else that of app.json.
pub fn timeout_ms(cx: &Cx<'_>, api: &str, options: &Value) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
    let ms = options.get("timeout").as_f64().map(|ms| ms as i64);
    let own = ms.filter(|ms| *ms > 0 && cx.world.profile().sdk >= TIMEOUT_SINCE);
    let app = cx.world.app().network_timeout_ms.get(api).copied();
    own.or(app).unwrap_or(TIMEOUT_MS).min(TIMEOUT_MS_MAX)
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

/// A body as text, without a byte order mark; what is no UTF-8 is replaced.
pub fn text(body: &Body) -> String {
    let text = String::from_utf8_lossy(&body.bytes()).into_owned();
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
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

/// What a download can fail with.
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
    Reason::File(FileProblem::NameTooLong, String::new()),
    Reason::File(FileProblem::StorageLimitExceeded, String::new()),
];

/// Something that went wrong on the way: the client's words and number.
pub type Failure<'a> = (&'a str, Option<u32>);

/// The member `exception` of results: what went wrong on the way.
pub fn exception(failures: &[Failure<'_>]) -> Value {
    let reasons = failures.iter().map(|(words, errno)| {
        let mut members = vec![("errMsg".to_owned(), Value::from(*words))];
        members.extend(errno.map(|errno| ("errno".to_owned(), errno.into())));
        Value::Object(members)
    });
    Value::object([
        ("reasons", Value::Array(reasons.collect())),
        ("retryCount", 0_u32.into()),
    ])
}

/// Base library whose failed requests have the member `exception`.
const EXCEPTION_SINCE: Version = Version(3, 8, 10);

/// The member `exception` of a failed call, where there is one.
pub fn failed_exception(api: &str, reason: &Reason, world: &World) -> Option<Value> {
    let profile = world.profile();
    let refused = matches!(
        reason,
        Reason::Parameter(_) | Reason::InvalidUrl(_) | Reason::InvalidMethod | Reason::InvalidData
    );
    if api != "request" || profile.sdk < EXCEPTION_SINCE || refused {
        return None;
    }
    let of_network = matches!(
        reason,
        Reason::Network(_) | Reason::Timeout | Reason::Interrupted | Reason::TooManyRedirects
    );
    let words = reason.text(api, profile);
    let failures = [(words.as_str(), reason.errno())];
    Some(exception(if of_network { &failures } else { &[] }))
}

/// Latency of rows: a rule may say another.
pub const LATENCY_MS: u32 = DELAY_MS;
