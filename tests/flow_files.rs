//! Flows (`*.flow.yaml`): mistakes with their places, the JavaScript that they stand for, their text again, the flows
//! of recorded runs.
//!
//! `WXSIM_BLESS=1` rewrites the expected texts in `tests/flow_files/`, to be read before they are committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use wxsim::diagnostic::Diagnostic;
use wxsim::runtime::trace::Entry;
use wxsim::scenario::flow::{Flow, Step, of_trace, parse, to_js, to_yaml};

use crate::readme::{blocks, words};
use crate::support::Wxsim;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn folder() -> PathBuf {
    Path::new(ROOT).join("tests/flow_files")
}

/// Compares a text with that of a file.
fn check(name: &str, text: &str) {
    let path = folder().join(name);
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if text == expected {
        return;
    }
    if std::env::var_os("WXSIM_BLESS").is_some() {
        fs::write(&path, text).expect("a golden file");
        return;
    }
    panic!("{name} is not\n{text}");
}

fn read(name: &str) -> Result<Flow, Vec<Diagnostic>> {
    let text = fs::read_to_string(folder().join(name)).expect(name);
    let file =
        |path: &str| fs::read_to_string(folder().join(path)).map_err(|_| "no such file".into());
    parse(name, &text, &file)
}

fn shown(problems: &[Diagnostic]) -> String {
    let texts = problems.iter().map(|problem| problem.render(false) + "\n");
    texts.collect::<Vec<_>>().join("\n")
}

/// Problems of a text, each as one line.
fn problems(text: &str, files: &[(&str, &str)]) -> Vec<String> {
    let file = |path: &str| {
        let found = files.iter().find(|(own, _)| *own == path);
        found
            .map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| "no such file".to_owned())
    };
    match parse("a/b.flow.yaml", text, &file) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The flow without places, which its text does not keep.
fn without_places(mut flow: Flow) -> Flow {
    fn step(step: &mut Step) {
        step.place = None;
        step.marks.clear();
        if let Some(included) = step.included.take() {
            step.included = Some(Box::new(without_places(*included)));
        }
    }
    flow.marks.clear();
    flow.includes.iter_mut().for_each(step);
    flow.steps.iter_mut().for_each(step);
    flow
}

/// The text of a flow reads as the flow.
fn reads_again(flow: &Flow) {
    let text = to_yaml(flow);
    let file =
        |path: &str| fs::read_to_string(folder().join(path)).map_err(|_| "no such file".into());
    let again = parse("again.flow.yaml", &text, &file);
    let again = again.unwrap_or_else(|problems| panic!("{}\n{text}", shown(&problems)));
    assert_eq!(
        without_places(again),
        without_places(flow.clone()),
        "{text}"
    );
}

#[test]
fn every_mistake_is_shown_at_once_with_its_place() {
    let problems = read("mistakes.flow.yaml").expect_err("mistakes");
    check("mistakes.txt", &shown(&problems));
}

#[test]
fn a_flow_is_a_javascript_test() {
    for name in ["whole", "runs"] {
        let flow = read(&format!("{name}.flow.yaml"))
            .unwrap_or_else(|problems| panic!("{}", shown(&problems)));
        let script = to_js(&flow);
        check(&format!("{name}.test.js"), &script.code);
        assert_eq!(
            script.code.lines().count(),
            script.places.len(),
            "a place for each line"
        );
        let yaml = fs::read_to_string(folder().join(format!("{name}.flow.yaml"))).expect(name);
        let tap = script
            .code
            .lines()
            .position(|line| line.contains("user.tap("));
        let place = script.places[tap.expect("a tap")]
            .as_ref()
            .expect("a place");
        assert!(place.source_line.contains("tap:"), "{place:?}");
        assert!(
            yaml.contains(&place.source_line) || place.file == "base.yaml",
            "{place:?}"
        );
        reads_again(&flow);
    }
}

