//! The sample programs for login and permissions, and their twins that do it wrong.
//!
//! Traces of the samples are golden files: `WXSIM_BLESS=1` rewrites them, to be read before they are
//! committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use wxsim::package::{self, MemoryFiles};
use wxsim::profile::Profile;
use wxsim::runtime::trace::{Entry, Event};
use wxsim::runtime::{Config, Policy, Sim};
use wxsim::world::enter_options::EnterOptions;

use crate::support::Wxsim;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn sample(name: &str) -> PathBuf {
    PathBuf::from(format!("{ROOT}/sample-apps/{name}"))
}

fn twin(name: &str) -> PathBuf {
    PathBuf::from(format!("{ROOT}/tests/twins/{name}"))
}

fn golden(name: &str, trace: &str) {
    let path = PathBuf::from(format!("{ROOT}/tests/golden/{name}.txt"));
    if std::env::var_os("WXSIM_BLESS").is_some() {
        fs::write(&path, trace).expect("the golden file is written");
    }
    let expected = fs::read_to_string(&path).expect("the golden file is there");
    assert_eq!(trace, expected, "{name}");
}

/// The permissions sample: the shops near the user, on a day, with an answer.
fn locate(day: Option<&str>, answer: &str) -> String {
    let mut run = Wxsim::run(sample("permissions"))
        .step("gesture onLocate")
        .answer(&format!("scope.userLocation={answer}"))
        .answer("modal=cancel");
    if let Some(day) = day {
        run = run.args(&["--compat-date", day]);
    }
    run.finishes(0).stdout
}

#[test]
fn a_permission_is_asked_for_when_it_is_used_in_2018_and_today() {
    for (day, word) in [(Some("2018-06-04"), "2018"), (None, "today")] {
        for answer in ["allow", "deny"] {
            let trace = locate(day, answer);
            golden(&format!("permissions-{answer}-{word}"), &trace);
        }
    }
}

#[test]
fn the_two_days_differ_in_what_the_platform_changed_and_in_nothing_else() {
    for answer in ["allow", "deny"] {
        let (old, new) = (locate(Some("2018-06-04"), answer), locate(None, answer));
        let lines = |trace: &str| -> Vec<String> {
            let timeless = |line: &str| {
                let line = line
                    .replace(" and privacy", "")
                    .replace(" {errno: 103}", "")
                    .replace(", content: null", "");
                line.chars().skip(9).collect()
            };
            // The first line names the platform, the options of the start have a member more.
            let told = trace.lines().filter(|line| line.starts_with("    "));
            let hooks = |line: &&str| !line.contains("App.") && !line.contains("apiCategory");
            told.filter(hooks).map(timeless).collect()
        };
        assert_eq!(lines(&old), lines(&new), "{answer}");
        assert!(new.contains("and privacy") && !old.contains("and privacy"));
        assert_eq!(new.contains("errno: 103"), answer == "deny");
        assert!(!old.contains("errno"));
    }
}

#[test]
fn the_login_sample_logs_in_once_and_keeps_its_session() {
    let run = || {
        Wxsim::run(sample("login"))
            .args(&[
                "--route",
                "POST https://api.example/* = 200 {\"token\":\"t\"}",
            ])
            .step("server code2session")
            .step("button getPhoneNumber onPhone")
            .step("server decrypt")
            .answer("privacy=agree")
            .answer("phone=allow")
    };
    let bound = run().step("kill").step("launch").finishes(0).stdout;
    assert_eq!(bound.matches("→ wx.login").count(), 1, "{bound}");
    assert_eq!(bound.matches("→ wx.checkSession").count(), 1, "{bound}");
    assert!(
        bound.contains("⇐ server decrypt {phoneNumber: \"13800138000\""),
        "{bound}"
    );
    assert!(bound.contains("已绑定"), "{bound}");
    let ended = run().step("expire").step("kill").step("launch").finishes(0);
    assert_eq!(
        ended.stdout.matches("→ wx.login").count(),
        2,
        "{}",
        ended.stdout
    );
}

#[test]
fn the_login_sample_goes_on_when_the_user_or_the_server_refuses() {
    let refused = Wxsim::run(sample("login"))
        .step("button getPhoneNumber onPhone")
        .answer("privacy=agree")
        .answer("phone=deny")
        .finishes(0)
        .stdout;
    assert!(
        refused.contains("登录失败") && refused.contains("没有绑定"),
        "{refused}"
    );
}

