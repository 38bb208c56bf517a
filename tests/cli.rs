//! The command line: wrong calls, help, `--json`, colours, pipes, exit codes.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _};

use serde_json::Value as Json;

use crate::support::{Wxsim, hello, on_load, project};

/// Every flag of `wxsim run`.
const FLAGS: &[&str] = &[
    "user <ID>",
    "world <FILE>",
    "save-world <FILE>",
    "ads",
    "rules <LEVEL>",
    "allow-host",
    "answer",
    "app",
    "biometrics",
    "check-determinism",
    "client",
    "cloud",
    "compat-date",
    "do",
    "extra-data",
    "for",
    "help",
    "interactive",
    "json",
    "memory-limit",
    "no-fork",
    "page",
    "persona",
    "choices",
    "platform",
    "privacy-guide",
    "record",
    "referrer",
    "replay",
    "reveal-session-key",
    "route",
    "rule",
    "save-world",
    "scene",
    "sdk",
    "seed",
    "sensor",
    "share-ticket",
    "socket-wait",
    "system",
    "time-zone",
    "tree",
    "user",
    "wall-limit",
    "with <FOLDER>",
    "world",
];

#[test]
fn a_wrong_call_names_what_is_wrong_and_what_would_be_right() {
    let run = |args: &[&'static str]| [&["run", "x"], args].concat();
    for (args, parts) in [
        (vec![], &["Usage: wxsim", "run"][..]),
        (vec!["runn"], &["runn", "run"]),
        (vec!["run"], &["<PROJECT>"]),
        (run(&["y"]), &["'y'", "Usage: wxsim run"]),
        (run(&["--nope"]), &["--nope", "Usage: wxsim run"]),
        (run(&["--page"]), &["--page <PATH[?QUERY]>"]),
        (run(&["--scene", "abc"]), &["--scene", "digit"]),
        (run(&["--seed", "one"]), &["--seed", "digit"]),
        (run(&["--sdk", "1.x"]), &["--sdk", "2.10.2"]),
        (run(&["--client", "v8"]), &["--client", "version such as"]),
        (run(&["--platform", "vax"]), &["--platform", "ios, android"]),
        (
            run(&["--compat-date", "2024-13-01"]),
            &["--compat-date", "2018-06-04"],
        ),
        (run(&["--time-zone", "moon"]), &["--time-zone", "+08:00"]),
        (
            run(&["--system", "moon=denied"]),
            &["--system", "location, camera"],
        ),
        (run(&["--for", "5"]), &["--for", "500ms, 3s"]),
        (run(&["--wall-limit", "1"]), &["--wall-limit", "500ms, 3s"]),
        (run(&["--memory-limit", "much"]), &["--memory-limit"]),
        (run(&["--do", "fly"]), &["--do", "`fly`", "tabItem N"]),
        (run(&["--do", "tabItem two"]), &["--do", "number from 0"]),
        (run(&["--answer", "modal"]), &["--answer", "KEY=VALUE"]),
        (
            run(&["--answer", "modal=maybe"]),
            &["--answer", "confirm, cancel, ignore"],
        ),
        (
            run(&["--answer", "scope.userLocation=yes"]),
            &["--answer", "allow, deny"],
        ),
        (run(&["--answer", "tea=yes"]), &["--answer", "actionSheet"]),
        (run(&["--extra-data", "{}"]), &["--referrer <APPID>"]),
        (
            run(&["--referrer", "wx1", "--extra-data", "{"]),
            &["--extra-data", "JSON"],
        ),
    ] {
        let ended = Wxsim::new().args(&args).finishes(2).complains(parts);
        assert_eq!(ended.stdout, "", "{args:?}");
    }
}

#[test]
fn the_help_explains_every_flag_and_the_exit_codes() {
    let help = Wxsim::new().args(&["run", "--help"]).finishes(0).stdout;
    let listed: Vec<&str> = help
        .lines()
        .filter_map(|line| {
            line.trim_start()
                .trim_start_matches("-h, ")
                .trim_start_matches("-i, ")
                .strip_prefix("--")
        })
        .collect();
    let names = |lines: &[&str]| -> BTreeSet<String> {
        let name = |line: &&str| line.split(' ').next().unwrap_or_default().to_owned();
        lines.iter().map(name).collect()
    };
    assert_eq!(names(&listed), names(FLAGS), "{help}");
    for part in ["Examples:", "Exit codes: 0", "gesture METHOD", "PROJECT"] {
        assert!(help.contains(part), "no `{part}` in: {help}");
    }
    let short = Wxsim::new().arg("--help").finishes(0);
    short.prints(&["run", "Exit codes: 0"]);
}

#[test]
fn exit_codes_are_0_for_a_run_1_for_a_failure_and_2_for_what_cannot_run() {
    let page = |code: &str| project(&[("pages/a/a.js", code)]);
    for (code, program, args) in [
        (0, page("Page({})"), &[][..]),
        (0, page("Page({})"), &["--page", "pages/a/a?x=1"]),
        (
            0,
            page("Page({ go() { wx.login() } })"),
            &["--do", "gesture go"],
        ),
        (1, page("throw new Error('x')"), &[]),
        (1, page("Page({"), &[]),
        (1, page("Page({ onLoad() { null.x } })"), &[]),
        (1, page("Page({ onLoad() { Promise.reject(1) } })"), &[]),
        (1, page("Page({ onLoad() { setTimeout(() => x) } })"), &[]),
        (
            1,
            page("Page({ go() { null.x } })"),
            &["--do", "gesture go"],
        ),
        (2, page("Page({})"), &["--do", "gesture go"]),
        (2, page("Page({})"), &["--do", "tabItem 0"]),
        (2, page("Page({})"), &["--do", "resume"]),
        (2, page("Page({})"), &["--do", "answer modal=confirm"]),
        (2, page("Page({})"), &["--do", "evaluate x"]),
        (2, project(&[("app.json", "{}")]), &[]),
        (2, project(&[("app.json", "{")]), &[]),
    ] {
        for mode in ["--no-fork", "--json"] {
            Wxsim::run(program.path())
                .args(args)
                .arg(mode)
                .finishes(code);
        }
    }
}

#[test]
fn a_step_that_does_not_apply_says_what_would() {
    for (step, parts) in [
        ("gesture nope", &["`nope`", "onLocate, askForLocation"][..]),
        ("tabItem 9", &["2 items", "number 9"]),
        ("resume", &["`background`"]),
        ("answer modal=confirm", &["`modal`"]),
        ("pullDown", &["`enablePullDownRefresh`"]),
        ("evaluate nope()", &["nope is not defined"]),
    ] {
        let step_named = format!("step `{step}`");
        Wxsim::run(hello())
            .step(step)
            .finishes(2)
            .complains(&[&step_named])
            .complains(parts);
    }
    Wxsim::run(hello())
        .step("kill")
        .step("gesture onLocate")
        .finishes(2)
        .complains(&["step `gesture onLocate`", "no page is open"]);
}

#[test]
fn json_is_one_object_a_line_with_the_keys_of_every_entry() {
    let ended = Wxsim::run(hello())
        .json()
        .step("gesture onLocate")
        .step("gesture onAbout")
        .answer("scope.userLocation=deny")
        .answer("modal=cancel")
        .finishes(0);
    assert_eq!(ended.stderr, "");
    let lines = ended.lines();
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(line["n"], index + 1, "{line}");
        assert!(line["t"].is_i64() && line["task"].is_u64(), "{line}");
        assert!(line["type"].is_string(), "{line}");
    }
    let types: BTreeSet<&str> = lines
        .iter()
        .filter_map(|line| line["type"].as_str())
        .collect();
    let expected = [
        "answer",
        "call",
        "console",
        "end",
        "enter",
        "hook",
        "question",
        "reply",
        "route",
        "sessionKey",
        "setData",
        "start",
        "step",
        "sync",
        "task",
    ];
    assert_eq!(types.into_iter().collect::<Vec<_>>(), expected);
    let times: Vec<i64> = lines.iter().filter_map(|line| line["t"].as_i64()).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(lines[0]["type"], "start");
    assert_eq!(lines[0]["seed"], 1);
    assert_eq!(
        lines.last().map(|line| line["type"].clone()),
        Some(Json::from("end"))
    );
}

