//! `wxsim.toml` from the command line: what it changes, what flags change, what the docs show.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::path::Path;

use tempfile::TempDir;

use crate::support::{Wxsim, project};

/// A page that asks for a location, shows a modal and asks a server.
const PAGE: &str = "Page({ onLoad() {
    wx.request({ url: 'https://api.example/a', success: (r) => console.log('news', r.data) });
    wx.showModal({ content: 'Well?', success: (r) => console.log('modal', r.confirm) });
    console.log('random', Math.random(), new Date(0).getHours());
    console.log('on', wx.getDeviceInfo().platform, wx.getAppBaseInfo().SDKVersion);
} })";

fn with_settings(toml: &str) -> TempDir {
    project(&[("pages/a/a.js", PAGE), ("wxsim.toml", toml)])
}

/// The TOML blocks of the documentation.
fn documented() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    let text = std::fs::read_to_string(path).expect("the page");
    let blocks = text.split("```toml\n").skip(1);
    blocks
        .map(|part| part.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn what_the_documentation_shows_is_right() {
    let examples = documented();
    assert_eq!(examples.len(), 10);
    for toml in examples {
        let project = with_settings(&toml);
        Wxsim::run(project.path()).finishes(0);
        Wxsim::new()
            .arg("check")
            .arg(project.path().to_str().expect("a plain path"))
            .finishes(0);
    }
}

const SETTINGS: &str = "
    sdk = '3.0.0'
    platform = 'android'
    seed = 9
    time_zone = '-05:00'
    routes = ['GET https://api.example/a = 200 from the file']
    [answers]
    modal = 'cancel'
";

#[test]
fn a_run_is_what_the_file_says() {
    let project = with_settings(SETTINGS);
    let ended = Wxsim::run(project.path()).finishes(0).prints(&[
        "· android, ",
        "base library 3.0.0",
        "· seed 9",
        "console.log: news from the file",
        "console.log: modal false",
        "on android 3.0.0",
        " 19",
    ]);
    assert_eq!(ended.stderr, "");
}

#[test]
fn a_flag_comes_before_the_file() {
    let project = with_settings(SETTINGS);
    Wxsim::run(project.path())
        .answer("modal=confirm")
        .args(&["--sdk", "3.1.0", "--platform", "mac", "--seed", "10"])
        .args(&["--time-zone", "+01:00"])
        .args(&["--route", "* api.example = 200 from the flag"])
        .finishes(0)
        .prints(&[
            "· mac, ",
            "base library 3.1.0",
            "· seed 10",
            "console.log: news from the flag",
            "console.log: modal true",
            " 1\n",
        ]);
}

#[test]
fn check_reads_the_file_and_answers_what_it_leaves_out() {
    let page = "Page({ onLoad() {
        wx.request({ url: 'https://api.example/a', success: (r) => { r.data.user.name } });
        wx.showModal({ content: 'Well?', success: (r) => { if (r.cancel) null.x } });
        wx.showActionSheet({ itemList: ['a'], fail: () => { null.x } });
    } })";
    let check = |toml: &str| {
        let project = project(&[("pages/a/a.js", page), ("wxsim.toml", toml)]);
        let path = project.path().to_str().expect("a plain path").to_owned();
        let ended = Wxsim::new().args(&["check", &path]).ends();
        (ended.status.code(), ended.stdout)
    };
    let route = "routes = ['GET https://api.example/a = 200 {\"user\": {}}']";
    let (code, text) = check(route);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("1 page: 1 ok"), "{text}");
    let (code, text) = check("routes = ['GET https://api.example/a = 200 {}']");
    assert_eq!(code, Some(1), "{text}");
    let (code, text) = check(&format!("{route}\n[answers]\nmodal = 'cancel'"));
    assert_eq!(code, Some(1), "{text}");
}

