//! JSON lines: a `test` when a test has ended, a `file` after its tests, one `end`.
//!
//! The members are those of the result types; `type` tells the lines apart. A `test` has its `file` and, in
//! `warnings`, what rules found without failing it;
//! `file` and `end` have `totals`.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::{FileResult, SuiteResult, TestResult};

/// The line of a test that has ended, ending with a line feed.
pub fn test_line(file: &FileResult, test: &TestResult) -> String {
    let mut first = json!({ "file": file.path });
    let warnings = test.warnings();
    if !warnings.is_empty() {
        first["warnings"] = json!(warnings);
    }
    line("test", &first, test)
}

/// The line of a file whose tests have ended, ending with a line feed.
pub fn file_line(file: &FileResult) -> String {
    let rest = json!({
        "path": file.path,
        "project": file.project,
        "problem": file.problem,
        "diagnostics": file.diagnostics,
        "wallMs": file.wall_ms,
    });
    let first = json!({ "outcome": file.outcome(), "totals": file.totals() });
    line("file", &first, &rest)
}

/// The last line, ending with a line feed.
pub fn end_line(suite: &SuiteResult) -> String {
    let rest = json!({ "wallMs": suite.wall_ms, "isCut": suite.is_cut });
    line("end", &json!({ "totals": suite.totals() }), &rest)
}

/// All lines.
pub fn render(suite: &SuiteResult) -> String {
    let mut text = String::new();
    for file in &suite.files {
        text.extend(file.tests.iter().map(|test| test_line(file, test)));
        text.push_str(&file_line(file));
    }
    text + &end_line(suite)
}

fn line(kind: &str, first: &Json, rest: &impl Serialize) -> String {
    let mut members = Map::new();
    members.insert("type".to_owned(), kind.into());
    // Result types are plain data: they always have a JSON form.
    let rest = serde_json::to_value(rest).unwrap_or_default();
    for part in [first.clone(), rest] {
        if let Json::Object(part) = part {
            members.extend(part);
        }
    }
    format!("{}\n", Json::Object(members))
}