#[test]
fn json_says_mistakes_of_the_project_as_lines_too() {
    let broken = project(&[("app.json", "{\"pages\": [\"pages/a/a\",, \"pages/b/b\"]}")]);
    let ended = Wxsim::run(broken.path()).json().finishes(2);
    assert_eq!(ended.stderr, "");
    let lines = ended.lines();
    let first = &lines[0];
    assert_eq!(
        (&first["type"], &first["severity"]),
        (&"diagnostic".into(), &"error".into())
    );
    assert!(ended.stdout.contains("app.json"), "{}", ended.show());
}

#[test]
fn a_person_answers_what_no_rule_answers() {
    let go = |text: &str| {
        Wxsim::run("sample-apps/permissions")
            .step("gesture onLocate")
            .args(&["--interactive", "--compat-date", "2018-06-04"])
            .typed(text)
    };
    let ended = go("perhaps\n2\ncancel\n").finishes(0);
    let ended = ended.prints(&["! \"deny\" Q1", "! \"cancel\" Q2"]);
    for shown in [
        "scope.userLocation: 1 allow · 2 deny · 3 dismiss · 4 ignore",
        "`\"perhaps\"` does not answer",
        "modal: 1 confirm · 2 cancel · 3 ignore",
        "the same answers again: --answer 'scope.userLocation=deny' --answer 'modal=cancel'",
    ] {
        assert!(ended.stderr.contains(shown), "{shown}\n{}", ended.show());
    }
    let ruled = go("").answer("scope.userLocation=allow").finishes(0);
    assert_eq!(ruled.stderr, "", "rules come first");
    let alone = go("").finishes(0).prints(&["Q1: nobody answers"]);
    assert!(
        alone.stderr.contains("nobody is there to answer"),
        "{}",
        alone.show()
    );
    let both = Wxsim::run(hello()).args(&["-i", "--persona", "deny-all"]);
    both.finishes(2).complains(&["cannot be used with"]);
}

