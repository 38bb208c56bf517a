//! What a server does over a WebSocket, and how a rule says it: `WS URL = open STEP STEP …`.
//!
//! A step is `[on PATTERN] [after=2s] ACTION`. The actions are `send MESSAGE`,
//! `send base64 "AP8="`, `echo`, `close [CODE ["REASON"]]` and `drop`. A message is a JSON text, or
//! any other JSON value, which is sent as its text. A pattern is a text, the beginning of one
//! (`"sub *"`), `*` for every message, or an object whose members the message has. The steps may
//! also be one JSON list: `[{"on":"ping","after":"1s","send":"pong"},{"close":1001,"reason":"bye"}]`.
//!
//! A step without `on` counts from the opening, one with `on` from a message that fits. The first
//! pattern that fits answers, with each of its steps.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::network_rule::{milliseconds, word};
use super::real_socket::Turn;
use crate::crypto::base64_text;

/// A message in either direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(#[serde(with = "base64_text::in_json")] Vec<u8>),
}

/// Which messages of the program a step answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Pattern {
    Any,
    Exact(String),
    Beginning(String),
    /// A JSON object with at least these members.
    Members(Map<String, Json>),
}

/// What the server does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Sends a message.
    Send(Message),
    /// Sends back what came.
    Echo,
    /// Closes the connection.
    Close {
        /// Why, as a number.
        code: u16,
        /// Why, in words.
        reason: String,
    },
    /// Is gone without a word.
    Drop,
}

/// Something that the server does after the opening or after a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    on: Option<Pattern>,
    /// When it was recorded, in the place of a pattern.
    pub turn: Option<Turn>,
    /// Milliseconds from then; `None` when the rule does not say it.
    pub after_ms: Option<i64>,
    /// What it does.
    pub act: Act,
}

/// A server that accepts a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Header lines of its answer to the handshake, in order.
    pub header: Vec<(String, String)>,
    steps: Vec<Step>,
}

impl Server {
    /// Reads the steps of a rule, in words or as a JSON list.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(header: Vec<(String, String)>, text: &str) -> Result<Self, &'static str> {
        let list = if text.starts_with('[') {
            serde_json::from_str(text).map_err(|_| "the steps are no JSON list of objects")?
        } else {
            in_words(text)?
        };
        let steps = list.iter().map(Step::read).collect::<Result<_, _>>()?;
        Ok(Self { header, steps })
    }

    /// One that a recording begins with: it accepted and did nothing yet.
    pub fn accepting(header: Vec<(String, String)>) -> Self {
        let steps = Vec::new();
        Self { header, steps }
    }

    /// Adds what it did next.
    pub fn did(&mut self, turn: Turn, act: Act) {
        self.steps.push(Step {
            on: None,
            turn: Some(turn),
            after_ms: None,
            act,
        });
    }

    /// What it did while it was recorded, in order.
    pub fn recorded(&self) -> impl Iterator<Item = (Turn, &Step)> {
        let steps = self.steps.iter();
        steps.filter_map(|step| Some((step.turn?, step)))
    }

    /// What it does of its own accord once the connection is open.
    pub fn begins(&self) -> impl Iterator<Item = &Step> {
        let own = |step: &&Step| step.on.is_none() && step.turn.is_none();
        self.steps.iter().filter(own)
    }

    /// What it does when a message comes.
    pub fn answers(&self, message: &Message) -> impl Iterator<Item = &Step> {
        let mut patterns = self.steps.iter().filter_map(|step| step.on.as_ref());
        let first = patterns.find(|pattern| pattern.fits(message));
        let answering = move |step: &&Step| first.is_some() && step.on.as_ref() == first;
        self.steps.iter().filter(answering)
    }
}

impl Pattern {
    fn fits(&self, message: &Message) -> bool {
        let Message::Text(text) = message else {
            return *self == Self::Any;
        };
        match self {
            Self::Any => true,
            Self::Exact(wanted) => text == wanted,
            Self::Beginning(wanted) => text.starts_with(wanted.as_str()),
            Self::Members(wanted) => match serde_json::from_str(text) {
                Ok(Json::Object(members)) => wanted
                    .iter()
                    .all(|(name, value)| members.get(name) == Some(value)),
                _ => false,
            },
        }
    }

