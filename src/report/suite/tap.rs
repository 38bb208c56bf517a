//! TAP version 14: a subtest per file, what does not hold as YAML below its line.

use std::fmt::Write as _;

use serde_json::json;

use super::language::Language;
use super::plain::{
    failure_text, failures_text, first_line, one_line, path_of, visible, warning_lines,
};
use super::{Failure, FileResult, Outcome, SuiteResult, TestResult};

/// The document, ending with a line feed.
pub fn render(suite: &SuiteResult) -> String {
    let mut text = format!("TAP version 14\n1..{}\n", suite.files.len());
    for (index, file) in suite.files.iter().enumerate() {
        text.push_str(&one_file(index + 1, file));
    }
    if suite.is_cut {
        text.push_str("Bail out! The run was ended early\n");
    }
    text
}

fn one_file(number: usize, file: &FileResult) -> String {
    let path = escaped(&file.path);
    let mut text = String::new();
    if !file.tests.is_empty() {
        let _ = writeln!(text, "# Subtest: {path}");
        let _ = writeln!(text, "    1..{}", file.tests.len());
        for (index, test) in file.tests.iter().enumerate() {
            for line in one_test(index + 1, file, test).lines() {
                let _ = writeln!(text, "{}", format!("    {line}").trim_end());
            }
        }
    }
    let ok = if file.outcome().is_bad() {
        "not ok"
    } else {
        "ok"
    };
    let _ = writeln!(text, "{ok} {number} - {path}");
    if let Some(problem) = &file.problem {
        text.push_str(&diagnosis(
            problem,
            file,
            "error",
            &failure_text(problem, file, Language::English),
            "",
        ));
    }
    text
}

fn one_test(number: usize, file: &FileResult, test: &TestResult) -> String {
    let title = escaped(&test.title());
    let (ok, directive) = match test.outcome {
        Outcome::Passed => ("ok", ""),
        Outcome::Failed | Outcome::Errored => ("not ok", ""),
        Outcome::Skipped => ("ok", " # SKIP"),
        Outcome::Todo => ("not ok", " # TODO"),
    };
    let mut point = format!("{ok} {number} - {title}{directive}\n");
    let severity = match test.outcome {
        Outcome::Failed => "fail",
        Outcome::Errored => "error",
        _ => "",
    };
    if let Some(failure) = test.failures.first().filter(|_| !severity.is_empty()) {
        let details = failures_text(test, file, Language::English);
        point.push_str(&diagnosis(failure, file, severity, &details, &test.replay));
    }
    for line in warning_lines(test) {
        let _ = writeln!(point, "# {}", visible(&line));
    }
    point
}

/// The YAML block: texts are written as JSON, which YAML includes, or as literal blocks.
fn diagnosis(
    failure: &Failure,
    file: &FileResult,
    severity: &str,
    details: &str,
    replay: &str,
) -> String {
    let mut text = String::from("  ---\n");
    let message = visible(first_line(&failure.message));
    let _ = writeln!(text, "  message: {}", json!(message));
    let _ = writeln!(text, "  severity: {severity}");
    let _ = writeln!(text, "  kind: {}", failure.kind.name());
    if let Some(place) = &failure.place {
        let _ = writeln!(
            text,
            "  at:\n    file: {}",
            json!(visible(&path_of(failure, file)))
        );
        let _ = writeln!(
            text,
            "    line: {}\n    column: {}",
            place.line, place.column
        );
    }
    if !replay.is_empty() {
        let _ = writeln!(text, "  replay: {}", json!(visible(replay)));
    }
    // The indentation is said, because the first line may begin with blanks itself; tabs would not do.
    text.push_str("  details: |2-\n");
    for line in details.trim_end().replace('\t', " ").lines() {
        let _ = writeln!(text, "{}", format!("    {line}").trim_end());
    }
    text.push_str("  ...\n");
    text
}

/// A description: `#` would begin a directive.
fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('#', "\\#")
}