#[test]
fn an_unanswered_question_is_shown_with_the_flag_that_answers_it() {
    let run = || Wxsim::run(hello()).step("gesture onLocate");
    let flag = "--answer scope.userLocation=allow";
    let line = format!("unanswered     scope.userLocation: add {flag} (or deny, dismiss, ignore)");
    run()
        .finishes(0)
        .prints(&[&line, "never answered authorize"]);
    let answered = run().answer("scope.userLocation=allow").finishes(0);
    assert!(
        !answered.stdout.contains("unanswered"),
        "{}",
        answered.show()
    );
    let denied = run().answer("scope.userLocation=deny").finishes(0);
    denied.prints(&["unanswered     modal: add --answer modal=confirm"]);
}

#[test]
fn an_answer_that_does_not_fit_the_question_is_no_answer() {
    let page = on_load("wx.showActionSheet({ itemList: ['a', 'b'] })");
    Wxsim::run(page.path())
        .answer("actionSheet=7")
        .finishes(0)
        .prints(&["unanswered     actionSheet: add --answer actionSheet=0"]);
}

#[test]
fn without_a_terminal_nothing_is_coloured_unless_asked_for() {
    let page = on_load("console.log('\\x1b[31mred'); null.x");
    let run = || Wxsim::run(page.path());
    let plain = run().finishes(1);
    assert!(!plain.stdout.contains('\x1b'), "{}", plain.show());
    let forced = run().env("CLICOLOR_FORCE", "1").finishes(1);
    assert!(forced.stdout.contains("\x1b["), "{}", forced.show());
    let refused = run().env("NO_COLOR", "1").finishes(1);
    assert!(!refused.stdout.contains('\x1b'), "{}", refused.show());
    let json = run().json().env("CLICOLOR_FORCE", "1").finishes(1);
    assert!(!json.stdout.contains('\x1b'), "{}", json.show());
    let broken = project(&[("app.json", "{")]);
    let diagnostic = Wxsim::run(broken.path()).finishes(2);
    assert!(!diagnostic.stderr.contains('\x1b'), "{}", diagnostic.show());
}

