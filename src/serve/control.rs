//! The control interface: what a developer does to the world from outside, below `/_wxsim/`.
//!
//! Every call shows the control token as `Authorization: Bearer …`; the page and the description of the interface do
//! not need it, as they hold nothing of the world. The description, in the form of OpenAPI, is
//! `docs/serve.openapi.json`.

use std::net::IpAddr;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{control_cards, control_page, control_pay, control_platform, control_users};
use crate::profile::parse_duration_ms;
use crate::server::{Request, Response};
use crate::world::open_api::fault::ClearFaults;
use crate::world::open_api::push::{PushSettings, SetPush};
use crate::world::{AdvanceTo, Millis, World};

/// What every path begins with.
pub const CONTROL: &str = "/_wxsim/";
/// The last moment to which time can be moved: the end of the year 9999, in milliseconds of Unix time.
const TIME_MS_MAX: i64 = 253_402_300_799_999;
/// The description of the interface.
pub const OPEN_API: &str = include_str!("../../docs/serve.openapi.json");

/// What a call of the control interface gives, or why not.
pub(super) type Told = Result<Json, String>;

/// A call: its method, its path behind the beginning, what it does.
type Call = (&'static str, &'static str, fn(&mut World, &Request) -> Told);

/// Calls that answer JSON.
const CALLS: &[Call] = &[
    ("GET", "world", |world, _| Ok(control_page::world(world))),
    ("GET", "orders", |world, _| Ok(control_page::orders(world))),
    ("GET", "messages", |world, _| {
        Ok(control_page::messages(world))
    }),
    ("GET", "conversations", |world, _| {
        Ok(control_page::conversations(world))
    }),
    ("GET", "deliveries", |world, _| {
        Ok(control_page::deliveries(world))
    }),
    ("GET", "requests", |world, _| {
        Ok(control_page::requests(world))
    }),
    ("GET", "codes", |world, _| Ok(control_page::codes(world))),
    ("GET", "faults", |world, _| Ok(json!(world.faults()))),
    ("GET", "users", |world, _| Ok(control_users::all(world))),
    ("POST", "users", control_users::add),
    ("GET", "sessions", |world, _| {
        Ok(control_users::sessions(world))
    }),
    ("POST", "expire-session", control_users::expire_session),
    ("POST", "login", control_users::login),
    ("POST", "phone-code", control_users::phone_code),
    ("POST", "user-info", control_users::user_info),
    ("POST", "subscribe", control_users::subscribe),
    ("POST", "form-id", control_users::form_id),
    ("POST", "say", control_users::say),
    ("POST", "enter-service", control_users::enter_service),
    ("GET", "merchants", |world, _| {
        // Showing keys makes them, and a look is not written down: so it is a copy that is looked at.
        Ok(control_pay::merchants(&mut world.clone()).into())
    }),
    ("POST", "pay", control_pay::pay),
    ("POST", "notify-again", control_pay::notify_again),
    ("GET", "cards", |world, _| Ok(control_cards::all(world))),
    ("POST", "take-card", control_cards::take),
    ("POST", "clock", clock),
    ("POST", "faults", control_platform::inject),
    ("DELETE", "faults", |world, _| {
        world.apply(ClearFaults);
        Ok(json!({}))
    }),
    ("POST", "rules", control_platform::server_rules),
    ("GET", "content-rules", |world, _| {
        Ok(json!(world.content_rules()))
    }),
    ("POST", "content-rules", control_platform::content_rules),
    ("GET", "nearby", |world, _| {
        Ok(control_platform::nearby(world))
    }),
    ("POST", "nearby-rules", control_platform::nearby_rules),
    ("POST", "poi", control_platform::decide_poi),
    ("GET", "templates", |world, _| {
        Ok(control_platform::templates(world))
    }),
    ("GET", "library", |world, _| Ok(json!(world.library()))),
    ("POST", "library", control_platform::add_to_library),
    ("POST", "push", push),
    ("POST", "restore", restore),
    ("GET", "phone", no_phone),
    ("POST", "phone", no_phone),
    ("POST", "answer", no_phone),
];

/// What is read besides: the page, this description, the saved world, a picture.
const FILES: &[&str] = &["", "openapi.json", "save", "codes/{id}"];

/// Whether a path is one of the control interface.
pub fn is_control(path: &str) -> bool {
    path.starts_with(CONTROL) || path == CONTROL.trim_end_matches('/')
}

