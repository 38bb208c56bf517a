//! Steps with messages: the program's server sends one, the user taps one.
//!
//! Official pages: `subscribeMessage.send`, `templateMessage.send`, `uniformMessage.send`. The JSON of a step is the
//! body that a server posts, without what the step knows: `touser` is who holds the phone unless it is said.
//!
//! Differs from the client: `miniprogram_state`, `lang`, `color` and `url` change nothing.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::core::Core;
use super::sim::{Sim, StepError};
use super::step::BadStep;
use crate::near::near;
use crate::world::foreground::RunState;
use crate::world::message::send::{Draft, SendOfAccount, SendSubscribed, SendTemplate, Sent};

/// Which interface sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interface {
    Subscribe,
    Template,
    Uniform,
}

/// Interfaces with their words, and the keys of their bodies.
const INTERFACES: &[(&str, Interface, &[&str])] = &[
    (
        "subscribe-send",
        Interface::Subscribe,
        &[
            "touser",
            "template_id",
            "page",
            "data",
            "miniprogram_state",
            "lang",
        ],
    ),
    (
        "template-send",
        Interface::Template,
        &[
            "touser",
            "template_id",
            "page",
            "form_id",
            "data",
            "color",
            "emphasis_keyword",
        ],
    ),
    (
        "uniform-send",
        Interface::Uniform,
        &["touser", "mp_template_msg", "weapp_template_msg"],
    ),
];

/// Keys of the message of an official account.
const OF_ACCOUNT: &[&str] = &["appid", "template_id", "url", "miniprogram", "data"];

/// `server subscribe-send JSON`: the program's server sends a message.
#[derive(Clone, Debug, PartialEq)]
pub struct SendStep {
    interface: Interface,
    body: Map<String, Json>,
}

impl SendStep {
    /// The step of a word and what follows it; `None` when the word is no interface.
    pub(super) fn parse(word: &str, rest: &str) -> Option<Result<Self, BadStep>> {
        let (name, interface, keys) = INTERFACES.iter().find(|(name, ..)| *name == word)?;
        Some(body(name, rest, keys).map(|body| Self {
            interface: *interface,
            body,
        }))
    }

    /// Its word in a step.
    pub(super) fn name(&self) -> &'static str {
        let mut all = INTERFACES.iter();
        let found = all.find(|(_, interface, _)| *interface == self.interface);
        found.map_or("", |(name, ..)| *name)
    }
}

impl fmt::Display for SendStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = Json::Object(self.body.clone());
        write!(f, "{} {body}", self.name())
    }
}

/// The body of a step, checked as far as it can be without a world.
fn body(name: &str, rest: &str, keys: &[&str]) -> Result<Map<String, Json>, BadStep> {
    let example =
        "{\"template_id\":\"TEA\",\"page\":\"pages/a/a\",\"data\":{\"thing1\":{\"value\":\"茶\"}}}";
    let bad = |why: String| BadStep(format!("`server {name}`: {why}"));
    let json: Json = serde_json::from_str(rest)
        .map_err(|error| bad(format!("it needs JSON such as {example}: {error}")))?;
    let body = json.as_object().cloned();
    let body = body.ok_or_else(|| bad(format!("it needs an object such as {example}")))?;
    check_keys(&body, keys).map_err(bad)?;
    let of_account = body.get("mp_template_msg");
    if name == "uniform-send" {
        let message = of_account.and_then(Json::as_object).ok_or_else(|| {
            bad("it needs `mp_template_msg`, the message of an official account; a template message \
                 is sent with `server template-send`"
                .to_owned())
        })?;
        check_keys(message, OF_ACCOUNT).map_err(bad)?;
    }
    let data = of_account.map_or(body.get("data"), |message| message.get("data"));
    values(data).map_err(bad)?;
    Ok(body)
}

