//! Snapshots of `wxsim test`, and `wxsim review`.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Ended, Wxsim, project};

/// Where the snapshots of `a.test.js` are.
const SNAP: &str = "__snapshots__/a.test.js.snap";
/// Where those are that wait for a review.
const PENDING: &str = "__snapshots__/a.test.js.snap.new";

/// A page with a number, and a test file.
fn with_tests(code: &str) -> TempDir {
    project(&[
        ("pages/a/a.js", "Page({ data: { n: 1 } })"),
        ("pages/a/a.wxml", "<view id=\"n\">{{n}}</view>"),
        ("a.test.js", code),
    ])
}

fn test(folder: &TempDir, flags: &[&str]) -> Wxsim {
    let path = folder.path().to_string_lossy().into_owned();
    Wxsim::new()
        .args(&["test", &path])
        .args(flags)
        .env("CI", "")
}

fn review(folder: &TempDir, flags: &[&str]) -> Wxsim {
    let path = folder.path().to_string_lossy().into_owned();
    Wxsim::new().args(&["review", &path]).args(flags)
}

#[track_caller]
fn text(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn is_there(folder: &TempDir, path: &str) -> bool {
    Path::exists(&folder.path().join(path))
}

/// Its page shows another number from now on.
fn shows(folder: &TempDir, n: u32) {
    write(
        folder,
        "pages/a/a.js",
        &format!("Page({{ data: {{ n: {n} }} }})"),
    );
}

/// The names of the snapshots of a file.
fn names(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("=== "))
        .collect()
}

const THREE: &str = "test('shows', async ({ app, screen, sim }) => {
  await app.launch()
  expect({ n: app.data('n'), text: 'a\\n=== b' }).toMatchSnapshot('data')
  expect(screen).toMatchTree()
  expect(sim).toMatchTrace()
})";

#[test]
fn snapshots_are_written_once_and_compared_from_then_on() {
    let folder = with_tests(THREE);
    test(&folder, &[])
        .finishes(0)
        .complains(&["snapshots: 3 written"]);
    let first = text(&folder, SNAP);
    assert_eq!(
        names(&first),
        ["shows trace 1", "shows tree 1", "shows: data snapshot 1"]
    );
    assert!(
        first.starts_with("# wxsim snapshots 1\n\n=== shows trace 1\n"),
        "{first}"
    );
    assert!(
        first.contains("\"n\": 1") && first.contains("\n\\=== b"),
        "{first}"
    );

    let ended = test(&folder, &["--ci"]).finishes(0);
    assert!(!ended.stderr.contains("snapshots"), "{}", ended.show());
    let windows = first.replace('\n', "\r\n");
    write(&folder, SNAP, &windows);
    for flags in [
        &["--no-fork"][..],
        &["--update"],
        &["--repeat", "2", "--ci"],
    ] {
        test(&folder, flags).finishes(0);
        assert_eq!(text(&folder, SNAP), windows, "{flags:?}");
    }
}

/// Only one of these differs when the page shows another number.
const TWO: &str = "test('shows', async ({ app, sim }) => {
  await app.launch()
  expect({ n: app.data('n'), text: 'a\\n=== b' }).toMatchSnapshot('data')
  expect(sim).toMatchTrace()
})";