#[test]
fn a_reader_that_goes_away_stops_the_printing_and_nothing_else() {
    let page = on_load("for (let i = 0; i < 5000; i++) console.log('line', i)");
    for mode in ["--no-fork", "--json"] {
        let mut child = Wxsim::run(page.path()).arg(mode).start();
        let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut first = String::new();
        reader.read_line(&mut first).expect("a line");
        drop(reader);
        let status = child.wait().expect("its end");
        let mut complaints = String::new();
        let mut stderr = child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut complaints).expect("text");
        assert!(first.contains("wxsim"), "{first}");
        assert_eq!((status.code(), complaints.as_str()), (Some(0), ""));
    }
}

#[test]
fn check_determinism_runs_twice_prints_once_and_keeps_the_exit_code() {
    for (code, page) in [
        (
            0,
            on_load("console.log(Math.random(), Date.now()); wx.login()"),
        ),
        (1, on_load("console.log(Math.random()); null.x")),
        (1, on_load("const f = () => f() + 1; f()")),
        (
            1,
            on_load("let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)"),
        ),
    ] {
        for mode in ["--no-fork", "--json"] {
            let run = || Wxsim::run(page.path()).arg(mode);
            let once = run().finishes(code).stdout;
            let twice = run().arg("--check-determinism").finishes(code);
            let twice = twice.complains(&["both runs gave the same trace"]);
            let trace = |text: &str| text.split("\nreplay ").next().map(str::to_owned);
            assert_eq!(trace(&twice.stdout), trace(&once));
        }
    }
    Wxsim::run(project(&[("app.json", "{")]).path())
        .arg("--check-determinism")
        .finishes(2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_no_text_is_refused_politely() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"x\xff"));
    std::fs::create_dir(&path).expect("a folder");
    Wxsim::run(&path)
        .finishes(2)
        .complains(&["PROJECT", "not UTF-8"]);
}

/// A step that asks a server and prints what it says.
const ASK: &str = "evaluate void wx.request({ url: 'https://api.example/a', success: (r) => console.log(r.data), \
                   fail: (r) => console.log(r.errMsg) })";

#[test]
fn what_the_cloud_lacks_is_in_the_summary_with_the_flag_to_add() {
    let code = "Page({ onLoad() { wx.cloud.init();
        wx.cloud.callFunction({ name: 'f', fail() {}, success: ({ result }) => console.log(result.a) });
        wx.cloud.database().collection('c').count({ fail() {}, success: ({ total }) => console.log(total) });
    } })";
    let program = project(&[("pages/a/a.js", code)]);
    let without = Wxsim::run(program.path()).finishes(0);
    without.prints(&[
        "#1: not declared; add --cloud 'f = {…}'",
        "no cloud       add --cloud 'db.c = [{…}]'",
        "               add --cloud 'f = {…}'",
    ]);
    let rules = ["--cloud", "f = {\"a\":17}", "--cloud", "db.c = [{},{}]"];
    let with = Wxsim::run(program.path()).args(&rules).finishes(0);
    with.prints(&["console.log: 17", "console.log: 2"]);
    let wrong = Wxsim::run(program.path())
        .args(&["--cloud", "f"])
        .finishes(2);
    wrong.complains(&["--cloud", "` = ` is missing"]);
}