#[test]
fn a_mistake_ends_every_command_and_is_quoted() {
    let project = with_settings("[answers]\nmodl = 'cancel'\nactionSheet = 'cancle'\n");
    let path = project.path().to_str().expect("a plain path").to_owned();
    for command in ["run", "check"] {
        let ended = Wxsim::new().args(&[command, &path]).finishes(2);
        let ended = ended.complains(&[
            "error: `modl` is no question; questions are scope.NAME, modal",
            "wxsim.toml:2:1",
            "2 | modl = 'cancel'",
            "did you mean `modal`?",
            "error: `\"cancle\"` does not answer `actionSheet`; use cancel, ignore or the number",
            "wxsim.toml:3:15",
            "did you mean `cancel`?",
        ]);
        assert_eq!(ended.stdout, "", "{command}");
    }
    let lines = Wxsim::run(project.path()).json().finishes(2).lines();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["place"]["file"], "wxsim.toml");
    assert_eq!(lines[1]["help"], "did you mean `cancel`?");
}

#[test]
fn a_sensor_reads_what_the_flag_or_else_the_file_says() {
    let page = "Page({ onLoad() { wx.onCompassChange((r) => console.log('to', r.direction)) } })";
    let toml = "[sensors]\ncompass = [{ at = '500ms', direction = 90 }]\n";
    let project = project(&[("pages/a/a.js", page), ("wxsim.toml", toml)]);
    let run = || Wxsim::run(project.path()).args(&["--for", "2s"]);
    run().finishes(0).prints(&["to 90"]);
    let flag = r#"compass = [{"at":"500ms","direction":45}]"#;
    let ended = run().args(&["--sensor", flag]).finishes(0);
    let ended = ended.prints(&["to 45"]);
    assert!(!ended.stdout.contains("to 90"), "{}", ended.stdout);
}

#[test]
fn the_account_and_the_rules_come_from_the_file_and_flags_before_it() {
    let page = "Page({ onLoad() {
        wx.login({ complete: (r) => console.log('first', r.errMsg) });
        wx.login({ complete: (r) => console.log('second', r.errMsg) });
        console.log('build', wx.getAccountInfoSync().miniProgram.envVersion);
        console.log('promise', typeof wx.login());
    } })";
    let toml = "[app]\nblocked = ['login']\nenv_version = 'trial'\n\
                [rules]\nstrict_promises = true\nfrequency_limit = 1";
    let project = project(&[("pages/a/a.js", page), ("wxsim.toml", toml)]);
    Wxsim::run(project.path()).finishes(0).prints(&[
        "build trial",
        "promise undefined",
        "first login:fail wxa login is blocked",
        "second login:fail meet server frequency limit",
    ]);
    Wxsim::run(project.path())
        .args(&["--app", "blocked=[]", "--app", "env_version=develop"])
        .args(&[
            "--rule",
            "frequency_limit=off",
            "--rule",
            "strict_promises=false",
        ])
        .finishes(0)
        .prints(&[
            "build develop",
            "promise object",
            "first login:ok",
            "second login:ok",
        ]);
    let started = |flags: &[&str]| {
        let run = Wxsim::run(project.path()).json().args(flags);
        run.finishes(0).lines().swap_remove(0)
    };
    assert_eq!(started(&[])["profile"]["rules"]["strict_promises"], true);
    let usual = ["frequency_limit=off", "strict_promises=false"];
    let mut flags: Vec<&str> = usual.iter().flat_map(|rule| ["--rule", rule]).collect();
    flags.extend(["--app", "blocked=[]"]);
    let told = started(&flags);
    assert_eq!(told["profile"].get("rules"), None, "usual rules");
    for (flag, value, problem) in [
        (
            "--app",
            "tea=1",
            "--app: `tea` is no fact of the registration",
        ),
        ("--app", "verified", "--app: `verified`: write NAME=VALUE"),
        (
            "--rule",
            "tea=1",
            "--rule: `tea` is no rule; rules are deny_cooldown",
        ),
        ("--rule", "code_life=5", "--rule: `code_life` is a duration"),
    ] {
        let run = Wxsim::run(project.path()).args(&[flag, value]);
        run.finishes(2).complains(&[problem]);
    }
}
