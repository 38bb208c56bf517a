//! The control interface: who may use it, what its description says, what goes for all calls.

#[path = "control_calls_tests.rs"]
mod calls;
#[path = "control_fuzz_tests.rs"]
mod fuzz;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{CONTROL, OPEN_API, TIME_MS_MAX, answer, calls as all_calls, is_control, unproven};
use crate::profile::Profile;
use crate::server::{Request, Response};
use crate::world::{AdvanceTo, AppFacts, Millis, World};

const APP: &str = "wx1111111111111111";
const TOKEN: &str = "0123456789abcdef";

/// One program, two users.
fn world() -> World {
    let facts = AppFacts {
        app_id: APP.to_owned(),
        pages: vec!["pages/index/index".to_owned()],
        ..AppFacts::default()
    };
    let mut world = World::new(Profile::default(), facts, 1);
    let day = world.profile().compat_date.midnight_unix_ms();
    world.apply(AdvanceTo(Millis(day)));
    let (status, _) = call(&mut world, "POST", "users", r#"{"name":"li"}"#);
    assert_eq!(status, 200);
    world
}

fn request(method: &str, name: &str, body: &str) -> Request {
    Request {
        method: method.to_owned(),
        ..Request::post(&format!("{CONTROL}{name}"), body)
    }
}

/// What a call with the token gets; status and body are among those that the description has.
#[track_caller]
fn call(world: &mut World, method: &str, name: &str, body: &str) -> (u16, Json) {
    let bearer = format!("Bearer {TOKEN}");
    let request = request(method, name, body).with_header("authorization", &bearer);
    assert_eq!(unproven(&request, TOKEN), None);
    let response = answer(world, &request);
    let told = response.body_json();
    let document = document();
    let operation = &document["paths"][&request.path][&method.to_lowercase()];
    let described = resolved(
        &document,
        &operation["responses"][response.status.to_string()],
    );
    let schema = &described["content"]["application/json"]["schema"];
    assert!(
        schema.is_object(),
        "{method} {name}: {} {told}",
        response.status
    );
    assert_eq!(misfit(&document, schema, &told), None, "{told}");
    if response.status == 200 && !body.is_empty() {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let asked = serde_json::from_str(body).expect("JSON");
        assert_eq!(misfit(&document, schema, &asked), None, "{body}");
    }
    (response.status, told)
}

/// What a call gets that works.
#[track_caller]
fn done(world: &mut World, method: &str, name: &str, body: &Json) -> Json {
    let body = match body {
        Json::Null => String::new(),
        body => body.to_string(),
    };
    let (status, told) = call(world, method, name, &body);
    assert_eq!(status, 200, "{told}");
    told
}

/// What a call gets that fails; the world is as before.
#[track_caller]
fn refused(world: &mut World, name: &str, body: &str) -> String {
    let before = world.fingerprint();
    let (status, told) = call(world, "POST", name, body);
    assert_eq!(status, 400, "{told}");
    assert_eq!(world.fingerprint(), before, "{name} {body}");
    told["error"].as_str().expect("words").to_owned()
}

fn document() -> Json {
    serde_json::from_str(OPEN_API).expect("the description is JSON")
}

/// What a reference stands for.
fn resolved<'a>(document: &'a Json, part: &'a Json) -> &'a Json {
    match part["$ref"].as_str().and_then(|it| it.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).expect("what is referred to"),
        None => part,
    }
}

fn is_of_type(value: &Json, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("a type that is not checked: {other}"),
    }
}

/// Why a value does not fit a schema.
fn misfit(document: &Json, schema: &Json, value: &Json) -> Option<String> {
    let schema = resolved(document, schema);
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice| misfit(document, choice, value).is_none();
        return (!choices.iter().any(fits)).then(|| format!("no choice for {value}"));
    }
    let types: Vec<&str> = match &schema["type"] {
        Json::String(name) => vec![name],
        Json::Array(names) => names.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is_of_type(value, name)) {
        return Some(format!("{value} is none of {types:?}"));
    }
    if schema["enum"]
        .as_array()
        .is_some_and(|it| !it.contains(value))
    {
        return Some(format!("{value} is none of {}", schema["enum"]));
    }
    match value {
        Json::Array(items) => items
            .iter()
            .find_map(|item| misfit(document, &schema["items"], item)),
        Json::Object(members) => {
            let mut required = schema["required"].as_array().into_iter().flatten();
            let missing = required.find(|name| value.get(name.as_str().unwrap_or("")).is_none());
            let missing = missing.map(|name| format!("{name} is missing in {value}"));
            missing.or_else(|| {
                members.iter().find_map(|(name, member)| {
                    match (
                        schema["properties"].get(name),
                        &schema["additionalProperties"],
                    ) {
                        (Some(schema), _) => misfit(document, schema, member),
                        (None, Json::Bool(false)) => Some(format!("{name} is not described")),
                        (None, others) => misfit(document, others, member),
                    }
                })
            })
        }
        _ => None,
    }
}

