//! The owner of the world: who gets in, what goes out, what is written down.

use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};

use super::{Server, StateFile};
use crate::net::listener::{Post, Service as _};
use crate::profile::Profile;
use crate::server::{Request, Response};
use crate::world::open_api::delivery::Outcome;
use crate::world::{AppFacts, World};

fn server() -> Server {
    let world = World::new(Profile::default(), AppFacts::default(), 1);
    Server::new(world, "token".to_owned(), Box::new(|_| {}))
}

fn nobody(post: &Post) -> Outcome {
    Outcome::Failed(format!("nobody is at {}", post.url))
}

fn call(server: &Server, name: &str, body: &Json) -> Response {
    let request = Request::post(&format!("/_wxsim/{name}"), body.to_string());
    let request = request.with_header("authorization", "Bearer token");
    server.answer(request, &nobody)
}

fn deliveries(server: &Server) -> Json {
    let request = Request::get("/_wxsim/deliveries").with_header("authorization", "Bearer token");
    server.answer(request, &nobody).body_json()
}

/// Settings that hold, and a message for them.
fn say(server: &Server, url: &str) {
    let push = json!({ "url": url, "token": "abc", "check": false });
    assert_eq!(call(server, "push", &push).status, 200);
    assert_eq!(call(server, "say", &json!({ "text": "你好" })).status, 200);
}

#[test]
fn without_the_token_nothing_happens_and_nothing_is_asked() {
    let server = server();
    let asked = Mutex::new(0);
    let outside = |_: &Post| {
        *asked.lock().expect("one at a time") += 1;
        Outcome::Failed(String::new())
    };
    let push = json!({ "url": "http://127.0.0.1:1/p", "token": "abc" });
    let request = Request::post("/_wxsim/push", push.to_string());
    assert!(server.asks_outside(&request));
    assert_eq!(server.answer(request.clone(), &outside).status, 401);
    let foreign = request
        .with_header("authorization", "Bearer token")
        .with_header("host", "evil.example");
    assert_eq!(server.answer(foreign, &outside).status, 403);
    assert_eq!(*asked.lock().expect("one at a time"), 0);
}

#[test]
fn an_address_must_know_its_token() {
    let server = server();
    let body = json!({ "url": "http://127.0.0.1:1/p", "token": "abc" });
    let request = Request::post("/_wxsim/push", body.to_string());
    let request = request.with_header("authorization", "Bearer token");
    let right = |post: &Post| {
        let query = Request::get(&post.url);
        let echo = query.query_value("echostr").expect("an echostr");
        assert!(query.query_value("signature").is_some());
        Outcome::Answered {
            status: 200,
            body: echo.into_bytes(),
        }
    };
    let wrong = |_: &Post| Outcome::Answered {
        status: 200,
        body: b"hello".to_vec(),
    };
    let refused = server.answer(request.clone(), &wrong);
    assert_eq!(refused.status, 400);
    let words = refused.body_json()["error"].to_string();
    assert!(
        words.contains("Token校验失败") && words.contains("hello"),
        "{words}"
    );
    let refused = server.answer(request.clone(), &nobody);
    assert_eq!(refused.status, 400);
    assert_eq!(server.answer(request, &right).status, 200);
}

#[test]
fn a_message_goes_out_until_the_server_accepts_it() {
    let server = server();
    say(&server, "http://127.0.0.1:1/p");
    let first = server.tick();
    assert_eq!(first.len(), 1);
    assert!(first[0].url.starts_with("http://127.0.0.1:1/p?signature="));
    assert!(String::from_utf8_lossy(&first[0].body).contains("你好"));
    assert!(server.tick().is_empty(), "it is out");
    server.posted(first[0].id, Outcome::Failed("reset".to_owned()));
    let second = server.tick();
    assert_eq!((second.len(), second[0].id), (1, first[0].id));
    let outcome = Outcome::Answered {
        status: 200,
        body: b"success".to_vec(),
    };
    server.posted(second[0].id, outcome);
    assert!(server.tick().is_empty());
    let told = deliveries(&server);
    assert_eq!(
        (&told[0]["state"], &told[0]["attempt"]),
        (&json!("Done"), &json!(2))
    );
}

#[test]
fn nothing_goes_to_other_machines_unless_their_host_is_open() {
    let closed = server();
    say(&closed, "https://example.com/p");
    assert!(closed.tick().is_empty());
    let told = deliveries(&closed)[0]["lastAnswer"].to_string();
    assert!(told.contains("--allow-host"), "{told}");

    let host = "example.com".parse().expect("a host");
    let open = server().with_hosts(vec![host]);
    say(&open, "https://example.com/p");
    assert_eq!(open.tick().len(), 1);
}

#[test]
fn whoever_watches_sees_every_request() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let list = seen.clone();
    let world = World::new(Profile::default(), AppFacts::default(), 1);
    let server = Server::new(
        world,
        "token".to_owned(),
        Box::new(move |it| {
            let line = format!("{} {}", it.request.path, it.response.status);
            list.lock().expect("one at a time").push(line);
        }),
    );
    server.answer(Request::get("/cgi-bin/token"), &nobody);
    server.answer(Request::get("/_wxsim/world"), &nobody);
    let seen = seen.lock().expect("one at a time");
    assert_eq!(*seen, ["/cgi-bin/token 200", "/_wxsim/world 401"]);
}

#[test]
fn what_was_answered_is_in_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("world.wxsim");
    let world = World::new(Profile::default(), AppFacts::default(), 1);
    let state = StateFile::begin(&path, &world).expect("a new file");
    let server = Server::new(world, "token".to_owned(), Box::new(|_| {})).with_state(state);
    let code = call(&server, "login", &json!({})).body_json()["code"].clone();
    say(&server, "http://127.0.0.1:1/p");
    assert_eq!(server.tick().len(), 1);
    // The process ends here, without a word.
    drop(server);
    let (world, _lock) = StateFile::open(&path).expect("it opens");
    let world = world.expect("a world");
    assert!(world.code_owner(code.as_str().expect("a code")).is_some());
    let server = Server::new(world, "token".to_owned(), Box::new(|_| {}));
    assert!(server.tick().is_empty(), "it was out");
    server.begin().expect("nothing is written");
    let again = server.tick();
    assert_eq!(again.len(), 1, "whoever had it is gone");
    let told = deliveries(&server);
    assert_eq!(told[0]["attempt"], 1, "the former attempt does not count");
}
