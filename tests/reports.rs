//! The reports of one made-up test run that holds every outcome and every kind of failure.
//!
//! `WXSIM_BLESS=1` rewrites the files in `tests/golden/suite`; read the difference before it is committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

mod coverage;
mod fixture;

use std::path::Path;

use wxsim::report::Paint;
use wxsim::report::suite::{
    Coverage, Language, Outcome, SuiteResult, Terminal, github, html, json, junit, tap,
};

use fixture::suite;

/// Compares with the file of that name, or writes it.
#[track_caller]
fn golden(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/suite");
    let path = folder.join(name);
    if std::env::var_os("WXSIM_BLESS").is_some() {
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(&path, text).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(&path).expect("the golden file is there");
    for (index, (now, then)) in text.lines().zip(golden.lines()).enumerate() {
        assert_eq!(now, then, "{name}:{}", index + 1);
    }
    assert_eq!(text.len(), golden.len(), "{name}");
}

/// As `wxsim test` writes it: a line for each file, then the end.
fn written(terminal: Terminal, suite: &SuiteResult) -> String {
    let files = suite.files.iter().map(|file| terminal.file(file));
    files.collect::<String>() + &terminal.end(suite)
}

fn terminal(paint: Paint, language: Language) -> Terminal {
    Terminal {
        paint,
        language,
        is_verbose: false,
    }
}

#[test]
fn people_read_what_happened_and_what_to_do() {
    let text = written(terminal(Paint::Plain, Language::English), &suite());
    golden("terminal.txt", &text);
    let chinese = written(terminal(Paint::Plain, Language::Chinese), &suite());
    golden("terminal.zh.txt", &chinese);
}

#[test]
fn colours_change_no_word() {
    let coloured = written(terminal(Paint::Coloured, Language::English), &suite());
    let plain = written(terminal(Paint::Plain, Language::English), &suite());
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    let green = "\u{1b}[32m- ";
    assert!(coloured.contains(green), "expected lines are green");
}

#[test]
fn a_file_that_passes_is_one_line_unless_each_test_is_wanted() {
    let suite = suite();
    let good = suite
        .files
        .iter()
        .find(|file| file.outcome() == Outcome::Passed);
    let good = good.expect("a file that passes");
    let short = terminal(Paint::Plain, Language::English);
    assert_eq!(
        short.file(good),
        " ✓ shop/tests/good.test.js  2 tests 40 ms\n"
    );
    let long = Terminal {
        is_verbose: true,
        ..short
    };
    assert_eq!(long.file(good).lines().count(), 1 + good.tests.len());
    assert_eq!(
        long.test(good, &good.tests[1]),
        " ✓ shop/tests/good.test.js › home › opens [persona=deny-all] 1.24 s\n"
    );
}

#[test]
fn junit() {
    golden("junit.xml", &junit::render(&suite()));
}

#[test]
fn tap() {
    golden("report.tap", &tap::render(&suite()));
}

#[test]
fn json_lines_are_the_result() {
    let suite = suite();
    let text = json::render(&suite);
    golden("report.jsonl", &text);
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect(line));
    let lines: Vec<serde_json::Value> = lines.collect();
    let of = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
    let tests = suite.tests().count();
    assert_eq!(
        (of("test"), of("file"), of("end")),
        (tests, suite.files.len(), 1)
    );
    let whole = serde_json::to_string(&suite).expect("plain data");
    let read: SuiteResult = serde_json::from_str(&whole).expect("what was written is read");
    assert_eq!(json::render(&read), text);
}

#[test]
fn github() {
    let text = github::render(&suite());
    for line in text.lines() {
        let is_command = line.starts_with("::") && line[2..].contains("::");
        assert!(is_command || line.starts_with('│'), "{line}");
    }
    golden("github.txt", &text);
    golden(
        "summary.md",
        &github::step_summary(&suite(), Language::English),
    );
}

#[test]
fn one_page_holds_all_and_loads_nothing() {
    let suite = suite();
    let coverage = Coverage::of(&suite, &fixture::named());
    let page = html::render(&suite, Some(&coverage), Language::English);
    for (_, test) in suite.tests() {
        let own = test.titles.last().expect("a title");
        assert!(own.contains('<') || page.contains(own.as_str()), "{own}");
    }
    assert!(!page.contains("<script>alert"), "texts are no markup");
    assert!(page.contains("default-src 'none'"));
    golden("report.html", &page);
}

#[test]
fn totals_count_every_outcome_and_files_that_do_not_load() {
    let totals = suite().totals();
    let sum = totals.passed + totals.failed + totals.errored + totals.skipped + totals.todo;
    assert_eq!(sum, totals.tests);
    assert_eq!(totals.tests, suite().tests().count() + 1, "and one file");
    assert!(Outcome::Failed.is_bad() && !Outcome::Todo.is_bad() && !totals.is_good());
}
