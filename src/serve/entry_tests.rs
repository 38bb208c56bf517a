//! The same entries give the same world.

use serde_json::json;

use super::{Entry, kept, perform};
use crate::profile::Profile;
use crate::server::Request;
use crate::world::open_api::delivery::{Outcome, State};
use crate::world::{AdvanceTo, AppFacts, Millis, World};

/// A world at the beginning of its day.
fn world() -> World {
    let mut world = World::new(Profile::default(), AppFacts::default(), 1);
    let day = world.profile().compat_date.midnight_unix_ms();
    world.apply(AdvanceTo(Millis(day)));
    world
}

fn control(name: &str, body: &serde_json::Value) -> Request {
    Request::post(&format!("/_wxsim/{name}"), body.to_string())
}

/// What a day brings: users, logins, tokens, an order that is paid, messages that go out and come, faults, time.
fn entries(world: &World) -> Vec<Entry> {
    let app_id = world.app().app_id.clone();
    let secret = world.app_secret(&app_id).expect("the program");
    let token =
        format!("/cgi-bin/token?grant_type=client_credential&appid={app_id}&secret={secret}");
    let push = json!({ "url": "http://127.0.0.1:9/p", "token": "abc", "check": false });
    let requests = [
        control("users", &json!({ "name": "li", "nickname": "小李" })),
        control("login", &json!({ "user": "li" })),
        Request::get(&token),
        control("push", &push),
        control("say", &json!({ "user": "li", "text": "你好" })),
        control(
            "faults",
            &json!({ "path": "/sns/*", "times": 1, "errcode": -1 }),
        ),
        Request::get("/sns/jscode2session?appid=x"),
        control("clock", &json!({ "advance": "1h" })),
        control("rules", &json!({ "nonsense": 1 })),
        Request::get("/cgi-bin/token?grant_type=client_credential"),
        Request::post("/pay/unifiedorder", "<xml><a>1</a></xml>"),
        Request::post("/v3/pay/transactions/jsapi", "{}"),
        Request::post("/wxa/nothing", [0, 159, 146, 150]),
    ];
    let now = world.now();
    let mut at = now;
    let mut all = Vec::new();
    for request in requests {
        at = at.plus(7);
        let request = kept(&request);
        all.push(Entry::Request { at, request });
        all.push(Entry::Tick { at: at.plus(1) });
    }
    let at = at.plus(3_600_000);
    let outcome = Outcome::Answered {
        status: 200,
        body: b"success".to_vec(),
    };
    all.push(Entry::Posted { at, id: 1, outcome });
    all.push(Entry::Tick { at: at.plus(5) });
    all.push(Entry::Again { at: at.plus(6) });
    all
}

#[test]
fn the_same_entries_give_the_same_answers_and_the_same_world() {
    let (mut one, mut other) = (world(), world());
    let entries = entries(&one);
    for entry in &entries {
        let text = serde_json::to_string(entry).expect("a JSON form");
        let again: Entry = serde_json::from_str(&text).expect("the same form");
        assert_eq!(again.at(), entry.at());
        let (first, second) = (perform(&mut one, entry), perform(&mut other, &again));
        assert_eq!(first.response, second.response, "{text}");
        assert_eq!(first.out, second.out, "{text}");
        assert_eq!(one.fingerprint(), other.fingerprint(), "{text}");
    }
    assert_eq!(one.users().len(), 2, "they did something");
    assert!(one.deliveries().any(|told| told.state == State::Done));
    assert_eq!(one.faults(), []);
}

#[test]
fn a_world_that_was_saved_on_the_way_comes_to_the_same() {
    let mut straight = world();
    let entries = entries(&straight);
    for entry in &entries {
        perform(&mut straight, entry);
    }
    for stop in 0..entries.len() {
        let mut world = world();
        for entry in &entries[..stop] {
            perform(&mut world, entry);
        }
        let mut world = World::restore(&world.save_whole()).expect("it was just saved");
        for entry in &entries[stop..] {
            perform(&mut world, entry);
        }
        assert_eq!(world.fingerprint(), straight.fingerprint(), "after {stop}");
    }
}

#[test]
fn an_entry_of_the_past_does_not_turn_time_back() {
    let mut world = world();
    let now = world.now();
    perform(&mut world, &Entry::Tick { at: now.plus(5) });
    perform(&mut world, &Entry::Tick { at: now });
    assert_eq!(world.now(), now.plus(5));
}

#[test]
fn the_control_token_is_not_written_down() {
    let secret = "Bearer 0123456789abcdef";
    let of_control = control("login", &json!({})).with_header("authorization", secret);
    let of_pay = Request::get("/v3/certificates").with_header("authorization", "WECHATPAY2 x");
    let of_pay = of_pay.with_header("cookie", "a=b");
    assert_eq!(kept(&of_control).headers, []);
    let lines = kept(&of_pay).headers;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(kept(&of_pay).header("authorization"), Some("WECHATPAY2 x"));
}

#[test]
fn what_an_interface_reads_of_a_request_is_written_down() {
    let mut world = world();
    let request = Request::get("/v3/certificates").with_header("user-agent", "curl/8");
    let mut other = world.clone();
    let now = world.now();
    let live = Entry::Request {
        at: now,
        request: request.clone(),
    };
    let replayed = Entry::Request {
        at: now,
        request: kept(&request),
    };
    let live = perform(&mut world, &live).response;
    let replayed = perform(&mut other, &replayed).response;
    assert_eq!(live.status, replayed.status);
    assert_eq!(live.body, replayed.body);
}
