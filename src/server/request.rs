//! A request as it came over HTTP.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::crypto::base64_text;

/// Largest body that is read, in bytes; what is longer is refused before it gets here.
pub const BODY_BYTES_MAX: usize = 12 << 20;

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// HTTP method, in capitals.
    pub method: String,
    /// Path, percent-encoding as it came.
    pub path: String,
    /// Query without `?`, as it came.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// Header lines, names in small letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Body.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "base64_text::in_json"
    )]
    pub body: Vec<u8>,
    /// Address of the client, without its port.
    #[serde(default)]
    pub client_ip: String,
}

impl Request {
    /// A `GET` of a path that may have a query.
    pub fn get(url: &str) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            client_ip: "127.0.0.1".to_owned(),
        }
    }

    /// A `POST` of a body to a path that may have a query.
    pub fn post(url: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            method: "POST".to_owned(),
            body: body.into(),
            ..Self::get(url)
        }
    }

    /// The same with one more header line; its name in small letters.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first header line of a name (small letters).
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.iter();
        let line = lines.find(|(own, _)| own == name)?;
        Some(&line.1)
    }

    /// A parameter of the query, decoded; the first of several.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&');
        pairs.find_map(|pair| {
            let (own, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(own) == name).then(|| decoded(value).into_owned())
        })
    }

    /// Path and query as they came.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }
}

/// A part of a query without percent-encoding; `+` is a blank. What is no encoding stays as it is.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = digits.filter(|two| two.bytes().all(|it| it.is_ascii_hexdigit()));
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        (rest, ()) = match (first, code) {
            (b'%', Some(code)) => (&after[2..], bytes.push(code)),
            (b'+', _) => (after, bytes.push(b' ')),
            _ => (after, bytes.push(*first)),
        };
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn parameters_are_decoded_and_the_first_counts() {
        let request = Request::get("/p?a=1%2B+%e4%bd%a0&b&a=2&c=%zz%");
        let value = |name: &str| request.query_value(name);
        assert_eq!(value("a").as_deref(), Some("1+ 你"));
        assert_eq!(value("b").as_deref(), Some(""));
        assert_eq!(value("c").as_deref(), Some("%zz%"));
        assert_eq!(value("d"), None);
        assert_eq!(request.target(), "/p?a=1%2B+%e4%bd%a0&b&a=2&c=%zz%");
    }

    #[test]
    fn a_request_keeps_its_form_when_it_is_written_down() {
        let request = Request::post("/p", [0, 255]).with_header("a", "b");
        let text = serde_json::to_string(&request).expect("a JSON form");
        let again: Request = serde_json::from_str(&text).expect("the same form");
        assert_eq!(again, request);
        assert_eq!(again.header("a"), Some("b"));
    }
}
