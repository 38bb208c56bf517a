//! `profile` in the results of requests: when their parts began and ended.
//!
//! Official page: "Network performance". On iOS and Android unless `enableProfile` is `false`; times are
//! Unix milliseconds.
//!
//! Differs from the client: the whole time from sending to the answer counts as waiting for the server;
//! every request has a connection of its own to an address that nobody has.

use serde_json::Value as Json;

use crate::profile::Platform;
use crate::value::Value;
use crate::version::Version;
use crate::world::connection::Connection;
use crate::world::{Millis, World};

/// How a request went.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// Whole URL of the last request.
    pub url: &'a str,
    /// When the program asked, and when the request left the queue.
    pub made: Millis,
    /// When it was sent.
    pub sent: Millis,
    /// When the last redirect within the host arrived, if there was one.
    pub redirected: Option<Millis>,
    /// When the answer arrived.
    pub ended: Millis,
    /// Bytes of the bodies: sent, received.
    pub bytes: (usize, usize),
}

/// Base library with the member `usingHighPerformanceMode`.
const MODE_SINCE: Version = Version(3, 3, 4);
/// Base library in which Android's client uses the high-performance mode by itself.
const MODE_BY_DEFAULT_SINCE: Version = Version(3, 5, 0);
/// Base library that tells of the queue.
const QUEUE_SINCE: Version = Version(3, 8, 10);
/// An address of the block that is kept for documentation.
const ADDRESS: &str = "192.0.2.1";

/// The base library in which an API began to have one.
fn since(api: &str) -> Version {
    match api {
        "uploadFile" => Version(3, 5, 0),
        // Never: the download is not the program's own.
        "getImageInfo" => Version(u16::MAX, 0, 0),
        _ => Version(2, 10, 4),
    }
}

/// The member, where there is one.
pub fn profile(world: &World, api: &str, options: &Value, course: &Course<'_>) -> Option<Value> {
    let facts = world.profile();
    let told = matches!(facts.platform, Platform::Ios | Platform::Android);
    if !told || facts.sdk < since(api) || options.get("enableProfile").as_bool() == Some(false) {
        return None;
    }
    let fast = is_fast(world, options);
    let secure = course.url.to_ascii_lowercase().starts_with("https:");
    let (sent, ended) = (time(course.sent), time(course.ended));
    let (redirect_start, redirect_end) = match course.redirected.filter(|_| !fast) {
        Some(at) => (sent.clone(), time(at)),
        None => (0.into(), 0.into()),
    };
    let secured = if secure { sent.clone() } else { 0.into() };
    let took_ms = course.ended.since(course.sent);
    let mut members = vec![
        ("redirectStart", redirect_start),
        ("redirectEnd", redirect_end),
        ("fetchStart", sent.clone()),
        ("domainLookUpStart", sent.clone()),
        ("domainLookUpEnd", sent.clone()),
        ("connectStart", sent.clone()),
        ("connectEnd", sent.clone()),
        ("SSLconnectionStart", secured.clone()),
        ("SSLconnectionEnd", secured),
        ("requestStart", sent.clone()),
        ("requestEnd", sent),
        ("responseStart", ended.clone()),
        ("responseEnd", ended),
        ("rtt", if fast { 0.into() } else { took_ms.into() }),
        ("estimate_nettype", nettype(world.connection(), fast).into()),
        ("httpRttEstimate", 0.into()),
        ("transportRttEstimate", 0.into()),
        ("downstreamThroughputKbpsEstimate", 0.into()),
        ("throughputKbps", 0.into()),
        ("peerIP", if fast { "" } else { ADDRESS }.into()),
        (
            "port",
            if fast { 0 } else { port(course.url, secure) }.into(),
        ),
        ("socketReused", false.into()),
        ("sendBytesCount", course.bytes.0.into()),
        ("receivedBytedCount", course.bytes.1.into()),
        ("protocol", protocol(options, fast).into()),
    ];
    if facts.sdk >= MODE_SINCE {
        members.push(("usingHighPerformanceMode", fast.into()));
    }
    if facts.sdk >= QUEUE_SINCE {
        members.push(("invokeStart", time(course.made)));
        members.push(("queueStart", time(course.made)));
        members.push(("queueEnd", time(course.sent)));
    }
    let members: Vec<(String, Value)> = members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::from(&value)))
        .collect();
    Some(Value::Object(members))
}

