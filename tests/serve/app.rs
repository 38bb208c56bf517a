//! `wxsim serve --app`: the program runs on a phone that the control interface holds.

use std::io::{BufReader, Read as _};

use serde_json::{Value as Json, json};

use super::Serving;
use crate::support::Wxsim;
use crate::support::server::{Server, reply};

/// A program that asks for the location, logs in at its server and pays.
fn shop() -> tempfile::TempDir {
    crate::support::project(&[
        ("app.json", r#"{"pages": ["pages/a/a"], "permission": {"scope.userLocation": {"desc": "d"}}, "requiredPrivateInfos": ["getLocation"]}"#),
        ("app.js", "App({})"),
        ("project.config.json", r#"{"appid": "wx1111111111111111", "compileType": "miniprogram"}"#),
        ("pages/a/a.wxml", "<button id=\"locate\" bindtap=\"locate\">locate</button><button id=\"in\" bindtap=\"login\">in</button><text>{{state}}</text>"),
        (
            "pages/a/a.js",
            "Page({
              data: { state: 'new' },
              locate() {
                wx.getLocation({ success: () => this.setData({ state: 'located' }), fail: (e) => this.setData({ state: e.errMsg }) })
              },
              login() {
                wx.login({ success: ({ code }) => wx.request({
                  url: 'https://shop.example.com/login?code=' + code,
                  success: ({ data }) => this.setData({ state: data.openid || 'no' }),
                }) })
              },
            })",
        ),
    ])
}

#[test]
fn the_program_runs_too_when_it_is_asked_for() {
    let back_end = Server::start(|request| {
        let query = request.path().split("code=").nth(1).unwrap_or_default();
        reply(
            "200 OK",
            &[("content-type", "application/json")],
            format!("{{\"openid\":\"{}\"}}", query.len()).as_bytes(),
        )
    });
    let program = shop();
    let path = program.path().to_str().expect("a plain path");
    let forward = format!("https://shop.example.com={}", back_end.url(""));
    let serving = Serving::run(&[
        "serve",
        path,
        "--app",
        "--json",
        "--clock",
        "virtual",
        "--forward",
        &forward,
    ]);
    let phone = || serving.control("GET", "phone", &Json::Null).json();
    assert_eq!(phone()["page"], "pages/a/a");
    assert!(phone()["tree"].to_string().contains("new"), "{}", phone());
    let step = |text: &str| {
        serving
            .control("POST", "phone", &json!({ "step": text }))
            .json()
    };
    let asked = step("tap #locate");
    assert_eq!(asked["questions"], json!(["scope.userLocation"]), "{asked}");
    let denied = serving
        .control("POST", "answer", &json!({"scope.userLocation": "deny"}))
        .json();
    assert_eq!(
        denied["data"]["state"], "getLocation:fail auth deny",
        "{denied}"
    );
    assert_eq!(
        step("tap #in")["data"]["state"],
        "32",
        "the code of the login went to the back end"
    );
    let wrong = serving.control("POST", "phone", &json!({"step": "tap #none"}));
    assert_eq!(wrong.status, 400);
    assert!(wrong.json()["error"].to_string().contains("#none"));
    let before = phone()["now"].as_i64().expect("a moment");
    let moved = serving
        .control("POST", "clock", &json!({"advance": "3s"}))
        .json();
    assert_eq!(moved["now"].as_i64(), Some(before + 3_000));
    assert_eq!(phone()["now"].as_i64(), Some(before + 3_000));
    assert_eq!(serving.request("GET", "/_wxsim/phone", "", b"").status, 401);
    let code = serving.login();
    assert_eq!(serving.exchange(&code).get("errcode"), None);
}

#[cfg(unix)]
#[test]
fn rules_look_at_the_program_that_runs() {
    let program = crate::support::project(&[
        (
            "app.json",
            r#"{"pages": ["pages/a/a"], "permission": {"scope.userLocation": {"desc": "x"}}}"#,
        ),
        (
            "pages/a/a.js",
            "Page({ onLoad() { wx.authorize({ scope: 'scope.record', complete() {} }) } })",
        ),
    ]);
    let path = program.path().to_str().expect("a plain path");
    let run = |more: &[&str]| {
        let all = ["serve", path, "--app", "--json", "--clock", "virtual"];
        let mut serving = Serving::run(&[&all, more].concat());
        let phone = serving.control("GET", "phone", &Json::Null).json();
        assert_eq!(phone["questions"], json!(["scope.record"]), "{phone}");
        let pid = serving.child.id().to_string();
        let told = std::process::Command::new("kill").arg(&pid).status();
        assert!(told.expect("kill runs").success());
        let code = serving.child.wait().expect("it ends").code();
        let mut told = String::new();
        let errors = serving.child.stderr.take().expect("it is piped");
        BufReader::new(errors)
            .read_to_string(&mut told)
            .expect("text");
        (code, told)
    };
    for (more, code) in [(&[][..], 0), (&["--rules=error"], 1)] {
        let (ended, told) = run(more);
        assert_eq!(ended, Some(code), "{more:?}: {told}");
        let says = "! P01 prompt-before-intent: pages/a/a.js:1:31  `scope.record` is asked for";
        assert!(told.contains(says), "{told}");
        assert_eq!(told.matches("→ ask in the handler").count(), 1, "{told}");
    }
    assert_eq!(run(&["--rules=off"]), (Some(0), String::new()));
    let nothing = Wxsim::new().args(&["serve", "--rules=off"]).finishes(2);
    nothing.complains(&["--app"]);
}

#[test]
fn the_phone_is_for_servers_with_a_program() {
    let refused = Wxsim::new().args(&["serve", "--app"]).finishes(2);
    refused.complains(&["PROJECT"]);
    let serving = Serving::start(&[]);
    assert_eq!(serving.control("GET", "phone", &Json::Null).status, 400);
    let wrong = Wxsim::new()
        .args(&[
            "serve",
            "x",
            "--app",
            "--forward",
            "https://a=https://example.com",
        ])
        .finishes(2);
    wrong.complains(&["is not this machine"]);
}
