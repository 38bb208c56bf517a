//! The verbs of steps: what each takes, which text step it stands for, which call of the test API.

use serde_json::{Map, Value as Json, json};

use super::opening;
use super::shape::Shape;
use super::verb_table::VERBS;
use crate::runtime::{Step, parse_duration};

/// A verb.
pub(super) struct Verb {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) about: &'static str,
    pub(super) way: Way,
}

/// How a verb becomes a text step and a call.
pub(super) enum Way {
    /// The verb alone; the function that does it.
    Word(&'static str),
    /// The verb and its value.
    Rest(&'static str),
    /// `VERB TARGET = VALUE`; the function, and the key of the value.
    Pair(&'static str, &'static str),
    /// In its own way.
    Own(Own),
    /// It stands for no text step.
    Apart,
}

/// A verb with a text of its own.
pub(super) struct Own {
    /// What follows the verb in the text step. Without a verb of the same name, all of it.
    text: fn(&Json) -> String,
    call: fn(&Json) -> Call,
    /// The value for such a text, when there is one.
    back: fn(&str) -> Option<Json>,
}

/// A call of the test API.
pub(super) struct Call {
    pub(super) function: &'static str,
    pub(super) arguments: Vec<Json>,
}

impl Call {
    pub(super) fn new(function: &'static str, arguments: Vec<Json>) -> Self {
        Self {
            function,
            arguments,
        }
    }

    /// A step as text.
    fn step(text: String) -> Self {
        Self::new("sim.step", vec![text.into()])
    }
}

impl Verb {
    pub(super) const fn word(
        name: &'static str,
        function: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(name, Shape::Nothing, Way::Word(function), about)
    }

    pub(super) const fn target(
        name: &'static str,
        function: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(name, Shape::Text, Way::Rest(function), about)
    }

    pub(super) const fn new(
        name: &'static str,
        shape: Shape,
        way: Way,
        about: &'static str,
    ) -> Self {
        Self {
            name,
            shape,
            about,
            way,
        }
    }

    pub(super) const fn apart(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self::new(name, shape, Way::Apart, about)
    }

    /// The text step that it stands for.
    pub(super) fn text(&self, value: &Json) -> Option<String> {
        let rest = match &self.way {
            Way::Word(_) => String::new(),
            Way::Rest(_) => plain(value),
            Way::Pair(_, key) => {
                format!("{} = {}", plain(&value["target"]), plain(&value[*key]))
            }
            Way::Own(own) => (own.text)(value),
            Way::Apart => return None,
        };
        let verb = match self.name {
            "step" => "",
            "openCard" => "open card",
            "openMessage" => "open message",
            name => name,
        };
        Some(format!("{verb} {rest}").trim().to_owned())
    }

    /// The call that does it.
    pub(super) fn call(&self, value: &Json) -> Option<Call> {
        Some(match &self.way {
            Way::Word(function) => Call::new(function, Vec::new()),
            Way::Rest(function) => Call::new(function, vec![value.clone()]),
            Way::Pair(function, key) => {
                Call::new(function, vec![value["target"].clone(), value[*key].clone()])
            }
            Way::Own(own) => (own.call)(value),
            Way::Apart => return None,
        })
    }

    /// The value with which it stands for a text step of its name.
    fn back(&self, rest: &str) -> Option<Json> {
        match &self.way {
            Way::Word(_) => rest.is_empty().then_some(Json::Null),
            Way::Rest(_) => Some(match &self.shape {
                Shape::Text | Shape::Form(_) | Shape::Word(_) => rest.into(),
                _ => serde_json::from_str(rest).ok()?,
            }),
            Way::Pair(_, key) => {
                let (target, text) = rest.split_once(" = ")?;
                let value: Json = match *key {
                    "text" => text.into(),
                    _ => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
                };
                Some(json!({ "target": target, *key: value }))
            }
            Way::Own(own) => (own.back)(rest),
            Way::Apart => None,
        }
    }
}

/// The verb of that name.
pub(super) fn find(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

/// The verb and value of a text step; `step` with all of it when no verb says the same.
pub(super) fn of_text(text: &str) -> (&'static Verb, Json) {
    let step: Option<Step> = text.parse().ok();
    let written = step.as_ref().map(ToString::to_string);
    let (word, rest) = written
        .as_deref()
        .and_then(|text| text.split_once(' '))
        .unwrap_or((text, ""));
    let (name, rest) = match (word, rest.split_once(' ').unwrap_or((rest, ""))) {
        ("open", ("card", rest)) => ("openCard", rest),
        ("open", ("message", rest)) => ("openMessage", rest),
        _ => (word, rest),
    };
    let found = find(name).and_then(|verb| Some((verb, verb.back(rest)?)));
    let same = found.filter(|(verb, value)| {
        let own = verb.text(value);
        step.is_some() && own.and_then(|own| own.parse::<Step>().ok()) == step
    });
    same.unwrap_or((&VERBS[VERBS.len() - 1], text.into()))
}

/// A value in a text step.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(super) const LAUNCH: Way = Way::Own(Own {
    text: opening::text,
    call: |value| opening::call("app.launch", value),
    back: opening::back,
});

pub(super) const DRAG: Way = Way::Own(Own {
    text: |value| format!("{} = {}", plain(&value["target"]), way(value)),
    call: |value| Call::new("user.drag", present(value, &["target", "x", "y"])),
    back: drag,
});

pub(super) const TRIGGER: Way = Way::Own(Own {
    text: |value| words(value, &["target", "event", "detail"]),
    call: |value| {
        Call::new(
            "user.trigger",
            present(value, &["target", "event", "detail"]),
        )
    },
    back: trigger,
});

pub(super) const SCROLL: Way = Way::Own(Own {
    text: scroll,
    call: |value| match value {
        Json::Object(by) if by.contains_key("by") => {
            Call::step(format!("scroll {}", scroll(value)))
        }
        Json::Object(_) => Call::new("user.scroll", present(value, &["target", "to"])),
        _ => Call::new("user.scroll", vec![value.clone()]),
    },
    back: scrolled,
});

pub(super) const SHARE: Way = Way::Own(Own {
    text: |value| names(value).iter().map(plain).collect::<Vec<_>>().join(" "),
    call: |value| Call::new("user.share", names(value)),
    back: |rest| {
        Some(match rest {
            "" => Json::Null,
            _ => one_or_many(rest),
        })
    },
});

pub(super) const OPEN_CARD: Way = Way::Own(Own {
    text: number,
    call: |value| Call::new("user.openCard", names(value)),
    back: numbered,
});

pub(super) const OPEN_MESSAGE: Way = Way::Own(Own {
    text: number,
    call: |value| Call::new("user.openMessage", names(value)),
    back: numbered,
});

pub(super) const SCAN: Way = Way::Own(Own {
    text: |value| match value {
        Json::Object(_) => words(value, &["code", "how"]),
        code => plain(code),
    },
    call: |value| {
        Call::new(
            "user.scan",
            match value {
                Json::Object(_) => present(value, &["code", "how"]),
                code => vec![code.clone()],
            },
        )
    },
    back: |rest| {
        Some(match rest.split_once(' ') {
            Some((code, how)) => json!({ "code": code, "how": how }),
            None => rest.into(),
        })
    },
});

pub(super) const ANSWER: Way = Way::Own(Own {
    text: |value| {
        first(value).map_or_else(String::new, |(key, answer)| {
            format!("{key}={}", plain(answer))
        })
    },
    call: |value| {
        let (key, answer) = first(value).map_or((Json::Null, Json::Null), |(key, answer)| {
            (key.as_str().into(), answer.clone())
        });
        Call::new("user.answer", vec![key, answer])
    },
    back: |rest| {
        let (key, text) = rest.split_once('=')?;
        Some(json!({ key: serde_json::from_str(text).unwrap_or_else(|_| Json::from(text)) }))
    },
});

pub(super) const ADVANCE: Way = Way::Own(Own {
    text: plain,
    call: |value| Call::new("clock.advance", vec![value.clone()]),
    back: |rest| Some(duration(rest).into()),
});

pub(super) const EXPIRE: Way = Way::Own(Own {
    text: |_| String::new(),
    call: |_| Call::new("world.session.expire", Vec::new()),
    back: |rest| rest.is_empty().then(|| "session".into()),
});

pub(super) const RESUME: Way = Way::Own(Own {
    text: opening::text,
    call: |value| opening::call("app.resume", value),
    back: opening::back,
});

pub(super) const PROGRAM: Way = Way::Own(Own {
    text: program,
    call: program_call,
    back: programmed,
});

pub(super) const SERVER: Way = Way::Own(Own {
    text: plain,
    call: |value| Call::step(format!("server {}", plain(value))),
    back: |rest| Some(rest.into()),
});

pub(super) const EVALUATE: Way = Way::Own(Own {
    text: plain,
    call: |value| Call::step(format!("evaluate {}", plain(value))),
    back: |rest| Some(rest.into()),
});

pub(super) const STEP: Way = Way::Own(Own {
    text: plain,
    call: |value| Call::step(plain(value)),
    back: |rest| Some(rest.into()),
});

fn first(value: &Json) -> Option<(&String, &Json)> {
    value.as_object()?.iter().next()
}

/// The members that are there, in order.
fn present(value: &Json, keys: &[&str]) -> Vec<Json> {
    let members = keys.iter().filter_map(|key| value.get(*key));
    members.cloned().collect()
}

fn words(value: &Json, keys: &[&str]) -> String {
    let words: Vec<String> = present(value, keys).iter().map(plain).collect();
    words.join(" ")
}

/// A value, several or none as arguments.
fn names(value: &Json) -> Vec<Json> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(items) => items.clone(),
        one => vec![one.clone()],
    }
}

