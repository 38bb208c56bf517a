//! Several users, and worlds that go on from one run to the next.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use std::path::Path;

use crate::support::{Ended, Wxsim, project};

/// A page that counts its starts and tells who is asked what.
const PAGE: &str = "Page({ onLoad() {
    const n = (wx.getStorageSync('n') || 0) + 1; wx.setStorageSync('n', n); console.log('start', n);
    wx.login();
    wx.authorize({ scope: 'scope.record', complete: (r) => console.log(r.errMsg) });
} })";

fn program(toml: &str) -> tempfile::TempDir {
    project(&[("pages/a/a.js", PAGE), ("wxsim.toml", toml)])
}

#[test]
fn the_phone_goes_to_another_user_and_back() {
    let toml = "users = [{ id = 'a' }, { id = 'b' }]";
    Wxsim::run(program(toml).path())
        .args(&[
            "--answer",
            r#"scope.record=["deny","allow"]"#,
            "--answer",
            "privacy=agree",
        ])
        .step("user b")
        .step("launch")
        .step("user a")
        .step("launch")
        .finishes(0)
        .prints(&[
            " · user a · ",
            "▸ user b",
            "start 1",
            "authorize:ok",
            "start 2",
        ]);
}

/// Tells the platform, how a failure is worded, and of its appid.
const PLATFORM: &str = "Page({ onLoad() {
    const { platform, brand } = wx.getSystemInfoSync(); console.log(platform, brand);
    const { appId } = wx.getAccountInfoSync().miniProgram; console.log('appid', appId);
    wx.authorize({ scope: 'scope.record', complete: (r) => console.log(r.errMsg) });
} })";

/// Two users, each with a phone.
const TWO_PHONES: &str = "users = [{ id = 'a' }, { id = 'b' }]
[[devices]]
id = 'one'
users = ['a']
[[devices]]
id = 'two'
users = ['b']
platform = 'android'
";

const ON_IPHONE: &[&str] = &["ios, client", "ios iPhone", "authorize:fail auth deny"];
const ON_ANDROID: &[&str] = &["android, client", "android google", "fail:auth deny"];

fn on_two_phones(flags: &[&str]) -> Ended {
    let program = project(&[("pages/a/a.js", PLATFORM), ("wxsim.toml", TWO_PHONES)]);
    let run = Wxsim::run(program.path()).args(flags);
    run.answer("scope.record=deny")
        .answer("privacy=agree")
        .finishes(0)
}

#[test]
fn the_rules_are_those_of_the_phone_in_hand() {
    on_two_phones(&[]).prints(ON_IPHONE);
    on_two_phones(&["--user", "b"]).prints(ON_ANDROID);
    let handed = on_two_phones(&["--do", "user b", "--do", "launch"]);
    handed.prints(ON_IPHONE).prints(&ON_ANDROID[1..]);
    on_two_phones(&["--user", "b", "--platform", "ios"]).prints(ON_IPHONE);
    let mac = on_two_phones(&["--platform", "mac", "--do", "user b", "--do", "launch"]);
    assert_eq!(mac.stdout.matches("mac apple").count(), 2, "{}", mac.show());
}

#[test]
fn a_saved_world_keeps_the_platform_of_each_phone() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = folder.path().join("world.json");
    let world = world.to_str().expect("plain");
    on_two_phones(&["--user", "b", "--save-world", world]).prints(ON_ANDROID);
    on_two_phones(&["--world", world]).prints(ON_ANDROID);
    on_two_phones(&["--world", world, "--user", "a"]).prints(ON_IPHONE);
}

#[test]
fn the_developer_tool_as_a_phone_minds_an_empty_appid() {
    let toml = "devices = [{ id = 'pc', platform = 'devtools' }]";
    let config = r#"{ "appid": "", "projectname": "p" }"#;
    for (toml, appid) in [("", "appid wx0000000000000000"), (toml, "appid \n")] {
        let program = project(&[
            ("pages/a/a.js", PLATFORM),
            ("project.config.json", config),
            ("wxsim.toml", toml),
        ]);
        let run = Wxsim::run(program.path()).answer("scope.record=allow");
        run.answer("privacy=agree").finishes(0).prints(&[appid]);
    }
}

#[test]
fn who_is_nobody_is_refused() {
    let program = program("users = [{ id = 'a' }]");
    let ended = Wxsim::run(program.path())
        .args(&["--user", "x"])
        .finishes(2);
    assert!(
        ended.show().contains("there is no user `x`"),
        "{}",
        ended.show()
    );
    let ended = Wxsim::run(program.path()).step("user x").finishes(2);
    assert!(ended.show().contains("there are a"), "{}", ended.show());
}

