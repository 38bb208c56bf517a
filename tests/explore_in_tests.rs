//! `test.explore`, the step `explore` of flows, and stories that `wxsim explore --save-failures` writes as flows.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Ended, Wxsim, project};
use crate::test_command::{junit, test};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What the server of the sample program answers.
const SERVED: &str = "const served = async ({ app, server }) => {
  server.post('/login', { json: { token: 't1' } })
  server.post('/phone', { json: {} })
  await app.launch()
}
";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// A sample program without its own tests, with others.
fn sample(base: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(
        &Path::new(ROOT).join("sample-apps").join(base),
        folder.path(),
    );
    let _ = fs::remove_dir_all(folder.path().join("tests"));
    for (path, text) in files {
        fs::write(folder.path().join(path), text).expect("written");
    }
    folder
}

/// A page with a button that counts, one that breaks things at three, one that asks, and one that fails.
const COUNTER: &[(&str, &str)] = &[
    (
        "pages/a/a.wxml",
        "<view>{{n}}</view><button id=\"up\" bindtap=\"up\">up</button>
         <button id=\"ask\" bindtap=\"ask\">ask</button>",
    ),
    (
        "pages/a/a.js",
        "Page({
           data: { n: 0 },
           up() { this.setData({ n: Math.min(this.data.n + 1, 3) }); if (this.data.n === 3) this.nothing.x },
           ask() { wx.authorize({ scope: 'scope.record', complete: () => this.setData({ n: 9 }) }) },
         })",
    ),
];

fn counter(code: &str) -> TempDir {
    let files: Vec<(&str, &str)> = COUNTER
        .iter()
        .copied()
        .chain([("a.test.js", code)])
        .collect();
    project(&files)
}