/// What a request gets that does not show the token; `None` when it may go on.
pub fn unproven(request: &Request, token: &str) -> Option<Response> {
    if !is_own_host(request) {
        let words = "the control interface is for this machine: ask for 127.0.0.1 or localhost";
        return Some(failed(403, words));
    }
    if request.method == "GET" && ["", "openapi.json"].contains(&rest(request)) {
        return None;
    }
    let shown = request
        .header("authorization")
        .and_then(|it| it.strip_prefix("Bearer "));
    if shown.is_some_and(|shown| same(shown.trim(), token)) {
        return None;
    }
    let words = "show the control token: `Authorization: Bearer TOKEN`; wxsim serve printed it when it started";
    Some(failed(401, words).with_header("WWW-Authenticate", "Bearer"))
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
fn same(one: &str, other: &str) -> bool {
    let differ = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}

/// Whether the request names this machine: a page of another site that got its name to lead here does not.
fn is_own_host(request: &Request) -> bool {
    let host = request.header("host").unwrap_or("127.0.0.1");
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let is_loopback = |address: IpAddr| address.is_loopback();
    name == "localhost" || name.parse().is_ok_and(is_loopback)
}

/// The path behind the beginning.
fn rest(request: &Request) -> &str {
    let path = request
        .path
        .strip_prefix(CONTROL.trim_end_matches('/'))
        .unwrap_or_default();
    path.trim_matches('/')
}

/// Whether a request changes nothing.
pub(super) fn only_reads(request: &Request) -> bool {
    is_control(&request.path) && request.method == "GET"
}

/// What a call gets whose token was shown.
pub fn answer(world: &mut World, request: &Request) -> Response {
    let path = rest(request);
    match (request.method.as_str(), path) {
        ("GET", "") => return control_page::page(),
        ("GET", "openapi.json") => return Response::new(200, "application/json", OPEN_API),
        ("GET", "save") => return Response::new(200, "application/json", world.save()),
        ("GET", path) if path.starts_with("codes/") => {
            return control_page::picture(world, path.trim_start_matches("codes/"))
                .unwrap_or_else(|| failed(404, "there is no such code; GET codes lists all"));
        }
        _ => {}
    }
    let call = CALLS
        .iter()
        .find(|(method, name, _)| *method == request.method && *name == path);
    let Some((.., perform)) = call else {
        let files = FILES.iter().filter(|name| !name.is_empty());
        let files = files.map(|name| format!("GET {name}"));
        let known = CALLS
            .iter()
            .map(|(method, name, _)| format!("{method} {name}"));
        let known: Vec<String> = known.chain(files).collect();
        let is_path = CALLS.iter().any(|(_, name, _)| *name == path);
        let words = format!(
            "there is no {} {path}; there are {}",
            request.method,
            known.join(", ")
        );
        return failed(if is_path { 405 } else { 404 }, &words);
    };
    match perform(world, request) {
        Ok(json) => Response::json(200, "application/json", &json),
        Err(words) => failed(400, &words),
    }
}

/// An error in the form of all of them.
pub(super) fn failed(status: u16, words: &str) -> Response {
    Response::json(status, "application/json", &json!({ "error": words })).because(words)
}

/// The body of a call.
///
/// # Errors
/// What is wrong with it.
pub(super) fn body<T: DeserializeOwned>(request: &Request) -> Result<T, String> {
    let body: &[u8] = if request.body.is_empty() {
        b"{}"
    } else {
        &request.body
    };
    let json: Json =
        serde_json::from_slice(body).map_err(|error| format!("the body is no JSON: {error}"))?;
    if !json.is_object() {
        return Err("the body is a JSON object".to_owned());
    }
    serde_json::from_value(json).map_err(|error| format!("the body: {error}"))
}

/// The user of an app that a call names, by id or openid; who holds the phone without a name.
///
/// # Errors
/// There is none.
pub(super) fn caller(
    world: &World,
    app_id: Option<&str>,
    user: Option<&str>,
) -> Result<crate::world::Caller, String> {
    let app_id = app_id.unwrap_or(&world.app().app_id);
    if world.registered(app_id).is_none() {
        return Err(format!("nothing is registered under the appid {app_id}"));
    }
    let user = user.unwrap_or(&world.user().id);
    if let Some(known) = world.user_of(user) {
        return Ok(crate::world::Caller::new(app_id, known.id.as_str()));
    }
    let by_openid = world.caller_of(app_id, user);
    by_openid.ok_or_else(|| {
        let known: Vec<&str> = world.users().iter().map(|user| user.id.as_str()).collect();
        format!("there is no user {user}; there are {}", known.join(", "))
    })
}

/// `{"advance": "3d"}`, or `{"to": 1700000000000}` in milliseconds of Unix time.
fn clock(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        advance: Option<Json>,
        to: Option<i64>,
    }
    let now = world.now();
    let then = match body(request)? {
        Body {
            advance: Some(by),
            to: None,
        } => now.plus(match &by {
            Json::String(text) => parse_duration_ms(text)?,
            ms => ms
                .as_i64()
                .ok_or("`advance` is a duration, or milliseconds")?,
        }),
        Body {
            advance: None,
            to: Some(to),
        } => Millis(to),
        _ => return Err("give `advance` or `to`: {\"advance\": \"3d\"}".to_owned()),
    };
    if then < now {
        return Err("time does not go back".to_owned());
    }
    if then.0 > TIME_MS_MAX {
        return Err("time ends with the year 9999".to_owned());
    }
    world.apply(AdvanceTo(then));
    Ok(json!({ "now": world.now() }))
}

