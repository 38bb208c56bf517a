//! From a request to its interface: the tables of all groups, and what every interface has in common.

use serde_json::{Map, Value as Json, json};

use super::asked::Asked;
use super::endpoint::{Access, Answer, Endpoint, Verb};
use super::fault::Fault;
use super::request::Request;
use super::response::Response;
use super::{
    card, code, login, media, nearby, quota, security, service, soter, subscribe, template,
    token_api, user,
};
use super::{errcode, errmsg_style, pay, token};
use crate::world::World;
use crate::world::open_api::fault::{Effect, TakeFault};
use crate::world::open_api::quota::{CountCall, QuotaProblem};
use crate::world::open_api::request_log::{LogRequest, NextRid};

/// The table of each group.
const GROUPS: &[&[Endpoint]] = &[
    token_api::ENDPOINTS,
    login::ENDPOINTS,
    user::ENDPOINTS,
    soter::ENDPOINTS,
    quota::ENDPOINTS,
    media::ENDPOINTS,
    security::ENDPOINTS,
    nearby::ENDPOINTS,
    template::ENDPOINTS,
    subscribe::ENDPOINTS,
    service::ENDPOINTS,
    code::ENDPOINTS,
    card::ENDPOINTS,
];

/// The type of JSON bodies.
const JSON_TYPE: &str = "application/json; encoding=utf-8";
/// The type that they have under `/sns/` and of media: a trap for clients that look at it.
const TEXT_TYPE: &str = "text/plain";

/// Interfaces under this answer a wrong method as a server that has no such path.
const PLAIN_PATHS: &str = "/wxaapi/";

/// Every interface of `api.weixin.qq.com`.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    GROUPS.iter().copied().flatten()
}

/// What the server answers to a request.
pub fn answer(world: &mut World, request: &Request) -> Response {
    if let Some(effect) = world.apply(TakeFault(&request.path)) {
        if let Some(response) = injected(world, request, &effect) {
            return log(world, request, "", response);
        }
        let mut response = answered(world, request);
        response.delay_ms = effect.delay_ms;
        return response;
    }
    answered(world, request)
}

fn answered(world: &mut World, request: &Request) -> Response {
    if let Some(response) = pay::answer(world, request) {
        return log(world, request, "", response);
    }
    let mut app_id = String::new();
    let result = called(world, request, &mut app_id);
    let response = match result {
        Ok(answer) => told(&request.path, answer),
        Err(fault) => refused(world, &request.path, &fault),
    };
    log(world, request, &app_id, response)
}

/// Notes the request for `openapi/rid/get`.
fn log(world: &mut World, request: &Request, app_id: &str, response: Response) -> Response {
    let rid = match response.header(RID_HEADER) {
        Some(rid) => rid.to_owned(),
        None => world.apply(NextRid),
    };
    let is_text = response
        .header("content-type")
        .is_some_and(|it| !it.starts_with("image/"));
    world.apply(LogRequest {
        rid,
        app_id: app_id.to_owned(),
        url: request.target(),
        body: &request.body,
        response: if is_text { &response.body } else { &[] },
        client_ip: &request.client_ip,
        failed: response.header(RID_HEADER).is_some() || response.status >= 400,
    });
    response
}

/// The line that carries the id of a request inside; it is no secret, so it goes out too.
const RID_HEADER: &str = "Wxsim-Rid";

/// Why a request failed that nothing was wrong with.
const INJECTED: &str = "a fault that was injected";

/// The fault that somebody asked for, unless it is a delay alone.
fn injected(world: &mut World, request: &Request, effect: &Effect) -> Option<Response> {
    let mut response = if effect.is_cut {
        Response::default()
    } else if let Some(status) = effect.status {
        Response::new(status, TEXT_TYPE, effect.errmsg.clone())
    } else {
        let code = effect.errcode?;
        if pay::owns(&request.path) {
            let mut response = pay::failed(world, request, &effect.errmsg);
            INJECTED.clone_into(&mut response.why);
            response.delay_ms = effect.delay_ms;
            return Some(response);
        }
        let usual = errcode::ALL.iter().find(|known| known.0 == code);
        let text = match effect.errmsg.as_str() {
            "" => usual.map_or("system error", |known| known.1),
            text => text,
        };
        refused(world, &request.path, &Fault::new(code, text))
    };
    INJECTED.clone_into(&mut response.why);
    response.delay_ms = effect.delay_ms;
    response.is_cut = effect.is_cut;
    Some(response)
}

fn called(world: &mut World, request: &Request, app_id: &mut String) -> Result<Answer, Fault> {
    let endpoint = find(world, request)?;
    if endpoint.access == Access::Token {
        *app_id = token::owner(world, request)?;
        count(world, endpoint, app_id)?;
    }
    let asked = Asked::new(request, app_id.clone());
    (endpoint.handle)(world, &asked)
}

