//! `routes`: what servers answer. A text as `--route` has it, or a table.

use serde_json::Value as Json;

use super::item::{Entry, Item, Problems, only};
use crate::crypto::base64_text;
use crate::world::network::{Body, DELAY_MS, HANDSHAKE, Outcome, Response, Route};
use crate::world::network_rule::{METHODS, milliseconds};
use crate::world::server_value;
use crate::world::socket_rule::Server;

const KEYS: &[&str] = &[
    "method", "url", "exact", "status", "header", "body", "json", "file", "base64", "chunks",
    "fail", "open", "delay", "times",
];
/// Of these a route has one at most.
const BODIES: &[&str] = &["body", "json", "file", "base64", "chunks"];

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Route> {
    let mut routes = Vec::new();
    for item in item.list(problems) {
        let route = if item.is_table() {
            table(&item, problems)
        } else {
            text(&item, problems)
        };
        routes.extend(route);
    }
    routes
}

fn text(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Route> {
    if !item.is_text() {
        let message = format!("`{}` is no route", item.name);
        let help = "write \"GET https://a.example/b = 200 {}\" or { url = \"…\", json = {} }";
        problems.push(&item.range, message, help);
        return None;
    }
    let route: Route = item.parsed(problems)?;
    match route.body_file() {
        Some(path) => {
            let bytes = problems.file(path, item)?;
            Some(route.with_body(bytes))
        }
        None => Some(route),
    }
}

/// The member of that key.
fn member<'e, 't>(entries: &'e [Entry<'t>], key: &str) -> Option<&'e Item<'t>> {
    let found = entries.iter().find(|entry| entry.key == key);
    found.map(|entry| &entry.item)
}

