//! `tests/cases/matrix.md`: each outcome of the APIs around login and permissions is shown by the cases
//! that the table names.
//!
//! The traces are read as they stand in the files, which another test holds to what happens.
#![allow(
    clippy::disallowed_methods,
    reason = "reads the case files, which the program does not"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use wxsim::api::{Api, rows as simulated};

/// A line of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    api: String,
    when: String,
    result: String,
    cases: Vec<String>,
}

fn cases() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The lines of the first table of a text.
fn rows(markdown: &str) -> Vec<Row> {
    let lines = markdown
        .lines()
        .skip_while(|line| !line.starts_with("|---"));
    let lines = lines.skip(1).take_while(|line| line.starts_with('|'));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let [api, when, result, cases] = cells[..] else {
        panic!("four columns: {line}");
    };
    let cases = cases.split(',').map(str::trim);
    Row {
        api: api.to_owned(),
        when: when.to_owned(),
        result: result.trim_matches('`').to_owned(),
        cases: cases
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}

/// The results that a trace shows.
fn results(case: &str) -> Vec<String> {
    let trace = case.split("```trace\n").nth(1).unwrap_or_default();
    let trace = trace.split("```").next().unwrap_or_default();
    let replies = trace.lines().filter_map(|line| line.split_once("  ← "));
    let texts = replies.filter_map(|(_, reply)| {
        let at = reply.match_indices(" #").find(|(at, _)| {
            let rest = reply[at + 2..].trim_start_matches(|c: char| c.is_ascii_digit());
            rest.is_empty() || rest.starts_with(' ')
        });
        at.map(|(at, _)| reply[..at].to_owned())
    });
    texts.collect()
}

/// Whether a result is the one of a row, with a blank or a colon after `fail`.
fn is_like(result: &str, wanted: &str) -> bool {
    let plain = |text: &str| text.replacen(":fail:", ":fail ", 1);
    let (result, wanted) = (plain(result), plain(wanted));
    match wanted.split_once('…') {
        None => result == wanted,
        Some((start, end)) => {
            let rest = result.strip_prefix(start);
            rest.is_some_and(|rest| rest.len() > end.len() && rest.ends_with(end))
        }
    }
}

/// The row of the program for an API.
fn find(name: &str) -> Option<&'static Api> {
    simulated().find(|api| api.spec.name == name)
}

/// What is wrong with a row.
fn mistakes(row: &Row, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let Row { api, when, .. } = row;
    let mut found = Vec::new();
    if find(api).is_none() {
        found.push(format!("{api}: there is no such row"));
    }
    if row.cases.is_empty() {
        found.push(format!("{api}, {when}: no case"));
    }
    for case in &row.cases {
        match read(case) {
            None => found.push(format!("{api}, {when}: there is no case {case}")),
            Some(text) if results(&text).iter().any(|it| is_like(it, &row.result)) => {}
            Some(_) => {
                let wanted = &row.result;
                found.push(format!("{api}, {when}: {case} does not show `{wanted}`"));
            }
        }
    }
    found
}

fn read_case(name: &str) -> Option<String> {
    fs::read_to_string(cases().join(format!("{name}.md"))).ok()
}

#[test]
fn every_outcome_of_the_table_is_shown_by_its_cases() {
    let text = fs::read_to_string(cases().join("matrix.md")).expect("the table");
    let rows = rows(&text);
    assert!(rows.len() > 150, "only {} rows were read", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .flat_map(|it| mistakes(it, &read_case))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} mistakes:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let mut seen = BTreeSet::new();
    let twice = rows
        .iter()
        .filter(|row| !seen.insert((&row.api, &row.when)));
    let twice: Vec<String> = twice
        .map(|row| format!("{}, {}", row.api, row.when))
        .collect();
    assert!(twice.is_empty(), "two rows of one outcome: {twice:?}");
}

#[test]
fn every_failure_of_these_apis_is_in_the_table() {
    use wxsim::errmsg;
    use wxsim::profile::{Platform, Profile};
    use wxsim::report::api::{failures, sample};

    let text = fs::read_to_string(cases().join("matrix.md")).expect("the table");
    let rows = rows(&text);
    let apis: BTreeSet<&str> = rows.iter().map(|row| row.api.as_str()).collect();
    let mut missing = Vec::new();
    for api in apis {
        let Some(found) = find(api) else { continue };
        for reason in failures(found.spec) {
            let on = |platform| Profile {
                platform,
                ..Profile::default()
            };
            let texts = [Platform::Ios, Platform::Devtools, Platform::Android].map(|platform| {
                errmsg::fail(found.spec.own_name(), &sample(&reason), &on(platform))
            });
            let is_told = rows.iter().filter(|row| row.api == api).any(|row| {
                texts
                    .iter()
                    .any(|text| is_like(text, &row.result) || is_like(&row.result, text))
            });
            if !is_told && !OF_OTHER_CHAPTERS.contains(&api) {
                missing.push(texts[0].clone());
            }
        }
    }
    assert!(
        missing.is_empty(),
        "not in the table:\n{}",
        missing.join("\n")
    );
}

/// APIs with failures besides those of permissions, which tests/outcomes.rs holds.
const OF_OTHER_CHAPTERS: [&str; 4] = [
    "RecorderManager.start",
    "RecorderManager.stop",
    "startRecord",
    "component.insertLivePusher",
];

#[test]
fn every_change_of_the_rules_has_its_cases() {
    let text = fs::read_to_string(cases().join("matrix.md")).expect("the table");
    let (_, table) = text
        .split_once("## When the rules changed")
        .expect("the section");
    let lines = table.lines().skip_while(|line| !line.starts_with("|---"));
    let mut changes = 0;
    for line in lines.skip(1).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let named: Vec<&str> = cells[2].split(',').map(str::trim).collect();
        for case in named {
            assert!(read_case(case).is_some(), "no case {case}: {line}");
        }
        changes += 1;
    }
    assert!(changes > 25, "only {changes} changes were read");
}

#[test]
fn a_wrong_row_is_seen() {
    let text = "text\n\n| API | when | result | cases |\n|---|---|---|---|\n\
                | login | it works | `login:ok` | a, b |\n| tea | never | `tea:ok` | |\n\n| x | y |\n";
    let rows = rows(text);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].cases, ["a", "b"]);
    let case = "```trace\n    0.050  ← login:ok #1 {code: \"x\"}\n```\n";
    let read = |name: &str| (name == "a").then(|| case.to_owned());
    assert_eq!(
        mistakes(&rows[0], &read),
        ["login, it works: there is no case b"]
    );
    let all = |_: &str| Some(case.replace("ok", "fail:timeout"));
    assert_eq!(mistakes(&rows[0], &all).len(), 2, "another result");
    assert_eq!(
        mistakes(&rows[1], &read),
        ["tea: there is no such row", "tea, never: no case"]
    );
    assert!(is_like("a:fail:auth deny", "a:fail auth deny"));
    assert!(is_like(
        "a:fail no such file, open b",
        "a:fail no such file, open …"
    ));
    assert!(!is_like("a:fail auth deny, b", "a:fail auth deny"));
}