/// The interface of the path, if it takes the method and exists on the day of the world.
fn find(world: &World, request: &Request) -> Result<&'static Endpoint, Fault> {
    let path = request.path.trim_end_matches('/');
    let found = endpoints().find(|it| it.path == path);
    let day = world.profile().compat_date;
    let endpoint = match found {
        Some(endpoint) if endpoint.since.is_none_or(|since| day >= since) => endpoint,
        Some(endpoint) => {
            let since = endpoint.since.map(|it| it.to_string()).unwrap_or_default();
            let why = format!(
                "{} exists since {since}; the world is of {day}",
                endpoint.name
            );
            return Err(errcode::INVALID_URL.because(why));
        }
        None => {
            let known: Vec<&str> = endpoints().map(|it| it.path).collect();
            let near = crate::near::near(path, known.iter().copied());
            let near = near.first();
            let why = near.map_or_else(String::new, |near| format!("did you mean {near}?"));
            return Err(errcode::INVALID_URL.because(why));
        }
    };
    match (endpoint.verb, request.method.as_str()) {
        (Verb::Get | Verb::Any, "GET" | "HEAD") | (Verb::Post | Verb::Any, "POST") => {}
        (verb, _) if path.starts_with(PLAIN_PATHS) => {
            let why = format!("{} takes {verb:?} alone", endpoint.name);
            return Err(Fault::plain(404, "404 not found").because(why));
        }
        (Verb::Get, _) => return Err(errcode::REQUIRE_GET.into()),
        (Verb::Post | Verb::Any, _) => return Err(errcode::REQUIRE_POST.into()),
    }
    if let Some(until) = endpoint.until.filter(|until| day >= *until) {
        let why = format!("{} ended on {until}; the world is of {day}", endpoint.name);
        return Err(errcode::API_UNSUPPORTED.because(why));
    }
    Ok(endpoint)
}

/// Counts a call of an app.
///
/// # Errors
/// 45011, or what the interface answers instead, or 45009 when it has no more of them.
pub(super) fn count(world: &mut World, endpoint: &Endpoint, app_id: &str) -> Result<(), Fault> {
    let counted = world.apply(CountCall {
        app_id,
        path: endpoint.path,
        limits: endpoint.limits,
    });
    counted.map_err(|problem| {
        let (minute, day) = endpoint.limits;
        let today = world.profile().compat_date;
        match problem {
            QuotaProblem::Minute => {
                let is_told = endpoint.minute_told_from.is_none_or(|from| today >= from);
                let code = if is_told {
                    endpoint.minute_code
                } else {
                    errcode::DAILY_QUOTA
                };
                code.because(format!("{} a minute", minute.unwrap_or_default()))
            }
            QuotaProblem::Day => {
                errcode::DAILY_QUOTA.because(format!("{} a day", day.unwrap_or_default()))
            }
        }
    })
}

/// The type of the JSON of a path.
fn json_type(path: &str) -> &'static str {
    if path.starts_with("/sns/") || path.starts_with("/cgi-bin/media/upload") {
        TEXT_TYPE
    } else {
        JSON_TYPE
    }
}

fn told(path: &str, answer: Answer) -> Response {
    match answer {
        Answer::Data(json) => Response::json(200, json_type(path), &json),
        Answer::Ok(members) => {
            let mut body = Map::new();
            body.insert("errcode".to_owned(), 0.into());
            body.insert("errmsg".to_owned(), "ok".into());
            body.extend(members);
            Response::json(200, json_type(path), &Json::Object(body))
        }
        Answer::Bytes {
            content_type,
            bytes,
            headers,
        } => {
            let mut response = Response::new(200, &content_type, bytes);
            response.headers.extend(headers);
            response
        }
    }
}

fn refused(world: &mut World, path: &str, fault: &Fault) -> Response {
    if let Some(status) = fault.plain_status {
        let response = Response::new(status, TEXT_TYPE, fault.errmsg.clone());
        return response.because(fault.why.clone());
    }
    let (errmsg, rid) = errmsg_style::with_trace(world, path, &fault.errmsg);
    let body = json!({ "errcode": fault.errcode, "errmsg": errmsg });
    // Clients tell a picture from an error by the type alone, so it is exactly this one there.
    let kind = if path.starts_with("/sns/") {
        TEXT_TYPE
    } else {
        "application/json"
    };
    let response = Response::json(200, kind, &body).with_header(RID_HEADER, rid);
    response.because(fault.why.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::endpoints;
    use crate::profile::{Date, Profile};
    use crate::server::testing::{Client, code};
    use crate::world::open_api::fault::{Effect, InjectFault};

    #[test]
    fn every_path_stands_in_one_table() {
        let paths: BTreeSet<&str> = endpoints().map(|it| it.path).collect();
        assert_eq!(paths.len(), endpoints().count());
    }

    #[test]
    fn an_unknown_path_and_a_wrong_method_are_answers_too() {
        let mut client = Client::new(Profile::default());
        let response = client.get("/wxa/nothing");
        assert_eq!((response.status, code(&response)), (200, 40066));
        assert_eq!(code(&client.get("/cgi-bin/stable_token")), 43002);
        assert_eq!(
            code(&client.post("/sns/jscode2session", "{}")),
            41002,
            "only the query is read"
        );
        let mut old = Client::new(Profile::on(Date::new(2018, 6, 4)));
        assert_eq!(
            code(&old.post("/cgi-bin/stable_token", "{}")),
            40066,
            "it came in 2023"
        );
    }

    #[test]
    fn a_wrong_method_under_wxaapi_is_no_json() {
        let mut client = Client::new(Profile::default());
        for response in [
            client.post("/wxaapi/newtmpl/getcategory", "{}"),
            client.get("/wxaapi/newtmpl/addtemplate"),
        ] {
            assert_eq!(response.status, 404);
            assert_eq!(response.body, b"404 not found");
            assert_eq!(response.header("content-type"), Some("text/plain"));
            assert!(response.why.ends_with("alone"), "{}", response.why);
        }
    }

    #[test]
    fn a_fault_that_was_injected_comes_as_often_as_was_said() {
        let mut client = Client::new(Profile::default());
        client.world.apply(InjectFault {
            path: "/sns/*".to_owned(),
            times: Some(2),
            effect: Effect {
                errcode: Some(-1),
                ..Effect::default()
            },
        });
        let codes: Vec<i64> = (0..3)
            .map(|_| code(&client.get("/sns/jscode2session")))
            .collect();
        assert_eq!(codes, [-1, -1, 41002]);
    }
}
