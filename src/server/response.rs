//! What goes back.

use serde_json::Value as Json;

/// A response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// Why it failed, for the author; empty when it did not. It does not go over the wire.
    pub why: String,
    /// How long it is held back, in milliseconds.
    pub delay_ms: u64,
    /// Whether the connection ends without an answer.
    pub is_cut: bool,
}

impl Response {
    /// A body of a type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body: body.into(),
            ..Self::default()
        }
    }

    /// JSON on one line, which some clients need.
    pub fn json(status: u16, content_type: &str, body: &Json) -> Self {
        Self::new(status, content_type, body.to_string())
    }

    /// The same with one more header line.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same with a reason for the author.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// The first header line of a name, in any letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.iter();
        let line = lines.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(&line.1)
    }

    /// The body as JSON; `null` when it is none.
    pub fn body_json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}
