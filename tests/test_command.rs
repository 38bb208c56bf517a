//! `wxsim test`: how tests pass, fail and go wrong, from the outside.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Ended, Wxsim, project};

/// A page that can go wrong in every way, by method.
pub(crate) const PAGE: &str = "Page({
  data: { n: 0 },
  fine() { this.setData({ n: this.data.n + 1 }) },
  throws() { this.nothing.x },
  rejects() { Promise.reject(new Error('never mind')) },
  complains() { console.error('this is bad') },
  asks() { wx.authorize({ scope: 'scope.record', complete() {} }) },
  requests() { wx.request({ url: 'https://api.example/goods?page=1', complete() {} }) },
  loops() { while (true) {} },
  backtracks() { /(a+)+$/.test('a'.repeat(60) + 'b') },
  eats() { let all = 'x'; for (;;) all += all },
  nests() { let deep = []; for (let i = 0; i < 400000; i += 1) deep = [deep]; JSON.stringify(deep) },
})";

/// A program with a test file.
pub(crate) fn with_tests(code: &str) -> TempDir {
    project(&[("pages/a/a.js", PAGE), ("a.test.js", code)])
}

pub(crate) fn test(folder: &Path) -> Wxsim {
    Wxsim::new().args(&["test", &folder.to_string_lossy()])
}

/// What the JUnit report says of a test: `passed`, or the element and its type.
pub(crate) fn junit(ended: &Ended, report: &Path, title: &str) -> String {
    let text = fs::read_to_string(report).unwrap_or_else(|_| panic!("no report: {}", ended.show()));
    let at = text.find(&format!("name=\"{title}\""));
    let case = &text[at.unwrap_or_else(|| panic!("no case `{title}` in {text}"))..];
    let end = case.find("<testcase").unwrap_or(case.len());
    let case = &case[..end];
    for element in ["failure", "error", "skipped"] {
        if let Some(at) = case.find(&format!("<{element}")) {
            let tag = &case[at..];
            let kind = tag
                .split("type=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            return format!("{element} {}", kind.unwrap_or_default())
                .trim_end()
                .to_owned();
        }
    }
    "passed".to_owned()
}

/// Runs one way to go wrong between two tests that pass, forked and not.
#[track_caller]
fn goes_wrong(body: &str, expected: &str, parts: &[&str]) {
    let code = format!(
        "beforeEach(({{ app }}) => app.launch())
         test('before', async ({{ app, sim }}) => {{ await sim.step('gesture fine'); expect(app.data('n')).toBe(1) }})
         test('wrong', async ({{ app, sim, user, wx }}) => {{ {body} }})
         test('after', async ({{ app, sim }}) => {{ await sim.step('gesture fine'); expect(app.data('n')).toBe(1) }})"
    );
    for mode in [&[][..], &["--no-fork"]] {
        let folder = with_tests(&code);
        let report = folder.path().join("junit.xml");
        let ended = test(folder.path())
            .args(&["--wall-limit", "3s"])
            .args(&["--junit", &report.to_string_lossy()])
            .args(mode)
            .finishes(1)
            .prints(parts);
        let cases = ["before", "wrong", "after"].map(|title| junit(&ended, &report, title));
        assert_eq!(cases, ["passed", expected, "passed"], "{}", ended.show());
    }
}

#[test]
fn an_assertion_that_does_not_hold_is_a_failure_with_both_values() {
    goes_wrong(
        "await sim.step('gesture fine'); expect(app.data('n')).toBe(2)",
        "failure assertion",
        &["Expected: 2", "Received: 1", "a.test.js:3"],
    );
}

#[test]
fn what_the_app_does_wrong_is_a_failure_unless_the_test_lets_it_pass() {
    for (step, expected, part) in [
        ("throws", "failure appException", "pages/a/a.js:4"),
        ("rejects", "failure unhandledRejection", "never mind"),
        ("complains", "failure consoleError", "this is bad"),
        (
            "asks",
            "failure unansweredQuestion",
            "user.answers({ 'scope.record': 'allow' })",
        ),
        (
            "requests",
            "failure unmatchedRequest",
            "server.route('GET', 'https://api.example/goods'",
        ),
    ] {
        goes_wrong(
            &format!("await sim.step('gesture {step}')"),
            expected,
            &[part],
        );
    }
    let folder = with_tests(
        "test.use({ strict: false })
         test('all of it', async ({ app, sim }) => {
           await app.launch()
           for (const name of ['throws', 'rejects', 'complains', 'asks', 'requests']) await sim.step('gesture ' + name)
         })
         test('just this', { strict: true }, async ({ app, sim }) => {
           app.allow('this is bad', /nothing|undefined/)
           await app.launch()
           await sim.step('gesture complains')
           await sim.step('gesture throws')
         })",
    );
    test(folder.path()).finishes(0);
}

#[test]
fn a_question_answered_later_is_answered() {
    let folder = with_tests(
        "test('later', async ({ app, sim, user, wx }) => {
           await app.launch()
           await sim.step('gesture asks')
           expect(user.questions).toEqual(['scope.record'])
           await user.answer('scope.record', 'deny')
           expect(wx.last('authorize')).toFailWith('authorize:fail auth deny')
         })",
    );
    test(folder.path()).finishes(0);
}

