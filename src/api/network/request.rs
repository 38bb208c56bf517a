//! `wx.request`: asks a server.
//!
//! Official page: `api/network/request/wx.request`. Any status is a success; `data` is parsed when
//! `dataType` is `json` and it can be. The method is put into capitals first (base library 1.4.2).
//!
//! Differs from the client: caches, HTTP DNS and the mobile network do nothing; a request that asks for
//! HTTP DNS is told that the program bought none.
//! Unverified: a chunked request has an empty text as `data`; its pieces arrive evenly spread over
//! the time until the reply; the words for data that have no JSON; requests, uploads and downloads each have ten places of their own.

use crate::api::exchange::{self, Failure, LATENCY_MS, Progress, Request};
use serde_json::Value as Json;

use crate::api::{Api, Cx, Reply, query, transfer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, Support, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::network::{Body, Response};

const fn optional(name: &'static str, class: Class, since: Version) -> Param {
    Param {
        since,
        ..Param::optional(name, class)
    }
}

const ANY_TIME: Version = Version(0, 0, 0);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "request",
    group: Group::Network,
    summary: "Asks a server.",
    form: Form::Task(&[
        ("HeadersReceived", Version(2, 1, 0)),
        ("ChunkReceived", CHUNKS_SINCE),
    ]),
    promise: false,
    params: &[
        Param::required("url", Class::String),
        optional("data", Class::Any, ANY_TIME),
        optional("header", Class::Object, ANY_TIME),
        optional("method", Class::String, ANY_TIME),
        optional("dataType", Class::String, ANY_TIME),
        optional("responseType", Class::String, Version(1, 7, 0)),
        optional("timeout", Class::Number, Version(2, 10, 0)),
        optional("enableCache", Class::Boolean, Version(2, 10, 4)),
        optional("enableHttp2", Class::Boolean, Version(2, 10, 4)),
        optional("enableQuic", Class::Boolean, Version(2, 10, 4)),
        optional("enableProfile", Class::Boolean, ANY_TIME),
        optional("enableHttpDNS", Class::Boolean, Version(2, 19, 1)),
        optional("httpDNSServiceId", Class::String, Version(2, 19, 1)),
        optional("enableChunked", Class::Boolean, CHUNKS_SINCE),
        optional("forceCellularNetwork", Class::Boolean, Version(2, 21, 0)),
        optional("redirect", Class::String, Version(3, 2, 2)),
        optional("useHighPerformanceMode", Class::Boolean, Version(3, 3, 3)),
        optional("httpDNSTimeout", Class::Number, Version(3, 8, 9)),
        optional("enableHttpDNSFallback", Class::Boolean, Version(3, 16, 2)),
    ],
    tap_state: TapState::Inherited,
    latency_ms: LATENCY_MS,
    fails: &[
        Reason::InvalidUrl(String::new()),
        Reason::InvalidMethod,
        Reason::InvalidData,
        Reason::DomainNotListed,
        Reason::Timeout,
        Reason::Abort,
        Reason::Interrupted,
        Reason::TooManyRedirects,
        Reason::Network(String::new()),
    ],
    support: Support::Partial("caches, HTTP DNS, mobile network"),
    differs: "Declared routes answer; without one the domain counts as not listed, unless its host is open.",
    examples: &[Example {
        title: "Read what a server sends",
        js: "wx.request({ url: 'https://example.com/hello', success: ({ data }) => console.log(data) })",
        replies: "request:ok",
    }],
    ..ApiSpec::ASYNC
};

const CHUNKS_SINCE: Version = Version(2, 20, 2);
const METHODS: &[&str] = &[
    "OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT",
];

/// The member of `wx`.
pub const API: Api = transfer(&SPEC, request, answered);

fn request(_: &mut Cx<'_>, options: &Value) -> Result<Request, Reason> {
    let url = exchange::url(options)?;
    let method = options.get("method").as_str().unwrap_or_default();
    let method = match method.to_ascii_uppercase() {
        method if method.is_empty() => "GET".to_owned(),
        method => method,
    };
    if !METHODS.contains(&method.as_str()) {
        return Err(Reason::InvalidMethod);
    }
    let data = options.get("data");
    if data.has_cycle() {
        return Err(Reason::InvalidData);
    }
    if method == "GET" {
        let url = query::with_query(&url, data);
        return Ok(Request {
            method,
            url,
            body: String::new(),
        });
    }
    let body = body(data, options.get("header"));
    Ok(Request { method, url, body })
}