    fn read(json: &Json) -> Result<Self, &'static str> {
        match json {
            Json::Object(members) => Ok(Self::Members(members.clone())),
            Json::String(text) => Ok(match text.strip_suffix('*') {
                Some("") => Self::Any,
                Some(beginning) => Self::Beginning(beginning.to_owned()),
                None => Self::Exact(text.clone()),
            }),
            _ => Err("`on` needs a text in quotes, an object or *"),
        }
    }
}

/// Keys of a step that is written as an object.
const KEYS: &[&str] = &[
    "on", "sent", "rest", "after", "send", "base64", "echo", "close", "reason", "drop",
];

impl Step {
    fn read(step: &Map<String, Json>) -> Result<Self, &'static str> {
        if step.keys().any(|key| !KEYS.contains(&key.as_str())) {
            return Err(
                "a step has on, sent, rest, after, send, base64, echo, close, reason and drop only",
            );
        }
        let turn = turn(step)?;
        let acts = ["send", "echo", "close", "drop"];
        let given = acts.into_iter().filter(|act| step.contains_key(*act));
        let act = match *given.collect::<Vec<_>>() {
            ["send"] => Act::Send(message(&step["send"], step.contains_key("base64"))?),
            ["echo"] => Act::Echo,
            ["close"] => close(&step["close"], step.get("reason"))?,
            ["drop"] => Act::Drop,
            _ => return Err("a step is one of send, echo, close and drop"),
        };
        let on = step.get("on").map(Pattern::read).transpose()?;
        let after = match step.get("after") {
            None => None,
            Some(after) => {
                let ms = after.as_str().and_then(milliseconds);
                Some(ms.ok_or("after=500ms or after=3s")?)
            }
        };
        Ok(Self {
            on: on.or((act == Act::Echo).then_some(Pattern::Any)),
            turn,
            after_ms: after,
            act,
        })
    }
}

/// When a recorded step happened.
fn turn(step: &Map<String, Json>) -> Result<Option<Turn>, &'static str> {
    let number = |key: &str| match step.get(key) {
        None => Ok(None),
        Some(json) => {
            let number = json.as_u64().and_then(|number| u32::try_from(number).ok());
            number.map(Some).ok_or("`sent` and `rest` are numbers")
        }
    };
    match (number("sent")?, number("rest")?) {
        (None, None) => Ok(None),
        _ if step.contains_key("on") || step.contains_key("echo") => {
            Err("a step has `sent` and `rest`, or `on`")
        }
        (sent, rest) => Ok(Some(Turn {
            sent: sent.unwrap_or(0),
            rest: rest.unwrap_or(0),
        })),
    }
}

fn message(json: &Json, base64: bool) -> Result<Message, &'static str> {
    match json {
        Json::String(text) if base64 => {
            let bytes = base64_text::decode(text).ok_or("the message is not base64")?;
            Ok(Message::Bytes(bytes))
        }
        _ if base64 => Err("base64 needs a text in quotes"),
        Json::String(text) => Ok(Message::Text(text.clone())),
        other => Ok(Message::Text(other.to_string())),
    }
}

fn close(code: &Json, reason: Option<&Json>) -> Result<Act, &'static str> {
    let code = match code {
        Json::Null | Json::Bool(true) => 1_000,
        other => {
            let code = other.as_u64().and_then(|code| u16::try_from(code).ok());
            let known = code.filter(|code| (1_000..5_000).contains(code));
            known.ok_or("a close code is 1000 to 4999")?
        }
    };
    let reason = reason.map_or(Some(""), Json::as_str);
    let reason = reason.ok_or("a close reason is a text")?.to_owned();
    Ok(Act::Close { code, reason })
}