fn one_or_many(rest: &str) -> Json {
    let words: Vec<&str> = rest.split(' ').collect();
    match words[..] {
        [one] => one.into(),
        _ => words.into(),
    }
}

fn number(value: &Json) -> String {
    names(value).iter().map(plain).collect()
}

fn numbered(rest: &str) -> Option<Json> {
    match rest {
        "" => Some(Json::Null),
        _ => rest.parse::<u64>().ok().map(Json::from),
    }
}

/// A duration as a person writes it.
fn duration(text: &str) -> String {
    const UNITS: [(i64, &str); 4] = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "m"),
        (1_000, "s"),
    ];
    let Ok(ms) = parse_duration(text) else {
        return text.to_owned();
    };
    let unit = UNITS.iter().find(|(unit, _)| ms > 0 && ms % unit == 0);
    unit.map_or_else(
        || format!("{ms}ms"),
        |(unit, name)| format!("{}{name}", ms / unit),
    )
}

fn way(value: &Json) -> String {
    let y = value.get("y").map_or_else(|| "0".to_owned(), plain);
    format!("{},{y}", plain(&value["x"]))
}

fn drag(rest: &str) -> Option<Json> {
    let (target, way) = rest.split_once(" = ")?;
    let (x, y) = way.split_once(',')?;
    let pixels = |text: &str| serde_json::from_str::<serde_json::Number>(text).ok();
    Some(json!({ "target": target, "x": pixels(x)?, "y": pixels(y)? }))
}