fn body(data: &Value, header: &Value) -> String {
    let kind = match header {
        Value::Object(lines) => lines
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .and_then(|(_, value)| value.as_str()),
        _ => None,
    };
    let is_form = kind.is_some_and(|kind| kind.contains("x-www-form-urlencoded"));
    match data {
        Value::Undefined | Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bytes(_, bytes) => format!("[{} bytes]", bytes.len()),
        Value::Object(members) if is_form => query::form(members),
        other => other
            .to_json()
            .map_or_else(String::new, |json| json.to_string()),
    }
}

fn answered(cx: &mut Cx<'_>, options: &Value, response: &Response) -> (Vec<Progress>, Reply) {
    let sdk = cx.world.profile().sdk;
    let status = Value::from(u32::from(response.status));
    let (header, cookies) = (exchange::header(response), exchange::cookies(response));
    let mut progress = vec![exchange::headers_received(Value::object([
        ("header", header.clone()),
        ("statusCode", status.clone()),
        ("cookies", cookies.clone()),
    ]))];
    let chunked = options.get("enableChunked").as_bool() == Some(true) && sdk >= CHUNKS_SINCE;
    let is_head = options.get("method").as_str();
    let is_head = is_head.is_some_and(|method| method.eq_ignore_ascii_case("HEAD"));
    // The answer to a HEAD has header lines alone.
    let none = Body::Text(String::new());
    let body = if is_head { &none } else { &response.body };
    let data = if chunked {
        let chunks = chunks(body);
        progress[0].percent = chunks.first().map_or(100, |first| first.percent);
        progress.extend(chunks);
        "".into()
    } else {
        data(options, body, sdk)
    };
    let mut members = vec![("data".to_owned(), data)];
    if sdk >= Version(1, 2, 0) {
        members.push(("header".to_owned(), header));
    }
    members.push(("statusCode".to_owned(), status));
    if sdk >= Version(2, 10, 0) {
        members.push(("cookies".to_owned(), cookies));
    }
    let asks_dns = options.get("enableHttpDNS").as_bool() == Some(true);
    if asks_dns && sdk >= DNS_SINCE {
        members.push(("useHttpDNS".to_owned(), false.into()));
    }
    if sdk >= EXCEPTION_SINCE {
        let reasons: &[Failure] = if asks_dns { &[NO_DNS] } else { &[] };
        members.push(("exception".to_owned(), exchange::exception(reasons)));
    }
    (progress, Ok(members))
}

/// Base library that tells whether HTTP DNS found the address.
const DNS_SINCE: Version = Version(3, 4, 10);
/// Base library whose successes tell what went wrong below them.
const EXCEPTION_SINCE: Version = Version(3, 0, 0);
/// The program has no such service.
const NO_DNS: Failure = ("not buy httpdns service", Some(602_101));

fn data(options: &Value, body: &Body, sdk: Version) -> Value {
    let bytes = options.get("responseType").as_str() == Some("arraybuffer");
    if bytes && sdk >= Version(1, 7, 0) {
        return Value::Bytes("ArrayBuffer", body.bytes());
    }
    let text = exchange::text(body);
    let data_type = options.get("dataType").as_str().unwrap_or("json");
    let parsed = (data_type == "json").then(|| serde_json::from_str::<Json>(&text).ok());
    match parsed.flatten() {
        Some(json) => Value::from(&json),
        None => text.into(),
    }
}

/// The pieces of a body, evenly over the time until the reply.
fn chunks(body: &Body) -> Vec<Progress> {
    let pieces: Vec<Vec<u8>> = match body {
        Body::Chunks(chunks) => chunks
            .iter()
            .map(|text| text.clone().into_bytes())
            .collect(),
        other => vec![other.bytes()],
    };
    let count = i64::try_from(pieces.len()).unwrap_or(i64::MAX);
    let pieces = (1..=count).zip(pieces);
    let progress = pieces.map(|(at, piece)| Progress {
        percent: 100 * at / count,
        event: "ChunkReceived",
        argument: Value::object([("data", Value::Bytes("ArrayBuffer", piece))]),
    });
    progress.collect()
}