#[test]
fn every_call_is_described_and_no_other() {
    let document = document();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            described.insert((method.clone(), path.clone()));
        }
    }
    let there: BTreeSet<(String, String)> = all_calls().into_iter().collect();
    assert_eq!(described, there);
    assert_eq!(all_calls().len(), there.len(), "no call stands there twice");
}

#[test]
fn examples_fit_and_only_what_holds_no_data_is_open() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["security"], json!([{ "controlToken": [] }]));
    let scheme = &document["components"]["securitySchemes"]["controlToken"];
    assert_eq!(scheme["scheme"], "bearer");
    let mut open = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let place = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{place}");
            let request = &operation["requestBody"];
            let mut parts = vec![resolved(&document, request)];
            let responses = operation["responses"].as_object().expect("responses");
            parts.extend(responses.values().map(|it| resolved(&document, it)));
            for part in parts {
                let json = &part["content"]["application/json"];
                if let Some(example) = json.get("example") {
                    assert_eq!(misfit(&document, &json["schema"], example), None, "{place}");
                }
            }
            if operation["security"] == json!([]) {
                open.push(path.clone());
            } else {
                assert!(responses.contains_key("401"), "{place}");
            }
        }
    }
    assert_eq!(open, ["/_wxsim/", "/_wxsim/openapi.json"]);
}

#[test]
fn a_call_shows_the_token() {
    let of = |value: &str| {
        let request = request("GET", "world", "").with_header("authorization", value);
        unproven(&request, TOKEN).map(|response| response.status)
    };
    let bare = unproven(&request("GET", "world", ""), TOKEN).expect("it is refused");
    assert_eq!(bare.status, 401);
    assert_eq!(bare.header("www-authenticate"), Some("Bearer"));
    let words = bare.body_json()["error"].as_str().map(str::to_owned);
    assert!(words.is_some_and(|it| it.contains("Bearer TOKEN") && !it.contains(TOKEN)));
    assert_eq!(of(&format!("Bearer {TOKEN}")), None);
    for wrong in [
        "Bearer 0123456789abcdee",
        "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0",
        "Bearer ",
        "0123456789abcdef",
        "Basic 0123456789abcdef",
        "bearer",
    ] {
        assert_eq!(of(wrong), Some(401), "{wrong}");
    }
    let in_query = Request::get(&format!("{CONTROL}world?token={TOKEN}"));
    assert!(unproven(&in_query, TOKEN).is_some());
}

#[test]
fn a_changing_call_and_every_file_but_two_show_it_too() {
    for (method, path) in all_calls() {
        let name = path.strip_prefix(CONTROL).expect("its beginning");
        let request = request(&method.to_uppercase(), name, "");
        let is_open = unproven(&request, TOKEN).is_none();
        assert_eq!(
            is_open,
            ["", "openapi.json"].contains(&name),
            "{method} {path}"
        );
    }
    assert!(unproven(&request("POST", "", ""), TOKEN).is_some());
}

#[test]
fn a_foreign_host_is_refused_with_the_token_too() {
    let status = |host: &str, name: &str| {
        let bearer = format!("Bearer {TOKEN}");
        let request = request("GET", name, "").with_header("host", host);
        let request = request.with_header("authorization", &bearer);
        unproven(&request, TOKEN).map(|response| response.status)
    };
    for own in [
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.1.2.3:1",
        "localhost",
        "localhost:8080",
        "[::1]:8080",
        "[::1]",
    ] {
        assert_eq!(status(own, "world"), None, "{own}");
    }
    for foreign in [
        "",
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1.evil.example:8080",
        "127.evil.example",
        "10.0.0.1:8080",
        "0.0.0.0",
        "[::2]:8080",
        "api.weixin.qq.com",
    ] {
        assert_eq!(status(foreign, "world"), Some(403), "{foreign}");
        assert_eq!(status(foreign, ""), Some(403), "the page too: {foreign}");
    }
}

#[test]
fn paths_of_the_interface_are_its_own() {
    for path in ["/_wxsim", "/_wxsim/", "/_wxsim/world", "/_wxsim/x/y"] {
        assert!(is_control(path), "{path}");
    }
    for path in ["/", "/_wxsimx", "/cgi-bin/token", "/x/_wxsim/world"] {
        assert!(!is_control(path), "{path}");
    }
}

fn file(world: &mut World, name: &str) -> Response {
    answer(world, &request("GET", name, ""))
}

#[test]
fn the_page_has_no_data_and_runs_nothing_of_others() {
    let mut world = world();
    let page = file(&mut world, "");
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").expect("a policy");
    for rule in [
        "default-src 'none'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    let text = String::from_utf8(page.body).expect("text");
    let secret = world.app_secret(APP).expect("an app");
    for data in [APP, &secret, TOKEN, "li", "小明"] {
        let is_there = text.contains(&format!(">{data}<")) || text.contains(&format!("'{data}'"));
        assert!(!is_there, "{data}");
    }
    for danger in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "src=\"http",
    ] {
        assert!(!text.contains(danger), "{danger}");
    }
    world.apply(AdvanceTo(world.now().plus(1)));
    assert_eq!(
        file(&mut world, "").body,
        text.as_bytes(),
        "always the same"
    );
}

