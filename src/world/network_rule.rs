//! How a rule of the network is written: `METHOD URL = STATUS BODY`, or `= fail WORDS`.
//!
//! The method may be `*`. Between status and body may stand `delay=3s`, `times=2`,
//! `header=Name:Value` (no blanks), and `base64` or `chunks` for what the body's text is. The method
//! `WS` is the handshake of a WebSocket: `WS URL = open STEPS` accepts it
//! ([`socket_rule`](super::socket_rule) reads the steps), a status or `fail WORDS` refuses it.

use std::str::FromStr;

use super::network::{Body, HANDSHAKE, Outcome, Response, Route};
use super::server_value::check_body;
use super::socket_rule::Server;
use crate::crypto::base64_text;

/// Methods of rules: any, those that `wx.request` has, the handshake of a WebSocket.
pub const METHODS: &[&str] = &[
    "*", "OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT", HANDSHAKE,
];

/// A rule is not written as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`: {problem}; write GET https://a.example/b = 200 {{\"c\":1}}")]
pub struct BadRoute {
    text: String,
    problem: String,
}

impl FromStr for Route {
    type Err = BadRoute;

    fn from_str(text: &str) -> Result<Self, BadRoute> {
        let bad = |problem: &str| BadRoute {
            text: text.to_owned(),
            problem: problem.to_owned(),
        };
        let (left, right) = text
            .split_once(" = ")
            .ok_or_else(|| bad("` = ` is missing"))?;
        let (method, url) = left
            .trim()
            .split_once(char::is_whitespace)
            .ok_or_else(|| bad("a method (or *) and a URL stand before ` = `"))?;
        if !METHODS.contains(&method.to_ascii_uppercase().as_str()) {
            return Err(bad(
                "the method is GET, POST or another of wx.request, WS or *",
            ));
        }
        let (first, rest) = word(right);
        let mut route = Self::new(method, url.trim(), Outcome::Fail(rest.to_owned()));
        let status = first.parse().ok().filter(|code| (100..600).contains(code));
        let begins = match status {
            None if first == "fail" => Begins::Failure,
            None if first == "open" && route.method.as_deref() == Some(HANDSHAKE) => Begins::Open,
            None => {
                return Err(bad(
                    "a status or `fail` (for WS also `open`) stands after ` = `",
                ));
            }
            Some(status) => Begins::Answer(status),
        };
        route.options(rest, begins).map_err(bad)?;
        if let Outcome::Response(response) = &route.outcome {
            check_body(&response.body).map_err(|problem| bad(&problem))?;
        }
        Ok(route)
    }
}

/// What a rule says first.
#[derive(Clone, Copy)]
enum Begins {
    /// A status.
    Answer(u16),
    /// The word `fail`.
    Failure,
    /// The word `open`.
    Open,
}

/// The first word and the rest.
pub(super) fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim_start())
}

impl Route {
    /// Reads what follows the first word.
    fn options(&mut self, mut text: &str, begins: Begins) -> Result<(), &'static str> {
        let mut headers = Vec::new();
        let (mut base64, mut chunks) = (false, false);
        loop {
            let (first, rest) = word(text);
            match first.split_once('=') {
                Some(("delay", value)) => {
                    self.delay_ms = milliseconds(value).ok_or("delay=500ms or delay=3s")?;
                }
                Some(("times", value)) => {
                    self.times = Some(value.parse().map_err(|_| "times=2 needs a number")?);
                }
                Some(("header", value)) => {
                    let (name, value) = value.split_once(':').ok_or("header=Name:Value")?;
                    headers.push((name.to_owned(), value.to_owned()));
                }
                _ if first == "base64" => base64 = true,
                _ if first == "chunks" => chunks = true,
                _ => break,
            }
            text = rest;
        }
        let status = match begins {
            Begins::Answer(status) => status,
            Begins::Open => {
                self.outcome = Outcome::Open(Server::read(headers, text)?);
                return Ok(());
            }
            Begins::Failure if text.is_empty() => {
                return Err("the words of the failure are missing");
            }
            Begins::Failure => {
                self.outcome = Outcome::Fail(text.to_owned());
                return Ok(());
            }
        };
        let body = if base64 {
            Body::Bytes(base64_text::decode(text).ok_or("the body is not base64")?)
        } else if chunks {
            let list = serde_json::from_str(text);
            Body::Chunks(list.map_err(|_| "chunks need a JSON list of texts")?)
        } else {
            Body::Text(text.to_owned())
        };
        self.outcome = Outcome::Response(Response {
            status,
            headers,
            body,
        });
        Ok(())
    }
}

/// `500ms`, `3s` or `2m` in milliseconds.
pub fn milliseconds(text: &str) -> Option<i64> {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000)];
    let (number, unit_ms) = units
        .into_iter()
        .find_map(|(unit, ms)| Some((text.strip_suffix(unit)?, ms)))?;
    let number: u32 = number.parse().ok()?;
    Some(i64::from(number) * unit_ms)
}

#[cfg(test)]
mod tests {
    use crate::world::network::{Body, Outcome, Route};

    fn route(text: &str) -> Route {
        text.parse().expect(text)
    }

    #[test]
    fn a_body_is_text_bytes_pieces_or_a_file() {
        let response = |text: &str| match route(text).outcome {
            Outcome::Response(response) => response.body,
            other => panic!("{other:?}"),
        };
        assert_eq!(response("GET a = 200"), Body::Text(String::new()));
        assert_eq!(
            response("GET a = 200 base64 AP8="),
            Body::Bytes(vec![0, 255])
        );
        let chunks = Body::Chunks(vec!["a".into(), "b".into()]);
        assert_eq!(response(r#"GET a = 200 chunks ["a","b"]"#), chunks);
        let file = route("GET a = 200 @data.json");
        assert_eq!(file.body_file(), Some("data.json"));
        assert_eq!(file.with_body(b"{}".to_vec()).body_file(), None);
    }

    #[test]
    fn what_is_no_rule_says_why() {
        for text in [
            "",
            "GET https://a.example",
            "https://a.example = 200",
            "GTE a = 200",
            "GET a = 99",
            "GET a = ok",
            "GET a = fail",
            "GET a = 200 delay=3",
            "GET a = 200 times=x",
            "GET a = 200 header=x",
            "GET a = 200 base64 ?",
            "GET a = 200 chunks {}",
            "GET a = open",
            "* a = open",
            "GET a = 200 {\"$pay\":{}}",
            "WS a = open hello",
        ] {
            assert!(text.parse::<Route>().is_err(), "{text}");
        }
    }
}