#[test]
fn what_differs_fails_with_a_difference_and_waits_for_a_review() {
    let folder = with_tests(TWO);
    test(&folder, &[]).finishes(0);
    let first = text(&folder, SNAP);
    shows(&folder, 2);
    test(&folder, &["--ci"]).finishes(1).prints(&[
        "shows: data snapshot 1",
        "-   \"n\": 1",
        "+   \"n\": 2",
        "a.test.js:3",
    ]);
    assert!(!is_there(&folder, PENDING), "--ci writes nothing");
    test(&folder, &[])
        .finishes(1)
        .complains(&["1 to be reviewed", "wxsim review"]);
    assert_eq!(text(&folder, SNAP), first);
    assert!(text(&folder, PENDING).contains("=== shows: data snapshot 1\n===@ a.test.js:3:"));

    let ended = review(&folder, &["--list", "--json"]).finishes(0);
    let listed = &ended.lines()[0];
    assert_eq!(
        (&listed["name"], &listed["line"]),
        (&"shows: data snapshot 1".into(), &3.into())
    );
    assert_eq!(listed["isInline"], false);
    let ended = review(&folder, &[]).typed("skip\n").finishes(0);
    ended.prints(&[
        "1/1  shows: data snapshot 1",
        "a.test.js:3",
        "- ",
        "+ ",
        "0 accepted, 0 rejected, 1 left",
    ]);
    // The same as before: nothing waits any more.
    shows(&folder, 1);
    test(&folder, &[]).finishes(0);
    assert!(!is_there(&folder, PENDING));

    shows(&folder, 3);
    test(&folder, &[]).finishes(1);
    review(&folder, &[])
        .typed("what\nreject\n")
        .finishes(0)
        .prints(&["`what` is no decision", "1 rejected"]);
    assert!(!is_there(&folder, PENDING) && text(&folder, SNAP) == first);
    test(&folder, &[]).finishes(1);
    review(&folder, &["--accept"])
        .finishes(0)
        .prints(&["1 accepted"]);
    test(&folder, &["--ci"]).finishes(0);
    assert_eq!(names(&text(&folder, SNAP)), names(&first));
    shows(&folder, 4);
    test(&folder, &["-u"]).finishes(0).complains(&["1 updated"]);
    test(&folder, &["--ci"]).finishes(0);
    review(&folder, &[])
        .finishes(0)
        .prints(&["no snapshot waits"]);
}

#[test]
fn where_nobody_looks_on_nothing_new_is_written() {
    let folder = with_tests(THREE);
    test(&folder, &["--ci"]).finishes(1).prints(&["--ci"]);
    assert!(!is_there(&folder, "__snapshots__"));
    test(&folder, &[]).env("CI", "true").finishes(1);
    assert!(!is_there(&folder, "__snapshots__"));
    test(&folder, &["--no-ci"])
        .env("CI", "true")
        .finishes(0)
        .complains(&["3 written"]);
    test(&folder, &[]).env("CI", "true").finishes(0);
}

#[test]
fn what_no_test_asks_for_is_told_and_taken_away_by_update() {
    let folder = with_tests(
        "test('a', () => expect(1).toMatchSnapshot())\ntest('b', () => expect(2).toMatchSnapshot())",
    );
    test(&folder, &[]).finishes(0);
    for (code, flags) in [
        (
            "test('a', () => expect(1).toMatchSnapshot())\ntest.skip('b', () => {})",
            &[][..],
        ),
        (
            "test('a', () => expect(1).toMatchSnapshot())\ntest('c', () => {})",
            &["-t", "a"],
        ),
        (
            "test.only('a', () => expect(1).toMatchSnapshot())\ntest('c', () => {})",
            &["--no-ci"],
        ),
    ] {
        write(&folder, "a.test.js", code);
        let ended = test(&folder, flags).finishes(0);
        assert!(
            !ended.stderr.contains("no test asks for"),
            "{}",
            ended.show()
        );
        test(&folder, &[flags, &["--update"]].concat()).finishes(0);
        assert_eq!(
            names(&text(&folder, SNAP)),
            ["a snapshot 1", "b snapshot 1"]
        );
    }
    write(
        &folder,
        "a.test.js",
        "test('a', () => expect(1).toMatchSnapshot())",
    );
    test(&folder, &["--ci"]).finishes(0).complains(&[
        "warning: snapshots that no test asks for",
        "a.test.js.snap: b snapshot 1",
    ]);
    test(&folder, &["--update"])
        .finishes(0)
        .complains(&["1 removed"]);
    assert_eq!(names(&text(&folder, SNAP)), ["a snapshot 1"]);
    fs::remove_file(folder.path().join("a.test.js")).expect("removed");
    write(&folder, "b.test.js", "test('b', () => {})");
    test(&folder, &[])
        .finishes(0)
        .complains(&["a.test.js.snap: its test file is gone"]);
    test(&folder, &["--update"]).finishes(0);
    assert!(!is_there(&folder, "__snapshots__"));
}