fn check_keys(object: &Map<String, Json>, keys: &[&str]) -> Result<(), String> {
    let Some(key) = object.keys().find(|key| !keys.contains(&key.as_str())) else {
        return Ok(());
    };
    let near = near(key, keys.iter().copied());
    Err(match near.first() {
        Some(near) => format!("no key is called `{key}`; did you mean `{near}`?"),
        None => format!("no key is called `{key}`; there are {}", keys.join(", ")),
    })
}

/// Keys and values of `data`: `{"thing1":{"value":"茶"}}`.
fn values(data: Option<&Json>) -> Result<Vec<(String, String)>, String> {
    let Some(data) = data else {
        return Ok(Vec::new());
    };
    let wanted = "`data` is an object such as {\"thing1\":{\"value\":\"茶\"}}";
    let members = data.as_object().ok_or_else(|| wanted.to_owned())?;
    let one = |(key, member): (&String, &Json)| {
        let value = match &member["value"] {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => return Err(format!("{wanted}; `{key}` is {member}")),
        };
        Ok((key.clone(), value))
    };
    members.iter().map(one).collect()
}

fn text(body: &Map<String, Json>, key: &str) -> Option<String> {
    let text = body.get(key)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// What every message has.
fn draft(body: &Map<String, Json>) -> Draft {
    Draft {
        to: text(body, "touser"),
        template_id: text(body, "template_id").unwrap_or_default(),
        page: text(body, "page"),
        data: values(body.get("data")).unwrap_or_default(),
        ..Draft::default()
    }
}

impl Core {
    /// The server sends a message: WeChat's answer, or what is wrong.
    pub(super) fn send_message(&mut self, step: &SendStep) -> (Json, String) {
        let body = &step.body;
        let sent = match step.interface {
            Interface::Subscribe => self.world.apply(SendSubscribed(draft(body))),
            Interface::Template => self.world.apply(SendTemplate {
                draft: draft(body),
                form_id: text(body, "form_id"),
                emphasis: text(body, "emphasis_keyword"),
            }),
            Interface::Uniform => {
                let empty = Map::new();
                let message = body.get("mp_template_msg").and_then(Json::as_object);
                let message = message.unwrap_or(&empty);
                let page = message.get("miniprogram");
                let page = page.and_then(|it| it["pagepath"].as_str());
                self.world.apply(SendOfAccount {
                    draft: Draft {
                        to: text(body, "touser"),
                        page: page.map(str::to_owned),
                        ..draft(message)
                    },
                    account: text(message, "appid").unwrap_or_default(),
                })
            }
        };
        match sent {
            Ok(sent) => (answer(&sent), String::new()),
            Err(unsent) => (Json::Null, unsent.to_string()),
        }
    }
}

/// WeChat's answer, with what the user sees.
fn answer(sent: &Sent) -> Json {
    let message = &sent.message;
    let rows = message.rows.iter();
    let rows: Map<String, Json> = rows
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    let mut shown = Map::new();
    let title = if message.title.is_empty() {
        &message.template_id
    } else {
        &message.title
    };
    shown.insert("title".to_owned(), title.as_str().into());
    shown.insert("rows".to_owned(), rows.into());
    if let Some(name) = &message.emphasis {
        shown.insert("emphasis".to_owned(), name.as_str().into());
    }
    if let Some(page) = &message.page {
        shown.insert("page".to_owned(), page.as_str().into());
    }
    let mut answer =
        json!({ "errcode": 0, "errmsg": "ok", "message": sent.number, "shows": shown });
    if let Some(left) = sent.left {
        answer["left"] = left.into();
    }
    answer
}

/// `open message [N] [scene=N]`: the user taps a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenMessage {
    /// Which, from 1; the latest without.
    pub number: Option<usize>,
    /// Another scene than the usual one.
    pub scene: Option<u32>,
}