/// `{"appid": "wx…", "url": "http://127.0.0.1:3000/push", "token": "…", …}`.
fn push(world: &mut World, request: &Request) -> Told {
    let (app_id, settings, _) = push_settings(world, request)?;
    world.apply(SetPush(app_id, settings.clone()));
    Ok(json!(settings))
}

/// App and settings of a call, and whether the address is asked first.
fn push_settings(world: &World, request: &Request) -> Result<(String, PushSettings, bool), String> {
    let mut body: Json = body(request)?;
    let app_id = app_of(world, &mut body)?;
    let check = body
        .as_object_mut()
        .and_then(|members| members.shift_remove("check"));
    let settings: PushSettings = serde_json::from_value(body).map_err(|error| error.to_string())?;
    settings.check()?;
    Ok((app_id, settings, check != Some(Json::Bool(false))))
}

/// Whether a request sets where messages go.
pub(super) fn sets_push(request: &Request) -> bool {
    request.method == "POST" && is_control(&request.path) && rest(request) == "push"
}

/// The address that has to answer before the settings of a call hold, and with what; `None` when the call is wrong or
/// wants no check.
pub(super) fn push_check(world: &World, request: &Request) -> Option<(String, String)> {
    let (app_id, settings, is_checked) = push_settings(world, request).ok()?;
    is_checked.then(|| world.push_check(&app_id, &settings))
}

/// Takes the appid out of a body; without one it is that of the program.
///
/// # Errors
/// It is none, or nobody's.
pub(super) fn app_of(world: &World, body: &mut Json) -> Result<String, String> {
    let members = body.as_object_mut().ok_or("the body is a JSON object")?;
    let app_id = match members.shift_remove("appid") {
        None => world.app().app_id.clone(),
        Some(Json::String(app_id)) => app_id,
        Some(_) => return Err("`appid` is a text".to_owned()),
    };
    match world.registered(&app_id) {
        Some(_) => Ok(app_id),
        None => Err(format!("nothing is registered under the appid {app_id}")),
    }
}

/// The phone that runs the program answers by itself; here there is none.
fn no_phone(_: &mut World, _: &Request) -> Told {
    Err("there is no phone: start `wxsim serve PROJECT --app`, which runs the program".to_owned())
}

/// The text that `GET save` gave.
fn restore(world: &mut World, request: &Request) -> Told {
    let text =
        std::str::from_utf8(&request.body).map_err(|_| "the body is a saved world, as text")?;
    let mut restored = World::restore(text).map_err(|error| error.to_string())?;
    restored.apply(AdvanceTo(world.now()));
    *world = restored;
    Ok(json!({ "now": world.now(), "fingerprint": format!("{:016x}", world.fingerprint()) }))
}

/// Every call with its method, for the description.
#[cfg(test)]
fn calls() -> Vec<(String, String)> {
    let files = FILES.iter().map(|name| ("get".to_owned(), *name));
    let all = CALLS
        .iter()
        .map(|(method, name, _)| (method.to_lowercase(), *name));
    let all = all.chain(files);
    all.map(|(method, name)| (method, format!("{CONTROL}{name}")))
        .collect()
}

#[cfg(test)]
#[path = "control_tests.rs"]
mod tests;