/// What does not depend on how long things take: short times are not told at all.
fn without_times(ended: &Ended) -> String {
    let lines = ended.stdout.lines().filter(|line| !line.contains("Time"));
    let lines = lines.map(|line| {
        let mut words: Vec<&str> = line.trim_end().split(' ').collect();
        if let [.., number, "ms" | "s"] = words.as_slice()
            && number.parse::<f64>().is_ok()
        {
            words.truncate(words.len() - 2);
        }
        words.join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(target_os = "linux")]
#[test]
fn everything_is_tried_from_the_end_of_a_test() {
    let code = format!(
        "{SERVED}
test.explore('all of it', {{
  vary: [],
  always: {{ 'on a page': (state) => state.stack.length > 0, 'a text': 'state.page !== null' }},
  sometimes: {{ bound: (state) => state.shows.includes('已绑定') }},
  eventually: {{ 'the page': (state) => state.page === 'pages/me/me' }},
}}, served)
test.explore('a little of it', {{ vary: [], depth: 1, sometimes: {{ rich: (state) => state.shows.includes('rich') }} }}, served)
test.explore('from a start', {{ vary: [], start: true, depth: 2 }}, ({{ server }}) => {{ server.post('/login', {{ json: {{ token: 't1' }} }}) }})"
    );
    let folder = sample("login", &[("a.test.js", &code)]);
    test(folder.path()).arg("-v").finishes(0).prints(&[
        "transitions, complete",
        "bounded by depth 1",
        "undecided: rich: not everything was tried",
        "bounded by depth 2",
        "3 passed",
    ]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_does_not_hold_is_told_with_the_shortest_story_and_the_line_that_does_it_again() {
    let folder = counter(
        "test.explore('counts', {
           rules: 'off', vary: [],
           always: { 'below two': (state) => state.data.n < 2 },
           sometimes: { 'seven': (state) => state.data.n === 7 },
           eventually: { 'back at nought': (state) => state.data.n === 0 },
         }, async ({ app, user }) => { await app.launch(); await user.tap('#up') })",
    );
    let ended = test(folder.path()).finishes(1).prints(&[
        "below two: it does not hold\n    where the test ends\n    1. tap button#up \"up\"\n",
        "seven: it holds in no state",
        "back at nought: it cannot come to hold from here",
        "--choices /0",
    ]);
    let again = test(folder.path())
        .args(&["--choices", "/0"])
        .finishes(1)
        .prints(&["below two: it does not hold", "1. tap button#up"]);
    assert!(!again.stdout.contains("seven"), "{}", again.show());
    let twice = test(folder.path()).finishes(1);
    assert_eq!(without_times(&ended), without_times(&twice));
}

#[cfg(target_os = "linux")]
#[test]
fn a_rule_that_is_violated_has_its_place_in_the_program() {
    let folder = counter(
        "test.explore('breaks', { vary: [] }, async ({ app }) => { await app.launch() })
         test.explore('only another rule', { vary: [], expect: 'P01' }, async ({ app }) => { await app.launch() })
         test.explore('no rules', { vary: [], rules: 'off' }, async ({ app }) => { await app.launch() })",
    );
    let report = folder.path().join("junit.xml");
    let ended = test(folder.path())
        .args(&["--junit", &report.to_string_lossy()])
        .arg("-v")
        .finishes(1)
        .prints(&[
            "P28 unhandled: ",
            "    1. tap button#up \"up\"\n    2. tap button#up \"up\"\n    3. tap button#up \"up\"\n",
            "pages/a/a.js:3",
            "P01 is not violated",
        ]);
    let told = ["breaks", "only another rule", "no rules"];
    let told = told.map(|title| junit(&ended, &report, title));
    assert_eq!(
        told,
        ["failure assertion", "passed", "passed"],
        "{}",
        ended.show()
    );
}

#[cfg(target_os = "linux")]
#[test]
fn code_of_the_test_that_goes_wrong_while_everything_is_tried_is_told() {
    for (options, body, part) in [
        (
            "always: { x: (state) => state.stak.length }",
            "",
            "`x` cannot be judged: TypeError: state has no `stak`; did you mean `stack`?",
        ),
        (
            "sometimes: { x: async () => true }",
            "",
            "`x` cannot be judged: it must give its value at once, without async",
        ),
        (
            "always: { x: 'state.' }",
            "",
            "`x` cannot be judged: SyntaxError",
        ),
        (
            "always: { x: () => true }",
            "wx.stub('authorize', () => { throw new Error('not this') });",
            "not this",
        ),
    ] {
        let folder = counter(&format!(
            "test.explore('x', {{ rules: 'off', vary: [], depth: 2, {options} }}, async ({{ app, wx }}) => {{ await app.launch(); {body} }})"
        ));
        let report = folder.path().join("junit.xml");
        let ended = test(folder.path())
            .args(&["--junit", &report.to_string_lossy()])
            .finishes(1)
            .prints(&["the code of the test: ", part]);
        let told = junit(&ended, &report, "x");
        assert_eq!(told, "error testException", "{}", ended.show());
    }
}

#[test]
fn options_that_are_wrong_are_told_with_their_place() {
    for (options, part) in [
        ("alway: {}", "did you mean `always`?"),
        ("always: () => true", "`always` is an object"),
        ("always: { a: 1 }", "'a' is a function of the state"),
        ("vary: ['netwrok']", "did you mean network?"),
        ("depth: -1", "`depth` is a whole number from 0, not -1"),
        ("maxStates: 0", "`maxStates` is a whole number from 1"),
        ("budget: 'long'", "`budget` is a duration of real time"),
        ("rules: 'all'", "`rules` is 'error', 'warn' or 'off'"),
        ("replay: '0,x'", "`replay` is the numbers of choices"),
        ("start: { path: 'a' }", "`start` is true, a page"),
        ("expect: 28", "`expect` is the id or name of a rule"),
    ] {
        let folder = counter(&format!(
            "// a line\ntest.explore('x', {{ {options} }}, () => {{}})"
        ));
        test(folder.path())
            .finishes(1)
            .prints(&["test.explore", part, "a.test.js:2"]);
    }
    let folder = counter("test.explore('x', { depth: 2 })");
    test(folder.path()).finishes(1).prints(&["has no function"]);
}

#[test]
fn without_copies_of_the_process_what_is_here_is_judged_and_stories_are_replayed() {
    let folder = counter(
        "const start = async ({ app }) => { await app.launch() }
         test.explore('everything', { vary: [] }, start)
         test.explore('here', { depth: 0, always: { nought: (state) => state.data.n === 0 } }, start)
         test.explore('not here', { depth: 0, always: { one: (state) => state.data.n === 1 } }, start)
         test.explore('again', { vary: [], rules: 'off', replay: '0,0', always: { 'below two': 'state.data.n < 2' } }, start)
         test.explore('gone', { vary: [], replay: '0,99' }, start)
         test.explore('gone as it should', { vary: [], replay: '0,99', expect: 'P28' }, start)",
    );
    let report = folder.path().join("junit.xml");
    let ended = test(folder.path())
        .args(&["--no-fork", "-v", "--junit", &report.to_string_lossy()])
        .finishes(1)
        .prints(&[
            "an exploration needs copies of the process, which --no-fork",
            "one: it does not hold",
            "below two: it does not hold",
            "2. tap button#up",
            "one of the choices is not there any more",
        ]);
    let titles = [
        ("everything", "failure action"),
        ("here", "passed"),
        ("not here", "failure assertion"),
        ("again", "failure assertion"),
        ("gone", "failure assertion"),
        ("gone as it should", "passed"),
    ];
    for (title, expected) in titles {
        assert_eq!(
            junit(&ended, &report, title),
            expected,
            "{title}: {}",
            ended.show()
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn hooks_answers_and_modes_hold_for_explorations_too() {
    let folder = counter(
        "afterEach(({ app }) => { console.log('after at ' + app.data('n')) })
         const start = async ({ app, user }) => { await app.launch(); user.answers({ 'scope.record': 'deny' }) }
         test.explore.fails('fails', { vary: [], rules: 'off', always: { nought: (s) => s.data.n === 0 } }, start)
         test.explore('answered', { vary: [], rules: 'off', sometimes: { asked: (s) => s.permissions['scope.record'] !== 'notdetermined' },
           always: { 'not allowed': (s) => s.permissions['scope.record'] !== 'granted' } }, start)
         test.explore.skip('left out', {}, start)
         test.explore.each([[1], [2]])('of %d', { vary: [], depth: 1, rules: 'off' }, async (n, { app }) => { await app.launch() })",
    );
    test(folder.path())
        .arg("-v")
        .finishes(0)
        .prints(&["after at 0", "4 passed", "1 skipped"]);
}

#[test]
fn a_flow_ends_with_an_exploration() {
    let files: Vec<(&str, &str)> = COUNTER
        .iter()
        .copied()
        .chain([
            (
                "a.flow.yaml",
                "name: replayed\nsteps:\n  - explore: { vary: [], rules: off, replay: \"0,0\", always: { small: state.data.n < 2 } }\n",
            ),
            (
                "b.flow.yaml",
                "name: here\nsteps:\n  - tap: \"#up\"\n  - explore: { depth: 0, always: { one: state.data.n === 1 } }\n",
            ),
            (
                "c.flow.yaml",
                "name: misplaced\nsteps:\n  - explore\n  - back\n",
            ),
            (
                "d.flow.yaml",
                "name: unknown\nsteps:\n  - explore: { vary: [netwrok] }\n",
            ),
        ])
        .collect();
    let folder = project(&files);
    test(folder.path()).finishes(1).prints(&[
        "small: it does not hold\n    the program is started\n    1. tap button#up",
        "`explore` is the last step",
        "did you mean `network`?",
        "1 passed",
    ]);
}

/// The flags of a fault and the rule that finds it.
fn fault(name: &str) -> (TempDir, Vec<String>, String, PathBuf) {
    let overlay = Path::new(ROOT).join("tests/faults").join(name);
    let text = fs::read_to_string(overlay.join("fault.toml")).expect("fault.toml");
    let table: toml::Table = text.parse().expect("TOML");
    let base = table["base"].as_str().expect("a base").to_owned();
    let flags = table["flags"].as_array().expect("flags");
    let flags = flags
        .iter()
        .filter_map(toml::Value::as_str)
        .map(str::to_owned);
    let folder = tempfile::tempdir().expect("a folder");
    let app = folder.path().join("app");
    copy(&Path::new(ROOT).join("sample-apps").join(&base), &app);
    let _ = fs::remove_dir_all(app.join("tests"));
    copy(&overlay, &app);
    (folder, flags.collect(), base, app)
}

/// The story of a planted fault is written as a flow that fails by the same rule, and passes on the good twin.
#[cfg(target_os = "linux")]
#[track_caller]
fn is_saved(name: &str, rule: &str, more: &[&str], form: &str) {
    let (folder, flags, base, app) = fault(name);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let stories = folder.path().join("stories");
    Wxsim::new()
        .args(&["explore", &app.to_string_lossy()])
        .args(&["--save-failures", &stories.to_string_lossy()])
        .args(&flags)
        .args(more)
        .finishes(1);
    let files = fs::read_dir(&stories).expect("stories").flatten();
    let wanted = files.map(|entry| entry.path()).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.contains(rule) && name.ends_with(".flow.yaml")
    });
    let flow = wanted.unwrap_or_else(|| panic!("{name}: no story of {rule}"));
    let text = fs::read_to_string(&flow).expect("a flow");
    assert!(text.contains(form), "{name}: no `{form}` in\n{text}");
    assert!(text.contains("# 启动小程序"), "{text}");
    Wxsim::new()
        .args(&["test", &flow.to_string_lossy()])
        .finishes(1)
        .prints(&[&format!("✗ {rule}")]);
    fs::remove_dir_all(&app).expect("the program goes");
    copy(&Path::new(ROOT).join("sample-apps").join(&base), &app);
    Wxsim::new()
        .args(&["test", &flow.to_string_lossy()])
        .finishes(0)
        .prints(&["1 passed"]);
}

#[cfg(target_os = "linux")]
#[test]
fn stories_of_faults_that_a_test_can_do_itself_are_saved_as_steps() {
    for (name, rule, form) in [
        ("02-phone-refused-throws", "P28", "privacy: [refuse]"),
        ("20-prompt-at-launch", "P01", "depth: 0"),
        ("23-unhandled-refusal", "P28", "scope.record: [deny]"),
        ("24-reads-refused-place", "P28", "tap: "),
        ("61-share-of-nothing-throws", "P28", "share"),
    ] {
        is_saved(name, rule, &["--vary", "none", "--depth", "3"], form);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn stories_with_another_order_or_a_failure_are_saved_as_replays() {
    for (name, vary) in [
        ("09-read-before-login-replies", "order"),
        ("47-double-login", "twice"),
        ("60-storage-full-throws", "quota"),
    ] {
        let flags = ["--vary", vary, "--depth", "4"];
        is_saved(name, "P28", &flags, "replay: [");
    }
}

/// The story of a planted fault that only the whole shows is looked for again from its state.
#[cfg(target_os = "linux")]
#[test]
fn stories_that_only_the_whole_shows_are_saved_as_explorations_from_there() {
    let none = ["--vary", "none"];
    for (name, property, vary, depth, form) in [
        (
            "15-dead-end-after-refusal",
            "dead-end",
            &none[..],
            "4",
            "expect: dead-end",
        ),
        (
            "40-dead-after-cancelled-payment",
            "dead-button",
            &none,
            "5",
            "replay: \"0,1\", depth: 4, expect: \"dead-button: tap button \\\"微信支付",
        ),
        (
            "44-frozen-after-401",
            "dead-button",
            &[],
            "4",
            "replay: \"0,0,0,2\", depth: 2, expect: \"dead-button: tap button \\\"微信支付",
        ),
    ] {
        is_saved(name, property, &[vary, &["--depth", depth]].concat(), form);
    }
}

/// From the page that a refusal leads to, the first page can never be reached again.
#[cfg(target_os = "linux")]
#[test]
fn a_property_that_cannot_come_to_hold_is_saved_with_where_that_is() {
    let more = ["--vary", "none", "--depth", "4", "--rules", "off"];
    let home = ["--eventually", "home: state.page === 'pages/me/me'"];
    let form = "eventually: { home: \"state.page === 'pages/me/me'\" }, replay: \"1,1\"";
    let more = [&more[..], &home].concat();
    is_saved("15-dead-end-after-refusal", "home", &more, form);
}

/// Processes that run in a folder.
#[cfg(target_os = "linux")]
pub(crate) fn running_in(folder: &Path) -> usize {
    let processes = fs::read_dir("/proc").expect("/proc").flatten();
    let own = processes
        .filter(|process| fs::read_link(process.path().join("cwd")).is_ok_and(|at| at == folder));
    own.count()
}

#[cfg(target_os = "linux")]
#[test]
fn no_copy_outlives_a_run_that_was_cut() {
    let folder = counter(
        "test.explore('cut', { rules: 'off', vary: 'all', maxStates: 3 }, async ({ app }) => { await app.launch() })",
    );
    let place = folder.path().canonicalize().expect("a folder");
    Wxsim::new()
        .args(&["test", "-v"])
        .within(&place)
        .finishes(0)
        .prints(&["bounded by 3 states"]);
    // A process that was ended may take a moment to go.
    let mut looks = 0;
    while running_in(&place) > 0 && looks < 200 {
        looks += 1;
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(running_in(&place), 0);
}
