//! Authorization coverage of the made-up run, and of small ones.

use serde_json::{Value as Json, json};
use wxsim::report::Paint;
use wxsim::report::suite::{Coverage, FileResult, Language, SuiteResult, TestResult};

use super::fixture;
use super::golden;

/// A run of one test with these events.
fn run(events: &[Json]) -> SuiteResult {
    let entries = events.iter().map(|event| {
        let mut entry = json!({ "n": 1, "t": 0, "task": 0 });
        let members = event.as_object().expect("an object").clone();
        entry.as_object_mut().expect("an object").extend(members);
        serde_json::from_value(entry).expect("an entry")
    });
    let test = TestResult {
        titles: vec!["t".into()],
        trace: entries.collect(),
        ..TestResult::default()
    };
    let file = FileResult {
        path: "a.test.js".into(),
        tests: vec![test],
        ..FileResult::default()
    };
    SuiteResult {
        files: vec![file],
        ..SuiteResult::default()
    }
}

fn reply(api: &str, text: &str) -> Json {
    json!({ "type": "reply", "call": 1, "api": api, "result": { "errMsg": text } })
}

/// The cells of a subject that came up, `+` before those that do not count.
fn came_up(coverage: &Coverage, name: &str) -> Vec<String> {
    let subject = coverage.subjects.iter().find(|it| it.name == name);
    let subject = subject.unwrap_or_else(|| panic!("{name} is no subject"));
    let cells = subject.cells.iter().filter(|cell| cell.times > 0);
    let mark = |counted: bool| if counted { "" } else { "+" };
    cells
        .map(|cell| format!("{}{}", mark(cell.is_counted), cell.name))
        .collect()
}

#[test]
fn the_made_up_run_has_tried_this_and_not_that() {
    let coverage = Coverage::of(&fixture::suite(), &fixture::named());
    golden(
        "coverage.txt",
        &coverage.render(Paint::Plain, Language::English),
    );
    golden("coverage.md", &coverage.markdown(Language::Chinese));
    let text = serde_json::to_string_pretty(&coverage.to_json()).expect("plain data");
    golden("coverage.json", &format!("{text}\n"));
}

#[test]
fn a_run_without_questions_is_covered() {
    let coverage = Coverage::of(&run(&[]), &[]);
    assert!(coverage.subjects.is_empty());
    assert!((coverage.share() - 1.0).abs() < f64::EPSILON);
}

#[test]
fn what_the_code_names_counts_before_a_test_has_met_it() {
    let coverage = Coverage::of(
        &run(&[]),
        &["wx.getLocation".to_owned(), "scanCode".to_owned()],
    );
    let names: Vec<&str> = coverage
        .subjects
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["scope.userLocation", "scan", "getLocation", "scanCode"]
    );
    assert!(coverage.share() < f64::EPSILON);
}

#[test]
fn a_failure_is_told_by_its_words_in_the_way_of_the_platform() {
    let coverage = Coverage::of(
        &run(&[
            reply("getLocation", "getLocation:ok"),
            reply("getLocation", "getLocation:fail auth deny"),
            reply(
                "getLocation",
                "getLocation:fail privacy permission is not authorized",
            ),
            reply(
                "navigateTo",
                "navigateTo:fail page \"pages/x/x\" is not found",
            ),
            reply(
                "request",
                "request:fail errcode:-118 cronet_error_code:-118",
            ),
            json!({ "type": "sync", "api": "FileSystemManager.readFileSync", "arguments": [],
                "result": "readFileSync:fail no such file or directory, open \"wxfile://usr/a\"" }),
            json!({ "type": "sync", "api": "FileSystemManager.readFileSync", "arguments": [], "result": "text: fail" }),
        ]),
        &[],
    );
    let location = came_up(&coverage, "getLocation");
    assert_eq!(location[..2], ["ok", "auth deny"]);
    assert!(
        location[2].starts_with('+'),
        "any call can meet it: {location:?}"
    );
    assert_eq!(
        came_up(&coverage, "navigateTo"),
        ["page \"…\" is not found"]
    );
    assert_eq!(came_up(&coverage, "request"), ["no answer of the server"]);
    let read = came_up(&coverage, "FileSystemManager.readFileSync");
    assert_eq!(read.len(), 2, "{read:?}");
    assert!(
        read[0] == "ok" && read[1].starts_with("no such file"),
        "{read:?}"
    );
}

#[test]
fn answers_without_a_word_of_their_own_are_of_a_kind() {
    let answer = |key: &str, answer: Json| json!({ "type": "answer", "question": 1, "key": key, "answer": answer, "choice": 1 });
    let coverage = Coverage::of(
        &run(&[
            answer("actionSheet", json!(2)),
            answer("modal", json!({ "confirm": "typed" })),
            answer("settings", json!({ "scope.record": false })),
            answer(
                "subscribe",
                json!({ "a": "accept", "b": "reject", "always": true }),
            ),
            answer("scan", json!("table-7")),
            answer("scope.camera", json!("dismiss")),
        ]),
        &[],
    );
    assert_eq!(came_up(&coverage, "actionSheet"), ["item"]);
    assert_eq!(came_up(&coverage, "modal"), ["confirm"]);
    assert_eq!(came_up(&coverage, "settings"), ["switch"]);
    assert_eq!(came_up(&coverage, "scope.record"), ["settings"]);
    assert_eq!(came_up(&coverage, "subscribe"), ["always", "never"]);
    assert_eq!(came_up(&coverage, "scan"), ["code"]);
    assert_eq!(came_up(&coverage, "scope.camera"), ["dismiss"]);
}

#[test]
fn a_dialog_that_has_no_cancel_button_needs_no_cancel() {
    let asked = |cancellable: bool| json!({ "type": "question", "question": 1, "call": 1, "key": "modal", "text": "", "cancellable": cancellable });
    let cells = |events: &[Json]| Coverage::of(&run(events), &[]).reached().1;
    assert_eq!(cells(&[asked(false)]), 2);
    assert_eq!(cells(&[asked(false), asked(true)]), 3);
}
