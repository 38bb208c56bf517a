//! WeChat Pay, version 3: JSON and HTTP statuses, signed with RSA on both sides.
//!
//! Official pages of WeChat Pay: "Basic rules", "Signature", "Verifying signatures" (v3). Answers carry the
//! signature of WeChat Pay's key in `Wechatpay-*` lines, refusals too, but for 401, where nobody is known to ask,
//! and those of the server itself.
//!
//! Order of checks: path, method, `User-Agent`, signature, body, parameters, app, order.
//!
//! Unverified: the interfaces exist since [`V3_SINCE`]; the statuses of unknown paths and methods.

mod asked;
mod authorization;
mod certificates;
mod close;
mod jsapi;
mod query;
mod refund;
mod refund_query;
mod refusal;
#[cfg(test)]
mod tests;

use asked::Asked;
use refusal::Refusal;
use serde_json::{Value as Json, json};

use super::super::request::{self, Request};
use super::super::response::Response;
use super::code::v3 as code;
use crate::near::near;
use crate::profile::Date;
use crate::world::World;
use crate::world::pay::notice::SignAsPlatform;

/// An interface.
struct Interface {
    /// `GET` or `POST`.
    method: &'static str,
    /// Its path; `{}` stands for any part.
    path: &'static str,
    /// What it does; without an answer it is 204.
    handle: fn(&mut World, &Asked<'_>) -> Result<Option<Json>, Refusal>,
}

/// Every interface.
const INTERFACES: &[Interface] = &[
    jsapi::INTERFACE,
    query::BY_ID,
    query::BY_NUMBER,
    close::INTERFACE,
    refund::INTERFACE,
    refund_query::INTERFACE,
    certificates::INTERFACE,
];

/// From this day on there is a version 3.
pub(super) const V3_SINCE: Date = Date::new(2020, 5, 1);
/// The type of all answers.
const JSON_TYPE: &str = "application/json; charset=utf-8";

/// The methods and paths of version 3.
pub(super) fn paths() -> impl Iterator<Item = (&'static str, &'static str)> {
    INTERFACES.iter().map(|it| (it.method, it.path))
}

/// What version 3 answers.
pub(super) fn answer(world: &mut World, request: &Request) -> Response {
    let result = called(world, request);
    told(world, result)
}

/// A failure that somebody asked for.
pub(super) fn failed(world: &mut World, _request: &Request, words: &str) -> Response {
    let known = code::ALL.iter().find(|known| known.1 == words);
    let refusal = match known {
        Some(known) => Refusal::from(*known),
        None if words.is_empty() => code::SYSTEM_ERROR.into(),
        None => code::SYSTEM_ERROR.saying(words),
    };
    told(world, Err(refusal))
}

fn called(world: &mut World, request: &Request) -> Result<Option<Json>, Refusal> {
    let (interface, parts) = find(world, request)?;
    if request.header("user-agent").is_none_or(str::is_empty) {
        let why = "version 3 refuses requests without a User-Agent line";
        let words = "Http头缺少Accept或User-Agent";
        return Err(code::PARAM_ERROR.saying(words).because(why));
    }
    let body = std::str::from_utf8(&request.body)
        .map_err(|_| code::PARAM_ERROR.because("the body is not UTF-8"))?;
    let mch_id = authorization::check(world, request, body)?;
    let asked = Asked::read(request, body, mch_id, parts)?;
    (interface.handle)(world, &asked)
}

/// The interface of a request, and the parts of the path for which `{}` stands.
fn find(world: &World, request: &Request) -> Result<(&'static Interface, Vec<String>), Refusal> {
    let day = world.profile().compat_date;
    if day < V3_SINCE {
        let why = format!("version 3 exists since {V3_SINCE}; the world is of {day}");
        return Err(code::NOT_FOUND.because(why));
    }
    let of_path = |it: &'static Interface| Some((it, parts_of(it.path, &request.path)?));
    let mut found: Vec<_> = INTERFACES.iter().filter_map(of_path).collect();
    if found.is_empty() {
        let near = near(&request.path, INTERFACES.iter().map(|it| it.path));
        let why = near.first().map(|near| format!("did you mean {near}?"));
        return Err(code::NOT_FOUND.because(why.unwrap_or_default()));
    }
    let method = match request.method.as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let at = found.iter().position(|(it, _)| it.method == method);
    let at = at.ok_or_else(|| {
        let methods: Vec<&str> = found.iter().map(|(it, _)| it.method).collect();
        let methods = methods.join(" or ");
        code::METHOD_NOT_ALLOWED.because(format!("it takes {methods}, not {}", request.method))
    })?;
    Ok(found.swap_remove(at))
}

/// The parts of a path for which `{}` stands in another; `None` when they differ.
fn parts_of(pattern: &str, path: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let (mut expected, mut own) = (pattern.split('/'), path.split('/'));
    loop {
        match (expected.next(), own.next()) {
            (None, None) => return Some(parts),
            (Some("{}"), Some(part)) if !part.is_empty() => {
                parts.push(request::decoded(part).into_owned());
            }
            (Some(expected), Some(own)) if expected == own => {}
            _ => return None,
        }
    }
}

fn told(world: &mut World, result: Result<Option<Json>, Refusal>) -> Response {
    let (status, body, why) = match result {
        Ok(Some(json)) => (200, json.to_string(), String::new()),
        Ok(None) => (204, String::new(), String::new()),
        Err(refusal) => {
            let mut body = json!({ "code": refusal.code.1, "message": refusal.words });
            if !refusal.detail.is_null() {
                body["detail"] = *refusal.detail;
            }
            (refusal.code.0, body.to_string(), refusal.why)
        }
    };
    let mut response = Response::new(status, JSON_TYPE, body.as_str()).because(why);
    if status == 204 {
        response.headers.clear();
    }
    if status != 401 && status < 500 {
        response.headers.extend(world.apply(SignAsPlatform(&body)));
    }
    response
}
