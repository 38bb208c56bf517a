//! The rules in `wxsim run`, `test` and `repl`: what `--rules` and `[lint]` make of a finding.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files and start the program"
)]

use tempfile::TempDir;

use crate::support::{Ended, Wxsim, project};

/// It asks for a place that nobody wanted yet.
const PAGE: &str = "Page({
  onLoad() {
    wx.authorize({ scope: 'scope.userLocation', complete() {} })
  },
})";
const APP: &str =
    r#"{"pages": ["pages/a/a"], "permission": {"scope.userLocation": {"desc": "x"}}}"#;
const TEST: &str = "test('starts', async ({ app, user }) => {
  user.answers({ 'scope.userLocation': 'allow', privacy: 'agree' });
  await app.launch();
});";
const SAYS: &str = "P01 prompt-before-intent: pages/a/a.js:3:17  `scope.userLocation` is asked for";
const FIX: &str = "→ ask in the handler of the tap that needs the answer";

fn asking(toml: &str) -> TempDir {
    project(&[
        ("app.json", APP),
        ("pages/a/a.js", PAGE),
        ("a.test.js", TEST),
        ("wxsim.toml", toml),
    ])
}

fn run(toml: &str, flags: &[&str], code: i32) -> Ended {
    let folder = asking(toml);
    Wxsim::run(folder.path())
        .args(&["--answer", "scope.userLocation=allow"])
        .args(flags)
        .finishes(code)
}

fn test(folder: &TempDir, flags: &[&str]) -> Wxsim {
    let path = folder.path().to_str().expect("a plain path");
    Wxsim::new().args(&["test", path]).args(flags)
}

#[test]
fn a_run_tells_what_rules_find_and_fails_only_when_asked() {
    for (flags, code) in [
        (&[][..], 0),
        (&["--rules=warn"], 0),
        (&["--rules=error"], 1),
    ] {
        let ended = run("", flags, code);
        ended.prints(&[
            "! P01 prompt-before-intent: ",
            "rule errors    P01 ",
            SAYS,
            FIX,
        ]);
    }
    let ended = run("", &["--rules=off"], 0);
    assert!(!ended.stdout.contains("P01"), "{}", ended.stdout);
    let ended = run("", &["--json"], 0);
    ended.prints(&[
        r#""type":"found","rule":"P01""#,
        r#""causes":["start","pages/a/a.onLoad"]"#,
    ]);
}

#[test]
fn settings_weigh_let_pass_and_switch_off() {
    let level = |level: &str| format!("[lint.P01]\nlevel = '{level}'");
    let ended = run(&level("warn"), &["--rules=error"], 0);
    ended.prints(&["rule warnings  P0", SAYS]);
    let ended = run(&level("off"), &[], 0);
    assert!(!ended.stdout.contains("P01"), "{}", ended.stdout);
    let allowed = "[lint.prompt-before-intent]\nallow = 'it is a map'";
    let ended = run(allowed, &["--rules=error"], 0);
    ended.prints(&["allowed        P01 prompt-before-intent ×1: it is a map"]);
    let over = format!("{allowed}\nuntil = 2020-01-01");
    let ended = run(&over, &["--rules=error"], 1);
    ended.prints(&["(allowed by wxsim.toml until 2020-01-01, which is over)"]);
    let later = format!("{allowed}\nuntil = 9999-01-01");
    run(&later, &["--rules=error"], 0);
}

#[test]
fn an_unknown_rule_is_shown_in_the_settings() {
    let ended = run("[lint.tap-onli]\nlevel = 'off'", &[], 2);
    ended.complains(&[
        "`tap-onli` is no rule",
        "wxsim.toml:1:7",
        "did you mean `tap-only`? `wxsim rules` lists them",
    ]);
}