/// Texts that are no flow, and what is told of each.
const NO_FLOWS: &[(&str, &str)] = &[
    ("", "a flow is an object, not nothing"),
    ("- a", "a flow is an object, not a list"),
    (
        "name: a\nsteps: {tap: a}",
        "a/b.flow.yaml:2:8: error: `steps` is a list, not an object",
    ),
    ("name: a\nname: b", "this is no YAML"),
    (
        "name: a\nuse: {seed: -1}",
        "`seed` is a whole number, not the number -1",
    ),
    (
        "name: a\npersonas: [allow-all]\nmatrix: {axes: {persona: [deny-all]}}",
        "is an axis already",
    ),
    (
        "name: a\nmatrix: {axes: {a: [1,2,3,4,5,6,7,8], b: [1,2,3,4,5,6,7,8], c: [1,2,3,4,5,6,7,8]}}",
        "more than 500 tests",
    ),
    (
        "name: a\nmatrix: {axes: {app-1: [1]}}",
        "is no name of a variable",
    ),
    (
        "name: a\nsteps: [tap: \"${b}\"]",
        "there is no variable `b` here",
    ),
    (
        "name: a\nsteps: [{answer: {modal: confirm, pay: pay}}]",
        "`answer` answers one question",
    ),
    (
        "name: a\nsteps: [{expect: {called: getLocaton}}]",
        "wx has no `getLocaton` (did you mean `getLocation`?)",
    ),
    ("name: a\nsteps: [{step: \"fly away\"}]", "`fly` is no step"),
    (
        "name: a\nsteps: [{include: c.yaml}]",
        "`a/c.yaml` cannot be read: no such file",
    ),
    (
        "name: a\ninclude: ../x.yaml",
        "x.yaml:1:7: error: a flow has no key `nam`",
    ),
    (
        "name: a\ninclude: round.yaml",
        "`b.flow.yaml` includes itself (a/b.flow.yaml → a/round.yaml → a/b.flow.yaml)",
    ),
];

#[test]
fn a_text_is_no_flow_for_a_reason() {
    for (text, problem) in NO_FLOWS {
        let files = [
            ("x.yaml", "{a: 1, nam: b, name: c}"),
            ("a/round.yaml", "{name: r, include: b.flow.yaml}"),
            ("a/b.flow.yaml", text),
        ];
        let found = problems(text, &files);
        let is_found = found.iter().any(|own| {
            own.contains(problem) || (problem.starts_with("x.yaml") && own.contains("`nam`"))
        });
        assert!(is_found, "{text}\n{found:#?}");
    }
}

#[test]
fn variables_are_known_from_their_step_on() {
    let text = "name: a\nsteps:\n  - capture: { b: { storage: k } }\n  - include: c.yaml\n  - tap: \"#x-${b} ${d.e} $${f}\"\n";
    let included = [(
        "a/c.yaml",
        "name: c\nsteps:\n  - capture: { d: { evaluate: \"1\" } }\n",
    )];
    assert_eq!(problems(text, &included), [""; 0]);
    let early = "name: a\nsteps:\n  - tap: \"${b}\"\n  - capture: { b: { storage: k } }\n";
    assert_eq!(problems(early, &[]).len(), 1);
}

#[test]
fn the_examples_of_the_documentation_are_flows() {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/flows.md")).expect("docs/flows.md");
    let examples = blocks(&page, "yaml");
    assert!(examples.len() >= 3);
    for example in examples {
        assert_eq!(problems(&example, &[]), [""; 0], "{example}");
        let flow = parse("a.flow.yaml", &example, &|_| Err(String::new())).expect("a flow");
        reads_again(&flow);
    }
}