fn table(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Route> {
    let entries = item.table(problems);
    only(&entries, "a route", KEYS, problems);
    let usual = member(&entries, "open").map_or("*", |_| HANDSHAKE);
    let method = member(&entries, "method").map_or(Some(usual), |item| {
        let words: Vec<_> = METHODS.iter().map(|method| (*method, *method)).collect();
        let method = item.word(&words, problems)?;
        if usual == HANDSHAKE && method != HANDSHAKE {
            let message = format!("a route with `open` has the method {HANDSHAKE}");
            problems.push(&item.range, message, "leave `method` out");
        }
        Some(method)
    });
    let exact = member(&entries, "exact").map_or(Some(false), |item| item.flag(problems));
    let url = member(&entries, "url").and_then(|item| url(item, exact, problems));
    if member(&entries, "url").is_none() {
        let help = "add url = \"https://…\"; the end may be *, a host alone stands for all of it";
        problems.push(&item.range, "a route needs `url`", help);
    }
    let outcome = outcome(&entries, problems);
    let delay = member(&entries, "delay").map_or(Some(i64::from(DELAY_MS)), |item| {
        let delay = milliseconds(item.text(problems)?);
        let wanted = "a text such as \"500ms\", \"3s\" or \"2m\"";
        item.taken(delay.ok_or(format!("write {wanted}")), problems)
    });
    let times = member(&entries, "times").map(|item| item.number(1..=1_000_000, problems));
    let mut route = Route::new(method?, url?, outcome?).after(delay?);
    if let Some(times) = times {
        route = route.times(times?);
    }
    if exact? {
        route = route.exact();
    }
    Some(route)
}

/// The URL; only one that is meant letter by letter may have blanks, as programs send them.
fn url<'t>(item: &Item<'t>, exact: Option<bool>, problems: &mut Problems<'_>) -> Option<&'t str> {
    let url = item.text(problems)?;
    let blank = exact != Some(true) && url.contains(char::is_whitespace);
    if url.is_empty() || blank {
        let message = format!("`{}` is no URL", item.name);
        problems.push(
            &item.range,
            message,
            "write https://a.example/b, a.example or *",
        );
        return None;
    }
    Some(url)
}

/// What the request comes to: a failure, an open socket or an answer.
fn outcome(entries: &[Entry<'_>], problems: &mut Problems<'_>) -> Option<Outcome> {
    if let Some(fail) = member(entries, "fail") {
        let others = [&["open", "status", "header"], BODIES].concat();
        alone(entries, "fail", &others, problems);
        let words = fail.text(problems)?;
        if words.trim().is_empty() {
            let help = "write \"timeout\", \"interrupted\" or the words after `request:fail`";
            problems.push(&fail.range, "the words of the failure are missing", help);
            return None;
        }
        return Some(Outcome::Fail(words.to_owned()));
    }
    let headers =
        member(entries, "header").map_or(Some(Vec::new()), |item| headers(item, problems));
    if let Some(open) = member(entries, "open") {
        alone(entries, "open", &[&["status"], BODIES].concat(), problems);
        let steps = match open.json(problems) {
            Json::String(words) => words,
            list => list.to_string(),
        };
        let server = open.taken(Server::read(headers?, &steps), problems);
        return server.map(Outcome::Open);
    }
    let status =
        member(entries, "status").map_or(Some(200), |item| item.number(100..=599, problems));
    let body = body(entries, problems);
    Some(Outcome::Response(Response {
        status: status?,
        headers: headers?,
        body: body?,
    }))
}

/// Reports what makes no sense beside a key.
fn alone(entries: &[Entry<'_>], key: &str, others: &[&str], problems: &mut Problems<'_>) {
    for entry in entries {
        if others.contains(&entry.key.as_str()) {
            let message = format!("a route with `{key}` has no `{}`", entry.key);
            let help = "only one of the two can happen: remove the other";
            problems.push(&entry.key_range, message, help);
        }
    }
}

/// `Name = "value"`, or a list for a line that comes more than once.
fn headers(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Vec<(String, String)>> {
    let mut lines = Vec::new();
    for entry in item.table(problems) {
        let values = if entry.item.is_list() {
            entry.item.list(problems)
        } else {
            vec![entry.item.clone()]
        };
        for value in values {
            let text = value.text(problems)?;
            if text.contains(|c: char| c.is_ascii_control() && c != '\t') {
                let message = format!("`{}` has a character that no header has", value.name);
                problems.push(&value.range, message, "remove line ends and other controls");
                return None;
            }
            lines.push((entry.key.clone(), text.to_owned()));
        }
    }
    Some(lines)
}

fn body(entries: &[Entry<'_>], problems: &mut Problems<'_>) -> Option<Body> {
    let is_body = |entry: &&Entry<'_>| BODIES.contains(&entry.key.as_str());
    let mut bodies = entries.iter().filter(is_body);
    let Some(first) = bodies.next() else {
        return Some(Body::Text(String::new()));
    };
    if let Some(second) = bodies.next() {
        let message = format!("a route has one body: `{}` and `{}`", first.key, second.key);
        problems.push(&second.key_range, message, "remove one of them");
        return None;
    }
    let item = &first.item;
    match first.key.as_str() {
        "json" => {
            let json = item.json(problems);
            item.taken(server_value::check(&json), problems)?;
            Some(Body::Text(json.to_string()))
        }
        "file" => {
            let path = item.text(problems)?;
            problems.file(path, item).map(Body::of)
        }
        "base64" => {
            let bytes = base64_text::decode(item.text(problems)?);
            let bytes = bytes.ok_or("this is no base64");
            item.taken(bytes, problems).map(Body::Bytes)
        }
        "chunks" => {
            let chunks = item.list(problems);
            let texts = chunks.iter().map(|chunk| chunk.text(problems));
            let texts: Option<Vec<&str>> = texts.collect();
            Some(Body::Chunks(
                texts?.into_iter().map(str::to_owned).collect(),
            ))
        }
        _ => item.text(problems).map(|text| Body::Text(text.to_owned())),
    }
}