#[test]
fn a_test_shows_what_rules_find_in_every_report() {
    let folder = asking("");
    let [junit, tap, html] = ["j.xml", "t.tap", "h.html"].map(|name| folder.path().join(name));
    let reports = [("--junit", &junit), ("--tap", &tap), ("--html", &html)];
    let flags = reports.map(|(flag, path)| format!("{flag}={}", path.display()));
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let read = |path| std::fs::read_to_string(path).expect("a report");

    let ended = test(&folder, &[&flags[..], &["--github"]].concat()).finishes(0);
    ended.prints(&[
        "What rules found ",
        SAYS,
        FIX,
        "::warning file=",
        "title=P01 prompt",
    ]);
    assert!(read(&junit).contains("<system-err>P01 prompt-before-intent"));
    assert!(read(&tap).contains("# P01 prompt-before-intent"));
    assert!(read(&html).contains("<div class=\"warning\">"));

    let strict = [&flags[..], &["--github", "--rules=error"]].concat();
    let ended = test(&folder, &strict).finishes(1);
    ended.prints(&[
        "→ P01 prompt-before-intent: `scope.userLocation`",
        "> 3 |     wx.authorize(",
        "at pages/a/a.onLoad",
        "help: ask in the handler of the tap",
        "--rules error",
        "::error file=",
    ]);
    assert!(read(&junit).contains("type=\"rule\">"));
    assert!(read(&tap).contains("kind: rule"));

    let ended = test(&folder, &["--json"]).finishes(0);
    ended.prints(&[r#""warnings":[{"rule":"P01""#]);
    let ended = test(&folder, &["--rules=off"]).finishes(0);
    assert!(!ended.stdout.contains("P01"), "{}", ended.stdout);
    test(&folder, &["--rules=error", "--no-fork"]).finishes(1);
}

#[test]
fn a_test_may_let_a_rule_pass() {
    for line in ["test.use({ strict: { rules: false } })", ""] {
        let allows = if line.is_empty() {
            "app.allow('P01');"
        } else {
            ""
        };
        let code = TEST.replace("  user", &format!("  {allows} user"));
        let folder = asking("");
        std::fs::write(folder.path().join("a.test.js"), format!("{line}\n{code}"))
            .expect("it is written");
        test(&folder, &["--rules=error"]).finishes(0);
    }
}

#[test]
fn a_test_that_a_rule_fails_speaks_the_language_of_the_report() {
    let folder = asking("");
    let page = folder.path().join("report.html");
    let page = page.to_str().expect("a plain path");
    let ended = test(
        &folder,
        &["--rules=error", "--language", "zh", "--html", page],
    )
    .finishes(1);
    let says = "P01 prompt-before-intent: 用户还没有进行";
    let fix = "把请求放到需要该权限的点击事件中";
    let ended = ended.prints(&[says, &format!("建议: {fix}")]);
    assert!(!ended.stdout.contains("ask in the handler"), "{ended:?}");
    let html = std::fs::read_to_string(page).expect("a report");
    for text in [says, fix, "is asked for", "ask in the handler of the tap"] {
        assert!(html.contains(text), "{text}");
    }
    let english = test(&folder, &["--rules=error", "--json"]).finishes(1);
    english.prints(&[
        "is asked for",
        "\"zh\":{\"message\":\"P01 prompt-before-intent: 用户还没有进行",
    ]);
}

#[test]
fn the_prompt_tells_a_finding_once_where_it_comes_up() {
    for (flag, code) in [("--rules=warn", 0), ("--rules=error", 1)] {
        let folder = asking("");
        let path = folder.path().to_str().expect("a plain path");
        let ended = Wxsim::new()
            .args(&["repl", path, "--answer", "scope.userLocation=allow", flag])
            .typed(".do background\n.do resume\n")
            .finishes(code);
        let ended = ended.prints(&["! P01 prompt-before-intent: ", FIX]);
        assert_eq!(ended.stdout.matches("! P01").count(), 1, "{}", ended.stdout);
    }
}