fn trigger(rest: &str) -> Option<Json> {
    let (words, detail) = match rest.find(" {").or_else(|| rest.find(" [")) {
        Some(at) => (
            &rest[..at],
            Some(serde_json::from_str::<Json>(&rest[at..]).ok()?),
        ),
        None => (rest, None),
    };
    let (target, event) = words.rsplit_once(' ')?;
    let mut members = Map::new();
    members.insert("target".to_owned(), target.into());
    members.insert("event".to_owned(), event.into());
    members.extend(detail.map(|detail| ("detail".to_owned(), detail)));
    Some(members.into())
}

fn scroll(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let word = if members.contains_key("by") {
                "by"
            } else {
                "to"
            };
            format!("{} {word} {}", plain(&value["target"]), plain(&value[word]))
        }
        to => plain(to),
    }
}

fn scrolled(rest: &str) -> Option<Json> {
    if let Ok(to) = rest.parse::<i32>() {
        return Some(to.into());
    }
    let (word, (target, number)) = match rest.rsplit_once(" to ") {
        Some(split) => ("to", split),
        None => ("by", rest.rsplit_once(" by ")?),
    };
    Some(json!({ "target": target, word: number.parse::<i32>().ok()? }))
}

fn program(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let mut text = words(value, &["appId", "page"]);
            if let Some(scene) = members.get("scene") {
                text = format!("{text} scene={}", plain(scene));
            }
            text
        }
        app_id => plain(app_id),
    }
}

fn program_call(value: &Json) -> Call {
    let Json::Object(members) = value else {
        return Call::new("sim.program", vec![value.clone()]);
    };
    let mut arguments = present(value, &["appId", "page"]);
    if let Some(scene) = members.get("scene") {
        arguments.resize(2, "".into());
        arguments.push(json!({ "scene": scene }));
    }
    Call::new("sim.program", arguments)
}

fn programmed(rest: &str) -> Option<Json> {
    let mut members = Map::new();
    for (at, word) in rest.split(' ').enumerate() {
        let (key, value) = match word.strip_prefix("scene=") {
            Some(scene) => ("scene", scene.parse::<u64>().ok()?.into()),
            None if at == 0 => ("appId", Json::from(word)),
            None => ("page", word.into()),
        };
        members.insert(key.to_owned(), value);
    }
    if members.len() == 1 {
        return members.remove("appId");
    }
    Some(members.into())
}