/// Steps that are written in words, as the objects that they stand for.
fn in_words(mut text: &str) -> Result<Vec<Map<String, Json>>, &'static str> {
    let mut steps = Vec::new();
    let mut step = Map::new();
    while !text.is_empty() {
        let (first, rest) = word(text);
        text = rest;
        match first.split_once('=') {
            Some(("after", value)) => {
                step.insert("after".to_owned(), value.into());
                continue;
            }
            _ if first == "on" => {
                let (pattern, rest) = match text.strip_prefix('*') {
                    Some(rest) => ("*".into(), rest.trim_start()),
                    None => value(text)?,
                };
                step.insert("on".to_owned(), pattern);
                text = rest;
                continue;
            }
            _ if first == "send" => {
                if let Some(rest) = text.strip_prefix("base64 ") {
                    step.insert("base64".to_owned(), true.into());
                    text = rest.trim_start();
                }
                let (sent, rest) = value(text)?;
                step.insert("send".to_owned(), sent);
                text = rest;
            }
            _ if first == "close" => text = closing(&mut step, text)?,
            _ if ["echo", "drop"].contains(&first) => {
                step.insert(first.to_owned(), true.into());
            }
            _ => return Err("a step is send, echo, close or drop, behind `on` and `after=`"),
        }
        steps.push(std::mem::take(&mut step));
    }
    if step.is_empty() {
        Ok(steps)
    } else {
        Err("the last step has no send, echo, close or drop")
    }
}

/// The code and the reason behind `close`, each optional.
fn closing<'t>(step: &mut Map<String, Json>, text: &'t str) -> Result<&'t str, &'static str> {
    step.insert("close".to_owned(), Json::Null);
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return Ok(text);
    }
    let (code, rest) = value(text)?;
    step.insert("close".to_owned(), code);
    if !rest.starts_with('"') {
        return Ok(rest);
    }
    let (reason, rest) = value(rest)?;
    step.insert("reason".to_owned(), reason);
    Ok(rest)
}

/// The JSON value that a text begins with, and what follows it.
fn value(text: &str) -> Result<(Json, &str), &'static str> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Json>();
    match values.next() {
        Some(Ok(json)) => {
            let rest = &text[values.byte_offset()..];
            Ok((json, rest.trim_start()))
        }
        _ => Err("a message is a text in quotes or another JSON value"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Message, Server};

    fn server(text: &str) -> Server {
        Server::read(Vec::new(), text).expect(text)
    }

    fn text(text: &str) -> Message {
        Message::Text(text.to_owned())
    }

    #[test]
    fn words_and_json_say_the_same() {
        let words = server(
            r#"send "hi" on "ping" after=1s send {"ok":true} on "bye*" close 4001 "done"
               after=500ms close on {"type":"raw"} send base64 "AP8=" echo after=1m drop"#,
        );
        let json = server(
            r#"[{"send":"hi"},{"on":"ping","after":"1s","send":{"ok":true}},
               {"on":"bye*","close":4001,"reason":"done"},{"after":"500ms","close":1000},
               {"on":{"type":"raw"},"send":"AP8=","base64":true},{"echo":true},{"after":"1m","drop":true}]"#,
        );
        assert_eq!(words, json);
        let begins: Vec<_> = words.begins().map(|step| step.act.clone()).collect();
        let close = Act::Close {
            code: 1000,
            reason: String::new(),
        };
        assert_eq!(begins, [Act::Send(text("hi")), close, Act::Drop]);
    }

    #[test]
    fn the_first_pattern_that_fits_answers_with_each_of_its_steps() {
        let server = server(
            r#"on "a" send 1 on "a*" send 2 on "a" after=1s send 3
               on {"t":"x"} send 4 on * send 5 echo"#,
        );
        let answers = |message: Message| {
            let steps = server.answers(&message).map(|step| match &step.act {
                Act::Send(Message::Text(text)) => text.clone(),
                other => format!("{other:?}"),
            });
            steps.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(answers(text("a")), "1 3");
        assert_eq!(answers(text("ab")), "2");
        assert_eq!(answers(text(r#"{"id":1,"t":"x"}"#)), "4");
        assert_eq!(answers(text(r#"{"t":"y"}"#)), "5 Echo");
        assert_eq!(answers(Message::Bytes(vec![97])), "5 Echo");
    }

    #[test]
    fn what_is_no_step_says_why() {
        for text in [
            "ping",
            "send",
            "send hello",
            "send base64 7",
            r#"send base64 "?""#,
            "on send 1",
            "on 7 send 1",
            r#"on "a""#,
            "after=3 echo",
            "close 99",
            "close 5000",
            "[1]",
            "[",
            r#"[{"send":"a","echo":true}]"#,
            r#"[{"say":"a"}]"#,
            r#"[{"sent":-1,"send":"a"}]"#,
            r#"[{"sent":1,"on":"a","send":"a"}]"#,
            r#"[{"close":1000,"reason":1}]"#,
        ] {
            assert!(Server::read(Vec::new(), text).is_err(), "{text}");
        }
    }
}