fn time(at: Millis) -> Json {
    at.0.into()
}

/// Whether the high-performance mode is used; its profile leaves out much.
fn is_fast(world: &World, options: &Value) -> bool {
    let facts = world.profile();
    let wanted = options.get("useHighPerformanceMode").as_bool();
    let by_default = facts.sdk >= MODE_BY_DEFAULT_SINCE;
    facts.platform == Platform::Android && facts.sdk >= MODE_SINCE && wanted.unwrap_or(by_default)
}

/// The protocol: a chunked answer comes by the oldest one.
fn protocol(options: &Value, fast: bool) -> &'static str {
    let on = |key: &str| options.get(key).as_bool() == Some(true);
    if on("enableChunked") {
        "http1.1"
    } else if on("enableQuic") {
        "quic"
    } else if fast || on("enableHttp2") {
        "h2"
    } else {
        "http1.1"
    }
}

/// The connection as the client numbers it: unknown, none, slow, 2g, 3g, 4g and better.
fn nettype(connection: Connection, fast: bool) -> u32 {
    match connection {
        _ if fast => 0,
        Connection::Unknown => 0,
        Connection::None => 1,
        Connection::G2 => 3,
        Connection::G3 => 4,
        Connection::Wifi | Connection::G4 | Connection::G5 => 5,
    }
}

/// The port that a URL names, else that of its scheme.
fn port(url: &str, secure: bool) -> u32 {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok());
    named.unwrap_or(if secure { 443 } else { 80 })
}

#[cfg(test)]
mod tests {
    use super::{Course, port, profile};
    use crate::profile::{Platform, Profile};
    use crate::value::Value;
    use crate::version::Version;
    use crate::world::{AppFacts, Millis, World};

    fn told(platform: Platform, sdk: Version, api: &str, options: &Value) -> Option<Value> {
        let facts = Profile {
            sdk,
            platform,
            ..Profile::default()
        };
        let world = World::new(facts, AppFacts::default(), 1);
        let course = Course {
            url: "http://a.example:8080/b",
            made: Millis(1_000),
            sent: Millis(1_200),
            redirected: Some(Millis(1_250)),
            ended: Millis(1_300),
            bytes: (2, 30),
        };
        profile(&world, api, options, &course)
    }

    #[test]
    fn phones_tell_it_unless_the_program_does_not_want_it() {
        let (new, none) = (Version(3, 17, 0), Value::Undefined);
        let off = Value::object([("enableProfile", false.into())]);
        assert!(told(Platform::Ios, new, "request", &none).is_some());
        assert!(told(Platform::Ios, new, "request", &off).is_none());
        assert!(told(Platform::Windows, new, "request", &none).is_none());
        assert!(told(Platform::Android, Version(2, 10, 3), "request", &none).is_none());
        assert!(told(Platform::Android, Version(3, 4, 9), "uploadFile", &none).is_none());
        let old = told(Platform::Ios, Version(2, 10, 4), "downloadFile", &none).expect("one");
        assert!(
            old.get("queueStart").is_undefined()
                && old.get("usingHighPerformanceMode").is_undefined()
        );
    }

    #[test]
    fn it_tells_times_bytes_and_protocol() {
        let options = Value::object([("enableHttp2", true.into())]);
        let ios = told(Platform::Ios, Version(3, 17, 0), "request", &options).expect("one");
        let number = |key: &str| ios.get(key).as_f64();
        assert_eq!(number("queueStart"), Some(1_000.0));
        assert_eq!(number("fetchStart"), Some(1_200.0));
        assert_eq!(number("redirectEnd"), Some(1_250.0));
        assert_eq!(number("SSLconnectionStart"), Some(0.0));
        assert_eq!(
            (number("rtt"), number("port")),
            (Some(100.0), Some(8_080.0))
        );
        assert_eq!(number("receivedBytedCount"), Some(30.0));
        assert_eq!(ios.get("protocol").as_str(), Some("h2"));
        let android = told(
            Platform::Android,
            Version(3, 17, 0),
            "request",
            &Value::Undefined,
        );
        let android = android.expect("one");
        assert_eq!(
            android.get("usingHighPerformanceMode").as_bool(),
            Some(true)
        );
        assert_eq!(
            android.get("peerIP").as_str(),
            Some(""),
            "missing in that mode"
        );
        assert_eq!(port("https://a/b:9", true), 443);
    }
}