#[test]
fn what_runs_away_is_an_error_of_that_test_alone() {
    for (step, expected, part) in [
        ("loops", "error timeLimit", "loop ran"),
        ("backtracks", "error timeLimit", "time limit of 3 s"),
        ("eats", "error memoryLimit", "more memory than it may have"),
        ("nests", "error stackOverflow", "native stack"),
    ] {
        runs_away(&format!("await sim.step('gesture {step}')"), expected, part);
    }
    runs_away(
        "while (true) {}",
        "error timeLimit",
        "in the test's own code",
    );
    runs_away(
        "/(a+)+$/.test('a'.repeat(60) + 'b')",
        "error timeLimit",
        "in the test's own code",
    );
}

/// As [`goes_wrong`], where a process of its own dies; without one the others run in a new worker.
#[track_caller]
fn runs_away(body: &str, expected: &str, part: &str) {
    goes_wrong(body, expected, &[part]);
}

#[test]
fn test_code_that_throws_is_an_error_and_one_that_waits_for_nothing_a_failure() {
    goes_wrong(
        "app.nothing.x",
        "error testException",
        &["app has no `nothing`"],
    );
    goes_wrong(
        "throw new Error('mine')",
        "error testException",
        &["Error: mine", "a.test.js:3"],
    );
    goes_wrong(
        "await new Promise(() => {})",
        "failure stuck",
        &["cannot come"],
    );
    goes_wrong(
        "sim.step('gesture fine')",
        "failure action",
        &["was not awaited"],
    );
    goes_wrong(
        "await sim.step('gesture nope')",
        "failure action",
        &["no method `nope`"],
    );
}

#[test]
fn a_file_that_does_not_load_is_an_error_and_others_run() {
    let folder = with_tests("test('fine', () => {})");
    let bad = [
        (
            "syntax.test.js",
            "test('x', () => { let = })",
            "syntax.test.js:1:",
        ),
        ("types.test.ts", "const a: = 1", "types.test.ts:1:"),
        (
            "missing.test.js",
            "require('./gone.js')",
            "there is no module './gone.js'",
        ),
        (
            "option.test.js",
            "test.use({ sed: 1 }); test('x', () => {})",
            "did you mean `seed`?",
        ),
        (
            "project.test.js",
            "test.use({ app: 'nowhere' }); test('x', () => {})",
            "nowhere",
        ),
        (
            "throws.test.js",
            "throw new Error('at the top')",
            "at the top",
        ),
    ];
    for (name, code, _) in bad {
        fs::write(folder.path().join(name), code).expect("written");
    }
    let report = folder.path().join("junit.xml");
    let ended = test(folder.path())
        .args(&["--junit", &report.to_string_lossy()])
        .finishes(1)
        .prints(&bad.map(|(_, _, part)| part));
    assert_eq!(junit(&ended, &report, "fine"), "passed");
    let text = fs::read_to_string(&report).expect("a report");
    assert_eq!(text.matches("<error").count(), bad.len(), "{text}");
    test(&folder.path().join("gone.test.js")).finishes(2);
}

#[test]
fn hooks_that_run_once_give_each_test_the_same_start() {
    let folder = with_tests(
        "const seen = []
         beforeAll(async ({ app, sim }) => { seen.push('all'); await app.launch(); await sim.step('gesture fine') })
         beforeEach(() => { seen.push('each') })
         afterEach(() => { seen.push('end') })
         test('one', async ({ app, sim }) => {
           await sim.step('gesture fine')
           expect([app.data('n'), ...seen]).toEqual([2, 'all', 'each'])
         })
         describe('inside', () => {
           beforeAll(async ({ sim }) => { seen.push('inner'); await sim.step('gesture fine') })
           test('two', ({ app }) => { expect([app.data('n'), ...seen]).toEqual([2, 'all', 'inner', 'each']) })
           afterAll(({ app }) => { expect(app.data('n')).toBe(2) })
         })
         test('three', ({ app }) => { expect(app.data('n')).toBe(1) })",
    );
    for mode in [&[][..], &["--no-fork"]] {
        test(folder.path()).args(mode).finishes(0);
    }
}

#[test]
fn a_hook_that_fails_fails_the_tests_of_its_group() {
    let folder = with_tests(
        "describe('bad', () => {
           beforeAll(() => { expect(1).toBe(2) })
           test('first', () => {})
           test('second', () => {})
         })
         describe('good', () => {
           test('third', () => {})
           afterAll(() => { throw new Error('too late') })
         })",
    );
    let report = folder.path().join("junit.xml");
    for mode in [&[][..], &["--no-fork"]] {
        let ended = test(folder.path())
            .args(&["--junit", &report.to_string_lossy()])
            .args(mode)
            .finishes(1)
            .prints(&["beforeAll", "too late"]);
        let cases = [
            "bad › first",
            "bad › second",
            "good › third",
            "good › afterAll",
        ];
        let told = cases.map(|title| junit(&ended, &report, title));
        let expected = [
            "failure assertion",
            "failure assertion",
            "passed",
            "error testException",
        ];
        assert_eq!(told, expected, "{}", ended.show());
    }
}