#[test]
fn markup_in_a_name_is_json_text_and_nothing_else() {
    let mut world = world();
    let name = "<script>alert(1)</script>";
    let body = json!({ "name": name, "nickname": name });
    done(&mut world, "POST", "users", &body);
    for (method, path) in all_calls() {
        let name_of_call = path.strip_prefix(CONTROL).expect("its beginning");
        if method != "get" {
            continue;
        }
        let response = file(&mut world, name_of_call);
        let kind = response.header("content-type").expect("a type").to_owned();
        let text = String::from_utf8_lossy(&response.body).into_owned();
        if kind.starts_with("text/html") {
            assert!(!text.contains("alert(1)"), "{path}");
        } else {
            assert_eq!(kind, "application/json", "{path}");
        }
    }
    let users = done(&mut world, "GET", "users", &Json::Null);
    assert_eq!(users[2]["nickname"], name, "as it was given");
    let (_, told) = call(
        &mut world,
        "POST",
        "login",
        r#"{"user":"<img src=x onerror=alert(1)>"}"#,
    );
    assert!(told["error"].is_string(), "an error is JSON too");
}

#[test]
fn an_unknown_call_is_told_with_those_there_are() {
    let mut world = world();
    for (method, name, status) in [
        ("GET", "nothing", 404),
        ("GET", "login", 405),
        ("PUT", "faults", 405),
        ("POST", "world", 405),
        ("GET", "codes/none", 404),
        ("GET", "../world", 404),
    ] {
        let response = answer(&mut world, &request(method, name, ""));
        assert_eq!(response.status, status, "{method} {name}");
        assert!(response.body_json()["error"].is_string());
    }
    let told = answer(&mut world, &request("GET", "nothing", "")).body_json();
    let words = told["error"].as_str().expect("words");
    for known in ["POST login", "DELETE faults", "GET save", "GET codes/{id}"] {
        assert!(words.contains(known), "{words}");
    }
}

#[test]
fn no_call_takes_a_member_that_it_does_not_know() {
    let mut world = world();
    let calls = all_calls()
        .into_iter()
        .filter(|(method, _)| method == "post");
    for (_, path) in calls {
        let name = path.strip_prefix(CONTROL).expect("its beginning");
        if ["restore", "phone", "answer"].contains(&name) {
            continue;
        }
        let words = refused(&mut world, name, r#"{"usr":"li"}"#);
        assert!(words.contains("`usr`"), "{name}: {words}");
        for body in ["[]", "null", "1", "\"a\"", "{", "\u{0}"] {
            let words = refused(&mut world, name, body);
            assert!(words.contains("the body"), "{name} {body}: {words}");
        }
    }
}

#[test]
fn without_a_phone_its_calls_say_how_to_get_one() {
    let mut world = world();
    let (status, told) = call(&mut world, "GET", "phone", "");
    assert_eq!(status, 400, "{told}");
    for name in ["phone", "answer"] {
        let words = refused(&mut world, name, r#"{"step":"tree"}"#);
        assert!(words.contains("--app"), "{words}");
    }
}

#[test]
fn time_goes_on_and_never_back() {
    let mut world = world();
    let now = world.now().0;
    let mut to = |body: &str| {
        let (status, told) = call(&mut world, "POST", "clock", body);
        assert_eq!(status, 200, "{told}");
        told["now"].as_i64().expect("a moment") - now
    };
    assert_eq!(to(r#"{"advance":"3d"}"#), 259_200_000);
    assert_eq!(to(r#"{"advance":"500ms"}"#), 259_200_500);
    assert_eq!(to(r#"{"advance":500}"#), 259_201_000);
    let then = now + 259_202_000;
    assert_eq!(to(&format!(r#"{{"to":{then}}}"#)), 259_202_000);
    assert_eq!(to(&format!(r#"{{"to":{then}}}"#)), 259_202_000, "it is now");
    for (body, why) in [
        (format!(r#"{{"to":{}}}"#, then - 1), "does not go back"),
        (r#"{"to":0}"#.to_owned(), "does not go back"),
        (r#"{"advance":-1}"#.to_owned(), "does not go back"),
        (format!(r#"{{"to":{}}}"#, TIME_MS_MAX + 1), "9999"),
        (format!(r#"{{"advance":{}}}"#, i64::MAX), "9999"),
        (r#"{"advance":"-3d"}"#.to_owned(), "no duration"),
        (r#"{"advance":"3 weeks"}"#.to_owned(), "no duration"),
        (r#"{"advance":1.5}"#.to_owned(), "milliseconds"),
        (r#"{"advance":[1]}"#.to_owned(), "milliseconds"),
        (r#"{"advance":"1d","to":1}"#.to_owned(), "or `to`"),
        ("{}".to_owned(), "or `to`"),
        (String::new(), "or `to`"),
    ] {
        let words = refused(&mut world, "clock", &body);
        assert!(words.contains(why), "{body}: {words}");
    }
    let end = format!(r#"{{"to":{TIME_MS_MAX}}}"#);
    assert_eq!(call(&mut world, "POST", "clock", &end).0, 200);
    let (status, _) = call(&mut world, "POST", "login", "{}");
    assert_eq!(status, 200, "the last moment is one like others");
}