/// The entries that a run prints.
fn recorded(arguments: &[&str]) -> Vec<Entry> {
    let mut arguments = arguments.iter();
    let project = arguments.next().expect("a project");
    let rest: Vec<&str> = arguments.copied().collect();
    let run = Wxsim::run(Path::new(ROOT).join(project)).args(&rest).json();
    let lines = run.ends().lines().into_iter();
    let entries = lines.filter(|line| line["type"] != "diagnostic");
    let entries: Vec<Json> = entries.collect();
    assert!(!entries.is_empty(), "{rest:?} runs");
    entries
        .into_iter()
        .map(|line| serde_json::from_value(line).expect("an entry"))
        .collect()
}

/// The flags that say what a flow says.
fn flags(flow: &Flow) -> Vec<String> {
    let mut flags = Vec::new();
    let mut flag = |name: &str, value: String| flags.extend([name.to_owned(), value]);
    if let Some(page) = flow.opening.get("page").and_then(Json::as_str) {
        let query = flow
            .opening
            .get("query")
            .and_then(Json::as_object)
            .into_iter()
            .flatten();
        let query: Vec<String> = query
            .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        flag("--page", format!("{page}{mark}{}", query.join("&")));
    }
    if let Some(scene) = flow.opening.get("scene") {
        flag("--scene", scene.to_string());
    }
    for (key, answer) in &flow.answers {
        let answer = answer
            .as_str()
            .map_or_else(|| answer.to_string(), str::to_owned);
        flag("--answer", format!("{key}={answer}"));
    }
    for route in &flow.routes {
        let text = |key: &str| route[key].as_str().unwrap_or_default().to_owned();
        let left = format!("{} {}", text("method"), text("url"));
        let one = [route.clone()];
        let (replies, times) = match route["replies"].as_array() {
            Some(replies) => (&replies[..], " times=1"),
            None => (&one[..], ""),
        };
        for reply in replies {
            let delay = reply["delay"]
                .as_str()
                .map_or_else(String::new, |delay| format!(" delay={delay}"));
            let right = if let Some(words) = reply["fail"].as_str() {
                format!("fail {words}")
            } else {
                let status = reply["status"].as_u64().unwrap_or(200);
                let body = reply.get("json").map_or_else(
                    || reply["text"].as_str().unwrap_or_default().to_owned(),
                    Json::to_string,
                );
                let lines = reply["header"].as_object().into_iter().flatten();
                let lines = lines.fold(String::new(), |lines, (name, value)| {
                    lines + &format!(" header={name}:{}", value.as_str().unwrap_or_default())
                });
                format!("{status}{delay}{times}{lines} {body}")
            };
            flag("--route", format!("{left} = {right}"));
        }
    }
    for text in flow.steps.iter().filter_map(Step::text) {
        flag("--do", text);
    }
    flags
}

#[test]
fn the_flow_of_a_recorded_run_gives_the_same_run_again() {
    for (name, command) in [
        (
            "permissions",
            "sample-apps/permissions --do 'gesture onLocate' --answer scope.userLocation=deny --answer modal=cancel",
        ),
        (
            "login",
            "sample-apps/login --page 'pages/me/me?from=ad' --scene 1007 --do 'tap button' --do 'expire' --do 'advance 90s' --do 'background' --do 'resume' --answer phone=allow --route 'POST https://api.example/login = 200 delay=2s header=X-Why:new {\"token\":\"t1\"}'",
        ),
        (
            "pay",
            "sample-apps/shop --page 'pages/order/order?id=S1001' --do 'tap \"微信支付\"' --do 'tap \"微信支付\"' --answer 'pay=[\"cancel\",\"pay\"]'",
        ),
        (
            "components",
            "sample-apps/components --do 'tap \"表单\"' --do 'back' --do 'tree'",
        ),
    ] {
        let arguments = words(command);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let entries = recorded(&arguments);
        let flow = of_trace(name, &entries);
        check(&format!("{name}.recorded.yaml"), &to_yaml(&flow));
        reads_again(&flow);
        let flags = flags(&flow);
        let again: Vec<&str> = std::iter::once(arguments[0])
            .chain(flags.iter().map(String::as_str))
            .collect();
        assert_eq!(recorded(&again), entries, "{name}: {flags:?}");
    }
}
