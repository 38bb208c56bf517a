//! How the program is opened: `launch`, `resume` and the beginning of a flow.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::shape::{Member, Record, Shape};
use super::verbs::Call;

/// What may be said of a start.
pub(super) const OPENING: Record = Record {
    what: "an opening",
    one_of: &[],
    keys: &[
        Member::new("page", Shape::Text, "The page, with its query."),
        Member::new("query", Shape::Each(&Shape::Text), "Query of the page."),
        Member::new("scene", Shape::Count, "Scene value (场景值)."),
        Member::new(
            "referrer",
            Shape::Text,
            "Appid of the program that opens it.",
        ),
        Member::new("extra", Shape::Any, "What that program hands over."),
    ],
};

/// The words of the text step.
pub(super) fn text(value: &Json) -> String {
    let Json::Object(members) = value else {
        return value.as_str().unwrap_or_default().to_owned();
    };
    let mut text = members
        .get("page")
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    let mut mark = if text.contains('?') { '&' } else { '?' };
    for (key, value) in members
        .get("query")
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let value = value.as_str().map_or_else(|| value.to_string(), encoded);
        let _ = write!(text, "{mark}{key}={value}");
        mark = '&';
    }
    for (key, word) in [
        ("scene", "scene"),
        ("referrer", "referrer"),
        ("extra", "extra"),
    ] {
        match members.get(key) {
            Some(Json::String(own)) if key == "referrer" => {
                let _ = write!(text, " {word}={own}");
            }
            Some(own) => {
                let _ = write!(text, " {word}={own}");
            }
            None => {}
        }
    }
    text.trim().to_owned()
}

/// The call that opens it.
pub(super) fn call(function: &'static str, value: &Json) -> Call {
    let Json::Object(members) = value else {
        let path = value.as_str().map(Json::from);
        return Call::new(function, path.into_iter().collect());
    };
    let mut options = Map::new();
    for key in ["query", "scene"] {
        if let Some(own) = members.get(key) {
            options.insert(key.to_owned(), own.clone());
        }
    }
    if let Some(app_id) = members.get("referrer") {
        let mut referrer = Map::from_iter([("appId".to_owned(), app_id.clone())]);
        referrer.extend(
            members
                .get("extra")
                .map(|extra| ("extraData".to_owned(), extra.clone())),
        );
        options.insert("referrerInfo".to_owned(), referrer.into());
    }
    let page = members.get("page").cloned();
    let mut arguments: Vec<Json> = page.into_iter().collect();
    if !options.is_empty() {
        arguments.resize(1, "".into());
        arguments.push(options.into());
    }
    Call::new(function, arguments)
}

/// What is said by the words of a text step.
pub(super) fn back(rest: &str) -> Option<Json> {
    let (words, extra) = match rest.find("extra=") {
        Some(at) => (&rest[..at], Some(&rest[at + "extra=".len()..])),
        None => (rest, None),
    };
    let mut members = Map::new();
    for word in words.split_whitespace() {
        let (key, value) = if let Some(scene) = word.strip_prefix("scene=") {
            ("scene", json!(scene.parse::<u64>().ok()?))
        } else if let Some(app_id) = word.strip_prefix("referrer=") {
            ("referrer", app_id.into())
        } else {
            ("page", word.into())
        };
        members.insert(key.to_owned(), value);
    }
    if let Some(extra) = extra {
        members.insert("extra".to_owned(), serde_json::from_str(extra).ok()?);
    }
    Some(shortest(members))
}

/// The usual scene is left out, and a page alone is a text.
pub(super) fn shortest(mut members: Map<String, Json>) -> Json {
    if members.get("scene") == Some(&json!(1001)) {
        members.shift_remove("scene");
    }
    match (members.len(), members.get("page")) {
        (0, _) => Json::Null,
        (1, Some(page)) => page.clone(),
        _ => members.into(),
    }
}

/// The text as a part of a query.
fn encoded(text: &str) -> String {
    if text.contains("${") {
        return text.to_owned();
    }
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => encoded.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}