#[test]
fn runs_of_one_test_in_several_ways_have_snapshots_of_their_own() {
    let folder = with_tests(
        "test('asks', async ({ app }) => {
           await app.launch()
           const code = () => new Promise((done) => wx.authorize({ scope: 'scope.record', complete: (own) => done(own.errMsg) }))
           expect(await app.evaluate(code)).toMatchSnapshot()
         })
         test('own', { persona: 'deny-all' }, () => expect('x').toMatchSnapshot())",
    );
    test(&folder, &["--personas", "allow-all,deny-all"]).finishes(0);
    let both = text(&folder, SNAP);
    assert_eq!(
        names(&both),
        [
            "asks snapshot 1 [persona=allow-all]",
            "asks snapshot 1 [persona=deny-all]",
            "own snapshot 1"
        ]
    );
    test(&folder, &["--personas", "allow-all,deny-all", "--ci"]).finishes(0);
    let ended = test(&folder, &["--persona", "deny-all", "--update"]).finishes(0);
    assert!(
        ended.stderr.is_empty() && text(&folder, SNAP) == both,
        "{}",
        ended.show()
    );
}

#[test]
fn tests_of_the_same_name_and_hooks_have_snapshots_of_their_own() {
    let folder = with_tests(
        "beforeEach(() => expect('each').toMatchSnapshot())
         beforeAll(() => expect('all').toMatchSnapshot())
         for (const n of [1, 2]) test('same', () => { expect(n).toMatchSnapshot(); expect(-n).toMatchSnapshot() })
         describe('group', () => test('in', { snapshot: { redact: false } }, () => expect('2024-01-01T00:00:00.000Z').toMatchSnapshot()))
         test('redacted', () => expect('2024-01-01T00:00:00.000Z').toMatchSnapshot())",
    );
    test(&folder, &[]).finishes(0);
    let all = text(&folder, SNAP);
    assert!(
        names(&all).contains(&"same (2) snapshot 3") && names(&all).contains(&" snapshot 1"),
        "{all}"
    );
    assert!(names(&all).contains(&"group › in snapshot 2"), "{all}");
    assert_eq!(all.matches("2024-01-01").count(), 1, "{all}");
    test(&folder, &["--ci", "--no-fork"]).finishes(0);
}

#[test]
fn a_broken_file_fails_with_its_line_and_is_never_overwritten() {
    let folder = with_tests("test('a', () => expect(1).toMatchSnapshot())");
    let broken =
        "# wxsim snapshots 1\n\n=== a snapshot 1\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n\n";
    write(&folder, SNAP, broken);
    for flags in [&[][..], &["--update"]] {
        test(&folder, flags)
            .finishes(1)
            .prints(&["a.test.js.snap:4", "merge"]);
        assert_eq!(text(&folder, SNAP), broken);
    }
}

const INLINE: &str = "test('shows', async ({ app }) => {
  await app.launch()
  expect(app.data()).toMatchInlineSnapshot(); expect(app.data('n')).toMatchInlineSnapshot()
  expect({ id: 7, n: app.data('n') }).toMatchInlineSnapshot({ id: expect.any(Number) })
})
";