impl OpenMessage {
    /// Reads what follows `open`.
    pub(super) fn parse(rest: &str) -> Result<Self, BadStep> {
        let bad = || {
            BadStep(format!(
                "`open` is `open message [N] [scene=N]`, not `open {rest}`"
            ))
        };
        let mut words = rest.split_whitespace();
        if words.next() != Some("message") {
            return Err(bad());
        }
        let mut found = Self::default();
        for word in words {
            match word.strip_prefix("scene=") {
                Some(scene) => found.scene = Some(scene.parse().map_err(|_| bad())?),
                None => found.number = Some(word.parse().map_err(|_| bad())?),
            }
        }
        Ok(found)
    }
}

impl fmt::Display for OpenMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("open message")?;
        if let Some(number) = self.number {
            write!(f, " {number}")?;
        }
        if let Some(scene) = self.scene {
            write!(f, " scene={scene}")?;
        }
        Ok(())
    }
}

impl Sim {
    /// The user taps a message among the service notices; who sees the program leaves it before.
    pub(super) fn open_message(&mut self, open: OpenMessage) -> Result<(), StepError> {
        let refused = |why: String| Err(StepError::BadAnswer(why));
        let found = self.with(|core| {
            let caller = core.world.caller();
            let messages = core.world.messages(&caller);
            let gone = core.world.messages_gone(&caller);
            let number = open.number.unwrap_or(gone + messages.len());
            let at = number.checked_sub(gone + 1);
            let message = at.and_then(|at| messages.get(at));
            let options = message.map(|message| message.enter_options());
            (number, gone + 1..gone + messages.len() + 1, options)
        });
        let mut options = match found {
            (_, there, _) if there.is_empty() => {
                return refused(
                    "the user has no message of the program; the step `server subscribe-send JSON` sends one".to_owned(),
                );
            }
            (number, there, None) => {
                let (first, last) = (there.start, there.end - 1);
                return refused(format!(
                    "there are messages {first} to {last}, not {number}"
                ));
            }
            (number, _, Some(None)) => {
                return refused(format!(
                    "message {number} has no page: a tap on it opens nothing"
                ));
            }
            (.., Some(Some(options))) => options,
        };
        options.scene = open.scene.unwrap_or(options.scene);
        match self.with(|core| core.world.run_state()) {
            RunState::NotRunning => {
                self.with(Core::forget_scripts);
                self.cold_start(options);
                Ok(())
            }
            RunState::Background { .. } => self.resume(Some(options)),
            RunState::Foreground => {
                self.background()?;
                self.settle();
                self.resume(Some(options))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OpenMessage, SendStep};

    fn problem(name: &str, body: &str) -> String {
        let step = SendStep::parse(name, body).expect("an interface");
        step.expect_err(body).to_string()
    }

    #[test]
    fn a_body_is_checked_before_it_is_sent() {
        assert!(SendStep::parse("sleep", "{}").is_none());
        for (name, body, words) in [
            ("subscribe-send", "TEA", "needs JSON"),
            ("subscribe-send", "[]", "needs an object"),
            (
                "subscribe-send",
                "{\"templateid\":\"a\"}",
                "did you mean `template_id`?",
            ),
            (
                "subscribe-send",
                "{\"form_id\":\"a\"}",
                "no key is called `form_id`",
            ),
            ("template-send", "{\"data\":[]}", "`data` is an object"),
            (
                "template-send",
                "{\"data\":{\"keyword1\":\"茶\"}}",
                "`keyword1` is \"茶\"",
            ),
            ("uniform-send", "{}", "needs `mp_template_msg`"),
            (
                "uniform-send",
                "{\"mp_template_msg\":{\"appId\":1}}",
                "did you mean `appid`?",
            ),
        ] {
            let found = problem(name, body);
            assert!(found.contains(words), "{body}: {found}");
        }
    }

    #[test]
    fn what_is_opened_is_a_message() {
        for text in ["message", "message 2", "message 2 scene=1107"] {
            let open = OpenMessage::parse(text).expect(text);
            assert_eq!(open.to_string(), format!("open {text}"));
        }
        for text in ["", "card", "message x", "message scene=y"] {
            assert!(OpenMessage::parse(text).is_err(), "{text}");
        }
    }
}