#[test]
fn two_runs_with_a_saved_world_between_leave_the_world_of_one() {
    let program = program("");
    let file = |name: &str| {
        program
            .path()
            .join(name)
            .to_str()
            .expect("plain")
            .to_owned()
    };
    let saved = |name: &str| std::fs::read_to_string(file(name)).expect("it was saved");
    let run = |flags: &[&str]| {
        let run = Wxsim::run(program.path())
            .args(&["--for", "0s"])
            .args(flags);
        run.answer("scope.record=deny")
            .answer("privacy=agree")
            .finishes(0)
    };
    let (whole, first, second) = (file("whole.json"), file("1.json"), file("2.json"));
    run(&["--do", "kill", "--do", "launch", "--save-world", &whole]);
    run(&["--save-world", &first]);
    let ended = run(&["--world", &first, "--save-world", &second]);
    ended.prints(&["start 2", "authorize:fail auth deny"]);
    assert_eq!(saved("whole.json"), saved("2.json"));
}

/// A page that is opened again where the user left it, and tells its server of steps.
const LEFT: &str = "Page({
    onLoad(q) { console.log('at', q.id, this.exitState); if (!this.exitState) wx.login(); },
    onSaveExitState() { return { data: { draft: 'tea' } }; },
    steps() {
        wx.checkSession({ complete: (r) => console.log(r.errMsg) });
        wx.getWeRunData({ success: () => console.log('sent') });
    },
})";

#[test]
fn the_servers_key_and_the_page_that_was_left_go_on_in_the_next_run() {
    let program = project(&[
        ("pages/a/a.js", LEFT),
        (
            "pages/a/a.json",
            r#"{ "restartStrategy": "homePageAndLatestPage" }"#,
        ),
    ]);
    let file = program.path().join("world.json");
    let file = file.to_str().expect("plain");
    Wxsim::run(program.path())
        .args(&["--page", "pages/a/a?id=7"])
        .step("server code2session")
        .step("background")
        .args(&["--save-world", file])
        .finishes(0)
        .prints(&["at 7 undefined", "server code2session"]);
    let ended = Wxsim::run(program.path())
        .args(&["--world", file])
        .answer("scope.werun=allow")
        .answer("privacy=agree")
        .step("gesture steps")
        .step("server decrypt")
        .finishes(0);
    let ended = ended.prints(&["at 7", "draft", "checkSession:ok", "sent", "stepInfoList"]);
    let shown = ended.show();
    assert!(!shown.contains("wx.login"), "{shown}");
}

#[test]
fn a_file_that_is_no_world_is_refused() {
    let program = program("");
    let path = program.path().join("w.json");
    let path = path.to_str().expect("plain");
    std::fs::write(path, "{\"wxsimWorld\": 99}").expect("a file");
    let ended = Wxsim::run(program.path())
        .args(&["--world", path])
        .finishes(2);
    assert!(ended.show().contains("version 99"), "{}", ended.show());
}

#[test]
fn the_two_days_of_the_documentation_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/run.md")).expect("the page");
    let (_, rest) = page
        .split_once("## From one run to the next")
        .expect("the section");
    let (_, rest) = rest.split_once("```sh\n").expect("its example");
    let (block, _) = rest.split_once("```").expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    let day = folder.path().join("day-one.json");
    let sample = root.join("sample-apps/permissions");
    let mut printed = Vec::new();
    for line in block.lines() {
        let words: Vec<String> = line
            .split('\'')
            .enumerate()
            .flat_map(|(at, part)| match at % 2 {
                1 => vec![part.to_owned()],
                _ => part.split_whitespace().map(str::to_owned).collect(),
            })
            .map(|word| word.replace("day-one.json", day.to_str().expect("plain")))
            .collect();
        let words: Vec<&str> = words.iter().skip(3).map(String::as_str).collect();
        printed.push(Wxsim::run(&sample).args(&words).finishes(0).stdout);
    }
    assert!(
        printed[0].contains("? scope.userLocation"),
        "{}",
        printed[0]
    );
    assert!(
        !printed[1].contains("? scope.userLocation"),
        "{}",
        printed[1]
    );
    assert!(
        printed[1].contains("getLocation:fail auth deny"),
        "{}",
        printed[1]
    );
}