#[test]
fn marks_filters_and_tags_choose_what_runs() {
    let folder = with_tests(
        "test('plain', () => {})
         test.skip('skipped', () => { throw new Error('no') })
         test.todo('to be written')
         test.fails('must fail', () => { expect(1).toBe(2) })
         test('tagged', { tag: '@slow' }, () => {})
         test.each([[1, 2], [2, 3]])('%i and %i', (a, b) => { expect(b).toBe(a + 1) })
         describe.each([{ name: '龙井' }])('tea $name', ({ name }) => { test('has a name', () => { expect(name).toBe('龙井') }) })",
    );
    let list = |args: &[&str]| {
        let ended = test(folder.path()).arg("--list").args(args).finishes(0);
        ended
            .stdout
            .lines()
            .filter(|line| line.contains(" › "))
            .count()
    };
    assert_eq!(list(&[]), 8);
    assert_eq!(list(&["-t", "and"]), 2);
    assert_eq!(list(&["--tag", "slow"]), 1);
    assert_eq!(list(&["--tag", "!slow"]), 7);
    test(folder.path())
        .finishes(0)
        .prints(&["1 skipped", "1 todo"]);
    let only =
        with_tests("test.only('this', () => {}); test('that', () => { throw new Error('no') })");
    test(only.path()).arg("--no-ci").finishes(0);
    test(only.path()).arg("--ci").finishes(1).prints(&["only"]);
}

#[test]
fn the_program_cannot_see_its_test() {
    let folder = project(&[
        (
            "pages/a/a.js",
            "Page({ data: { seen: '' }, onLoad() { this.setData({ seen: [typeof test, typeof expect, typeof __wxsim_api__].join() }) } })",
        ),
        (
            "a.test.js",
            "globalThis.secret = 1
             test('apart', async ({ app }) => {
               await app.launch()
               expect(app.data('seen')).toBe('undefined,undefined,undefined')
               expect(await app.evaluate('typeof secret')).toBe('undefined')
               const data = app.data()
               data.seen = 'changed'
               expect(app.data('seen')).not.toBe('changed')
             })",
        ),
    ]);
    test(folder.path()).finishes(0);
}

#[test]
fn runs_are_the_same_every_time() {
    let folder = with_tests(
        "test('random', async ({ app, sim, clock }) => {
           await app.launch()
           await app.evaluate('wx.login()')
           console.log(Math.random(), Date.now(), clock.now)
           await new Promise((done) => setTimeout(done, 5000))
         })",
    );
    test(folder.path()).arg("--check-determinism").finishes(0);
}

#[test]
fn the_tests_in_the_documents_pass_on_the_sample() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for document in ["README.md", "README.zh-CN.md", "docs/test.md"] {
        let text = fs::read_to_string(root.join(document)).expect(document);
        let blocks = crate::readme::blocks(&text, "js");
        let tests: Vec<&String> = blocks
            .iter()
            .filter(|block| block.contains("test("))
            .collect();
        assert!(!tests.is_empty(), "{document} has a test");
        let folder = tempfile::tempdir().expect("a folder");
        copy(&root.join("sample-apps/hello"), folder.path());
        for (number, code) in tests.into_iter().enumerate() {
            let path = folder.path().join(format!("{number}.test.js"));
            fs::write(path, code).expect("written");
        }
        let ended = test(folder.path()).finishes(0);
        assert!(
            ended.stdout.contains("passed"),
            "{document}: {}",
            ended.show()
        );
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            fs::create_dir_all(&target).expect("made");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn a_program_without_tests_gets_a_smoke_test_and_then_a_first_test() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apps/permissions"),
        folder.path(),
    );
    fs::remove_dir_all(folder.path().join("tests")).unwrap_or_default();
    test(folder.path()).finishes(0).prints(&[
        "smoke test",
        "3 passed",
        "scope.userLocation",
        "wxsim init",
    ]);
    let place = folder.path().to_string_lossy().into_owned();
    let init = || Wxsim::new().args(&["init", &place]);
    init()
        .finishes(0)
        .prints(&["wxsim.toml", "written", "tests/first.test.js"]);
    init().finishes(0).prints(&["is there already"]);
    test(folder.path())
        .finishes(0)
        .prints(&["1 passed", "1 skipped"]);
    let types = fs::read_to_string(folder.path().join("tests/wxsim-test.d.ts")).expect("types");
    assert!(types.contains("declare module 'wxsim'"));
    Wxsim::new()
        .args(&["init", &format!("{place}/pages")])
        .finishes(2);
}