#[test]
fn a_route_answers_a_request_and_its_body_may_be_a_file() {
    let ask = |route: &str| Wxsim::run(hello()).step(ASK).args(&["--route", route]);
    ask("GET https://api.example/* = 200 hello")
        .finishes(0)
        .prints(&["⇢ GET https://api.example/a #1", "console.log: hello"]);
    let folder = project(&[("body.txt", "from a file")]);
    let file = folder.path().join("body.txt");
    ask(&format!("* api.example = 200 @{}", file.display()))
        .finishes(0)
        .prints(&["console.log: from a file"]);
    ask("GET https://api.example/a = 200 @nowhere.txt")
        .finishes(2)
        .complains(&["--route", "nowhere.txt"]);
    ask("https://api.example/a = 200")
        .finishes(2)
        .complains(&["a method (or *) and a URL stand before"]);
}

#[test]
fn a_request_without_a_route_is_in_the_summary_with_the_flag_to_add() {
    let flag = "add --route 'GET https://api.example/a = 200 {…}'";
    let ended = Wxsim::run(hello()).step(ASK).step(ASK).finishes(0);
    ended.prints(&[
        &format!("#1: no route answers; {flag}"),
        &format!("no route       {flag} ×2"),
        "console.log: request:fail url not in domain list",
    ]);
}

#[test]
fn the_tree_at_the_end_shows_what_timers_left() {
    let folder = project(&[
        (
            "pages/a/a.js",
            "Page({ onLoad() { setTimeout(() => this.setData({ n: 7 }), 2000) } })",
        ),
        ("pages/a/a.wxml", "<view id=\"n\">{{n}}</view>"),
    ]);
    let ended = Wxsim::run(folder.path()).arg("--tree").finishes(0);
    ended.prints(&["pages/a/a shows", "<view id=\"n\">7</view>"]);
}

#[test]
fn a_mistake_in_a_template_is_told_where_it_is_and_what_the_tool_refuses_fails() {
    let page =
        |template: &str| project(&[("pages/a/a.js", "Page({})"), ("pages/a/a.wxml", template)]);
    let folder = page("<view>\n  <template is=\"card\"/>\n</view>");
    let ended = Wxsim::run(folder.path()).finishes(0);
    ended.prints(&[
        "~ pages/a/a.wxml:2:3  there is no template named `card`",
        "warnings ",
    ]);
    let folder = page("<view wx:if=\"{{ a + }}\"/>");
    let ended = Wxsim::run(folder.path()).finishes(1);
    ended.prints(&[
        "✗ pages/a/a.wxml:1:21  the expression cannot be read",
        "errors ",
    ]);
}

#[test]
fn what_shows_itself_without_end_is_cut_and_told() {
    let folder = project(&[
        ("pages/a/a.js", "Page({})"),
        ("pages/a/a.json", r#"{"usingComponents": {"c": "/c/c"}}"#),
        (
            "pages/a/a.wxml",
            "<template name=\"t\"><view/><template is=\"t\"/></template><template is=\"t\"/><c/>",
        ),
        (
            "c/c.json",
            r#"{"component": true, "usingComponents": {"c": "/c/c"}}"#,
        ),
        ("c/c.js", "Component({})"),
        ("c/c.wxml", "<c/>"),
    ]);
    let ended = Wxsim::run(folder.path()).finishes(1);
    ended.prints(&[
        "the template `t` is nested 500 times",
        "the component `c/c` is nested 500 times",
    ]);
}

#[test]
fn a_mistake_in_a_style_sheet_is_told_where_something_asks_for_a_place() {
    let folder = project(&[
        (
            "pages/a/a.js",
            "Page({ onReady() { wx.createSelectorQuery().select('#a').boundingClientRect().exec() } })",
        ),
        ("pages/a/a.wxml", "<view id=\"a\"/>"),
        ("pages/a/a.wxss", "@import 'none.wxss';\n. { color: red }"),
    ]);
    let ended = Wxsim::run(folder.path()).finishes(0);
    ended.prints(&[
        "~ pages/a/a.wxss:1:1  the style sheet pages/a/none.wxss is missing",
        "~ pages/a/a.wxss:2:1  the selector `.` is not complete",
    ]);
}
