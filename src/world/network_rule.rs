//! How a rule of the network is written: `METHOD URL = STATUS BODY`, or `= fail WORDS`.
//!
//! The method may be `*`. Between status and body may stand `delay=3s`, `times=2`,
//! `header=Name:Value` (no blanks), and `base64` or `chunks` for what the body's text is.

use std::str::FromStr;

use super::network::{Body, DELAY_MS, Outcome, Response, Route};

/// A rule is not written as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`: {problem}; write GET https://a.example/b = 200 {{\"c\":1}}")]
pub struct BadRoute {
    text: String,
    problem: &'static str,
}

impl FromStr for Route {
    type Err = BadRoute;

    fn from_str(text: &str) -> Result<Self, BadRoute> {
        let bad = |problem| BadRoute {
            text: text.to_owned(),
            problem,
        };
        let (left, right) = text
            .split_once(" = ")
            .ok_or_else(|| bad("` = ` is missing"))?;
        let (method, url) = left
            .trim()
            .split_once(char::is_whitespace)
            .ok_or_else(|| bad("a method (or *) and a URL stand before ` = `"))?;
        let (first, rest) = word(right);
        let mut route = Self {
            method: (method != "*").then(|| method.to_ascii_uppercase()),
            url: url.trim().to_owned(),
            outcome: Outcome::Fail(rest.to_owned()),
            delay_ms: i64::from(DELAY_MS),
            times: None,
        };
        let status = first.parse().ok().filter(|code| (100..600).contains(code));
        let rest = match status {
            None if first == "fail" => route.options(rest, None),
            None => return Err(bad("a status or `fail` stands after ` = `")),
            Some(status) => route.options(rest, Some(status)),
        };
        rest.map_err(bad)?;
        Ok(route)
    }
}

/// The first word and the rest.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim_start())
}

impl Route {
    /// Reads what follows the status, or the word `fail`.
    fn options(&mut self, mut text: &str, status: Option<u16>) -> Result<(), &'static str> {
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
        let Some(status) = status else {
            self.outcome = Outcome::Fail(text.to_owned());
            return match text {
                "" => Err("the words of the failure are missing"),
                _ => Ok(()),
            };
        };
        let body = if base64 {
            Body::Bytes(decoded(text).ok_or("the body is not base64")?)
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

/// `500ms` or `3s` in milliseconds.
pub(super) fn milliseconds(text: &str) -> Option<i64> {
    let (number, unit_ms) = match text.strip_suffix("ms") {
        Some(number) => (number, 1),
        None => (text.strip_suffix('s')?, 1_000),
    };
    let number: u32 = number.parse().ok()?;
    Some(i64::from(number) * unit_ms)
}

/// The bytes of a base64 text.
fn decoded(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let at = ALPHABET.iter().position(|letter| *letter == byte)?;
        bits = (bits << 6 | u32::try_from(at).ok()?) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::decoded;
    use crate::world::network::{Body, Outcome, Route};

    fn route(text: &str) -> Route {
        text.parse().expect(text)
    }

    #[test]
    fn a_body_is_text_bytes_pieces_or_a_file() {
        let response = |text: &str| match route(text).outcome {
            Outcome::Response(response) => response.body,
            Outcome::Fail(words) => panic!("{words}"),
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
        assert_eq!(decoded("aGVsbG8="), Some(b"hello".to_vec()));
    }

    #[test]
    fn what_is_no_rule_says_why() {
        for text in [
            "",
            "GET https://a.example",
            "https://a.example = 200",
            "GET a = 99",
            "GET a = ok",
            "GET a = fail",
            "GET a = 200 delay=3",
            "GET a = 200 times=x",
            "GET a = 200 header=x",
            "GET a = 200 base64 ?",
            "GET a = 200 chunks {}",
        ] {
            assert!(text.parse::<Route>().is_err(), "{text}");
        }
    }
}