#[test]
fn a_login_in_the_callback_makes_the_number_unreadable() {
    let run = |answer: &str| {
        Wxsim::run(twin("login"))
            .args(&["--route", "POST https://api.example/* = 200 {}"])
            .step("server code2session")
            .step("advance 2m")
            .step("button getPhoneNumber onPhone")
            .step("server code2session")
            .step("server decrypt")
            .answer("privacy=agree")
            .answer(&format!("phone={answer}"))
    };
    let stale = run("allow").finishes(0).stdout;
    let told = "server decrypt: it was made under session key 1 and the server has key 2";
    assert!(stale.contains(told), "{stale}");
    // Refused, the twin reads a member that is not there.
    let refused = Wxsim::run(twin("login"))
        .args(&["--route", "POST https://api.example/* = 200 {}"])
        .step("button getPhoneNumber onPhone")
        .answer("privacy=agree")
        .answer("phone=deny")
        .finishes(1)
        .stdout;
    assert!(refused.contains("detail.encryptedData.length"), "{refused}");
}

#[test]
fn the_wrong_way_to_ask_for_permissions_shows() {
    let ended = Wxsim::run(twin("permissions"))
        .step("gesture onLocate")
        .answer("scope.record=deny")
        .finishes(1);
    for seen in [
        "authorize:fail auth deny",
        "the api need to be declared in the requiredPrivateInfos field",
        "openSetting:fail can only be invoked by user TAP gesture.",
        "this.data.place.latitude",
    ] {
        assert!(
            ended.stdout.contains(seen),
            "no {seen} in:\n{}",
            ended.stdout
        );
    }
}

/// Walks everything that scripts can reach and prints each text.
const WALK: &str = r"
    const seen = new Set();
    const walk = (value) => {
      if (typeof value === 'string') console.log('text', value);
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
      if (seen.has(value)) return;
      seen.add(value);
      for (const key of Reflect.ownKeys(value)) {
        if (typeof key === 'string') console.log('text', key);
        let member;
        try { member = value[key]; } catch (error) { continue; }
        walk(member);
      }
      walk(Object.getPrototypeOf(value));
    };
    walk(globalThis);
    walk(getApp());
    walk(getCurrentPages());
    console.log('walked', seen.size);
";

const FLOW: &str = "Page({ results: [], go() {
    const keep = (result) => this.results.push(result);
    wx.login({ success: (result) => {
      keep(result);
      wx.getUserInfo({ complete: keep });
      wx.getWeRunData({ complete: keep });
      wx.checkSession({ complete: keep });
      wx.getSetting({ complete: keep });
      keep(wx.getAccountInfoSync());
    } });
  } })";

#[test]
fn no_script_reaches_a_session_key_or_an_openid() {
    let files = MemoryFiles::new([
        ("app.json", r#"{"pages": ["pages/a/a"]}"#),
        ("app.js", "App({})"),
        ("pages/a/a.json", "{}"),
        ("pages/a/a.wxml", "<view/>"),
        ("pages/a/a.js", FLOW),
    ]);
    let project = package::load(&files).project.expect("a project");
    let mut policy = Policy::default();
    for answer in ["scope.userInfo=allow", "scope.werun=allow"] {
        policy.add_text(answer).expect("an answer");
    }
    let config = Config {
        profile: Profile::on("2018-03-01".parse().expect("a day")),
        policy,
        ..Config::default()
    };
    let texts = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&texts);
    let listener = Box::new(move |entry: &Entry| {
        if let Event::Console { text, .. } = &entry.event {
            sink.borrow_mut().push(text.clone());
        }
    });
    let sim = Sim::new(Rc::new(project), Rc::new(files), config, Some(listener));
    let mut sim = sim.unwrap_or_else(|error| panic!("{}", error.text()));
    sim.launch(EnterOptions::default());
    for step in [
        "gesture go",
        "server code2session",
        &format!("evaluate {WALK}"),
    ] {
        sim.step(&step.parse().expect(step)).expect(step);
    }
    let (key, open_id, secret) = sim.read(|world| {
        let caller = world.caller();
        let key = world
            .session_key(&caller)
            .expect("a session")
            .base64
            .clone();
        let secret = world.app_secret(caller.app_id()).expect("it is registered");
        (key, world.open_id(&caller), secret)
    });
    let texts = texts.borrow();
    let has = |part: &str| texts.iter().any(|text| text.contains(part));
    assert!(
        has("walked") && has("encryptedData") && texts.len() > 1000,
        "{}",
        texts.len()
    );
    assert!(!has(&key), "a session key");
    assert!(!has(&open_id), "an openid");
    assert!(!has(&secret), "an app secret");
}
