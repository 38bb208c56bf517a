//! An interface as a row of a table, and what it answers.

use serde_json::{Map, Value as Json};

use super::asked::Asked;
use super::errcode::{self, Code};
use super::fault::Fault;
use crate::profile::Date;
use crate::world::World;

/// Which methods an interface takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `GET` alone.
    Get,
    /// `POST` alone.
    Post,
    /// Both.
    Any,
}

/// What a client proves itself with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing, or what the interface checks itself.
    Open,
    /// `access_token` in the query.
    Token,
}

/// One interface.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// What the official documentation calls it: `code2Session`.
    pub name: &'static str,
    /// Its path.
    pub path: &'static str,
    /// Its methods.
    pub verb: Verb,
    /// What it asks of a client.
    pub access: Access,
    /// From this day it exists; before, its path is unknown.
    pub since: Option<Date>,
    /// From this day it answers that it is not supported any more.
    pub until: Option<Date>,
    /// Calls that an app has in a minute and in a day of China; `None` for any number.
    pub limits: (Option<u32>, Option<u32>),
    /// What it answers when the calls of a minute are used up.
    pub minute_code: Code,
    /// Before this day the limit of a minute was told as that of a day, 45009.
    pub minute_told_from: Option<Date>,
    /// What it does.
    pub handle: Handle,
}

/// What an interface does.
pub type Handle = fn(&mut World, &Asked<'_>) -> Result<Answer, Fault>;

impl Endpoint {
    /// An interface of a token that exists on all days and has no limits.
    pub const fn new(name: &'static str, verb: Verb, path: &'static str, handle: Handle) -> Self {
        Self {
            name,
            path,
            verb,
            access: Access::Token,
            since: None,
            until: None,
            limits: (None, None),
            minute_code: errcode::MINUTE_QUOTA,
            minute_told_from: None,
            handle,
        }
    }

    /// The same without a token.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.access = Access::Open;
        self
    }

    /// The same from a day on.
    #[must_use]
    pub const fn since(mut self, day: Date) -> Self {
        self.since = Some(day);
        self
    }

    /// The same until a day.
    #[must_use]
    pub const fn until(mut self, day: Date) -> Self {
        self.until = Some(day);
        self
    }

    /// The same with so many calls of an app in a minute.
    #[must_use]
    pub const fn per_minute(mut self, calls: u32) -> Self {
        self.limits.0 = Some(calls);
        self
    }

    /// The same that answers this when the calls of a minute are used up.
    #[must_use]
    pub const fn minute_code(mut self, code: Code) -> Self {
        self.minute_code = code;
        self
    }

    /// The same with a number of its own for the limit of a minute from a day on.
    #[must_use]
    pub const fn minute_told_from(mut self, day: Date) -> Self {
        self.minute_told_from = Some(day);
        self
    }

    /// The same with so many calls of an app in a day of China.
    #[must_use]
    pub const fn per_day(mut self, calls: u32) -> Self {
        self.limits.1 = Some(calls);
        self
    }
}

/// What an interface answers when it does not fail.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Members alone, without `errcode`.
    Data(Json),
    /// `errcode` 0, `errmsg` `ok`, and these members behind.
    Ok(Map<String, Json>),
    /// Bytes of a type, with header lines.
    Bytes {
        /// `Content-Type`.
        content_type: String,
        /// The bytes.
        bytes: Vec<u8>,
        /// More header lines.
        headers: Vec<(String, String)>,
    },
}

impl Answer {
    /// `errcode` 0 alone.
    pub fn ok() -> Self {
        Self::Ok(Map::new())
    }

    /// `errcode` 0 and the members of an object; anything else is no member.
    pub fn with(members: Json) -> Self {
        match members {
            Json::Object(members) => Self::Ok(members),
            _ => Self::ok(),
        }
    }
}
