//! A request that an interface refuses.

use super::errcode::Code;

/// What the client gets, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `errcode`.
    pub errcode: i64,
    /// `errmsg`, without what servers append.
    pub errmsg: String,
    /// What led to it, for the author; empty when the text says it all.
    pub why: String,
    /// HTTP status of an answer that is the text alone; `None` for one of JSON with status 200.
    pub plain_status: Option<u16>,
}

impl Fault {
    /// A code with another text than its usual one.
    pub fn new(errcode: i64, errmsg: impl Into<String>) -> Self {
        Self {
            errcode,
            errmsg: errmsg.into(),
            why: String::new(),
            plain_status: None,
        }
    }

    /// An answer of a text alone, with an HTTP status.
    pub fn plain(status: u16, text: impl Into<String>) -> Self {
        Self {
            plain_status: Some(status),
            ..Self::new(i64::from(status), text)
        }
    }

    /// The same with a reason for the author.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self::new(code.0, code.1)
    }
}

impl Code {
    /// The fault with a reason for the author.
    pub fn because(self, why: impl Into<String>) -> Fault {
        Fault::from(self).because(why)
    }
}