#[test]
fn inline_snapshots_are_written_into_the_test() {
    let folder = with_tests(INLINE);
    test(&folder, &["--ci"]).finishes(1);
    assert_eq!(text(&folder, "a.test.js"), INLINE);
    test(&folder, &[]).finishes(0).complains(&["3 written"]);
    let written = text(&folder, "a.test.js");
    let expected = "test('shows', async ({ app }) => {
  await app.launch()
  expect(app.data()).toMatchInlineSnapshot(`
    {
      \"n\": 1,
    }
  `); expect(app.data('n')).toMatchInlineSnapshot(`1`)
  expect({ id: 7, n: app.data('n') }).toMatchInlineSnapshot({ id: expect.any(Number) }, `
    {
      \"id\": Any<Number>,
      \"n\": 1,
    }
  `)
})
";
    assert_eq!(written, expected);
    test(&folder, &["--ci"]).finishes(0);
    assert!(!is_there(&folder, "__snapshots__"));

    shows(&folder, 2);
    // The first of them ends the test.
    test(&folder, &[])
        .finishes(1)
        .prints(&["-   \"n\": 1", "+   \"n\": 2"])
        .complains(&["1 to be reviewed"]);
    review(&folder, &["--list"])
        .finishes(0)
        .prints(&["a.test.js:3:", "shows inline 1"]);
    review(&folder, &["--accept"])
        .finishes(0)
        .prints(&["1 accepted"]);
    assert_eq!(
        text(&folder, "a.test.js"),
        written.replacen("\"n\": 1", "\"n\": 2", 1)
    );
    test(&folder, &["--update"])
        .finishes(0)
        .complains(&["2 updated"]);
    let updated = written
        .replace("\"n\": 1", "\"n\": 2")
        .replace("`1`", "`2`");
    assert_eq!(text(&folder, "a.test.js"), updated);
    test(&folder, &["--ci"]).finishes(0);

    shows(&folder, 3);
    test(&folder, &[]).finishes(1);
    write(&folder, "a.test.js", &format!("// A line more.\n{updated}"));
    review(&folder, &["--accept"])
        .finishes(1)
        .complains(&["changed", "run `wxsim test`"]);
    assert_eq!(
        text(&folder, "a.test.js"),
        format!("// A line more.\n{updated}")
    );
}

#[test]
fn inline_snapshots_that_cannot_be_written_are_failures() {
    for (code, part) in [
        (
            "for (const n of [1, 2]) test(`n ${n}`, () => expect(n).toMatchInlineSnapshot())",
            "different texts",
        ),
        (
            "test('a', () => { for (const n of [1, 2]) expect(n).toMatchInlineSnapshot() })",
            "different texts",
        ),
        (
            "const T = '1'\ntest('a', () => { expect(2).toMatchInlineSnapshot(T) })",
            "no plain text",
        ),
        (
            "test('a', () => expect(Promise.resolve(2)).resolves.toMatchInlineSnapshot('1'))",
            "await promise",
        ),
    ] {
        let folder = with_tests(code);
        let ended: Ended = test(&folder, &["--update"]).finishes(1);
        let said = format!("{}{}", ended.stdout, ended.stderr);
        assert!(said.contains(part), "no `{part}` in {}", ended.show());
    }
}

#[test]
fn typescript_and_modules_are_rewritten_in_the_right_place() {
    let folder = with_tests("test('a', () => {})");
    let code = "import { test, expect } from 'wxsim'\n\ninterface A {\n  a: number\n}\n\ntest('t', () => {\n  const a: A = { a: 1 }\n  \
                expect(a as A).toMatchInlineSnapshot(); expect(`${a.a}`).toMatchInlineSnapshot()\n})\n";
    write(&folder, "b.test.ts", code);
    test(&folder, &[]).finishes(0);
    let written = text(&folder, "b.test.ts");
    let first = "toMatchInlineSnapshot(`\n    {\n      \"a\": 1,\n    }\n  `); ";
    assert!(
        written.contains(first) && written.contains("toMatchInlineSnapshot(`\"1\"`)\n})"),
        "{written}"
    );
    test(&folder, &["--ci"]).finishes(0);
}
