//! Small outcomes made by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::audit::{AuditResult, Finding, Origin, Suppressed, TestCounts};
use crate::explore::{
    Cell, Chosen, Did, Graph, GraphEdge, GraphState, Kind, Matrix, Outcome, Seen, Violation,
};
use crate::runtime::monitor::{Found, Weight, Words};
use crate::value::Frame;

/// Everything that could break out of a text.
pub(super) const HOSTILE: &str =
    "</script><b>\"'`\n\r\u{202e}rtl\u{2028}\u{1b}[31m %%{init} &lt; #35; \\ ]]> ](1) {0} | -->";

pub(super) fn words(text: &str) -> Words {
    Words::new(text, text)
}

pub(super) fn state(page: &str, shows: &str, choices: &[u32]) -> GraphState {
    GraphState {
        seen: Seen {
            fingerprint: 18_322_034_618_735_913_446,
            stack: vec![page.to_owned()],
            shows: shows.to_owned(),
            has_content: true,
            ..Seen::default()
        },
        cost: u32::try_from(choices.len()).expect("small"),
        choices: choices.to_vec(),
        is_expanded: true,
        parent: None,
        began: Vec::new(),
        holds: BTreeSet::new(),
    }
}

pub(super) fn edge(from: usize, to: usize, says: &str, chosen: &[Chosen]) -> GraphEdge {
    GraphEdge {
        from,
        to,
        kind: Kind::Gesture,
        key: format!("{says} 1"),
        says: words(says),
        did: Did::Special,
        chosen: chosen.to_vec(),
        calls: BTreeSet::new(),
    }
}

pub(super) fn answer(key: &str, answer: &str) -> Chosen {
    Chosen::Answer(key.to_owned(), answer.to_owned())
}

fn frame() -> Frame {
    Frame {
        function: "save".into(),
        file: "pages/me/me.js".into(),
        line: 12,
        column: 5,
    }
}

pub(super) fn violation() -> Violation {
    Violation {
        property: "P28 unhandled".into(),
        weight: Weight::Error,
        says: Words::new("TypeError: nobody catches it", "TypeError：没有被捕获"),
        story: vec![
            words("tap button \"Log in\""),
            Words::new("request fails (network)", "request 失败（network）"),
        ],
        choices: "0,1,0,0,0,2".into(),
        replay: "wxsim explore app --choices 0,1,0,0,0,2".into(),
        keys: [
            "usual",
            "tap button \"Log in\" 1",
            "phone=deny",
            "usual",
            "tap save 1",
            "request fails: network",
        ]
        .map(str::to_owned)
        .into(),
        did: vec![Did::Steps(vec!["tap text=Log in".into()]), Did::Special],
        causes: vec!["tap button \"Save\"".into(), "pages/me/me.save".into()],
        at: Some(frame()),
        source_line: "    this.data.user.name".into(),
        page: "pages/me/me".into(),
        data: serde_json::Value::Null,
    }
}

/// Three states of two pages, one violation.
pub(super) fn outcome() -> Outcome {
    let fault = Chosen::Fault("request".into(), "network".into());
    let states = vec![
        state("pages/login/login", "Log in", &[0]),
        state("pages/me/me", "Hello", &[0, 1, 0, 0]),
        state("pages/me/me", "Hello, saved", &[0, 1, 0, 0, 0, 2]),
    ];
    let edges = vec![
        edge(0, 1, "tap button \"Log in\"", &[answer("phone", "deny")]),
        edge(0, 1, "tap button \"Log in\"", &[answer("phone", "dismiss")]),
        edge(0, 0, "tap help", &[]),
        edge(1, 2, "tap save", &[fault]),
        GraphEdge {
            kind: Kind::Menu,
            ..edge(1, 0, "back", &[])
        },
    ];
    let row = |cells: &[(&str, u32, u32)]| -> BTreeMap<String, Cell> {
        let cells = cells.iter().map(|(name, reached, unhandled)| {
            let rules = (*unhandled > 0)
                .then(|| "P28".to_owned())
                .into_iter()
                .collect();
            (
                (*name).to_owned(),
                Cell {
                    reached: *reached,
                    unhandled: *unhandled,
                    rules,
                },
            )
        });
        cells.collect()
    };
    Outcome {
        states: 3,
        transitions: 7,
        complete: true,
        violations: vec![violation()],
        matrix: Matrix {
            answers: BTreeMap::from([(
                "phone".to_owned(),
                row(&[("deny", 2, 0), ("allow", 0, 0)]),
            )]),
            faults: BTreeMap::from([("request".to_owned(), row(&[("network", 1, 1)]))]),
            complete: true,
        },
        graph: Graph { states, edges },
        ..Outcome::default()
    }
}

/// An outcome whose texts are hostile and long.
pub(super) fn hostile() -> Outcome {
    let mut outcome = outcome();
    let long = HOSTILE.repeat(10_000 / HOSTILE.len() + 1);
    outcome.graph.states[0].seen.shows.clone_from(&long);
    outcome.graph.states[1].seen.stack = vec![HOSTILE.to_owned()];
    outcome.graph.states[1].seen.refused = BTreeSet::from([HOSTILE.to_owned()]);
    outcome.graph.states[2].seen.stack = Vec::new();
    for edge in &mut outcome.graph.edges {
        edge.says = words(HOSTILE);
    }
    outcome.graph.edges[0].chosen = vec![answer("phone", "deny"), Chosen::Other(long.clone())];
    outcome.violations[0].property = HOSTILE.to_owned();
    outcome.violations[0].says = words(&long);
    outcome.violations[0].replay = HOSTILE.to_owned();
    outcome.violations[0].source_line = long;
    let cells = outcome.matrix.answers["phone"].clone();
    outcome.matrix.answers.insert(HOSTILE.to_owned(), cells);
    outcome
}

pub(super) fn found(rule: &str, name: &str, weight: Weight) -> Found {
    let violation = violation();
    Found {
        rule: rule.to_owned(),
        name: name.to_owned(),
        weight,
        says: violation.says,
        causes: violation.causes,
        at: violation.at,
        source_line: violation.source_line,
        page: violation.page,
        data: serde_json::Value::Null,
        allowed: String::new(),
        expired: None,
    }
}

pub(super) fn finding(rule: &str, name: &str, weight: Weight) -> Finding {
    let violation = violation();
    Finding {
        found: found(rule, name, weight),
        story: violation.story,
        choices: violation.choices,
        replay: violation.replay,
        origin: Origin::Exploration,
    }
}

/// An audit with a finding of each weight and one that is suppressed.
pub(super) fn audit() -> AuditResult {
    let unknown = Finding {
        origin: Origin::Test("tests/a.test.js › saves".into()),
        story: Vec::new(),
        choices: String::new(),
        replay: String::new(),
        ..finding("dead-end", "", Weight::Warning)
    };
    let mut info = finding("P90", "small-thing", Weight::Info);
    info.found.at = None;
    info.found.source_line = String::new();
    info.origin = Origin::Static;
    let outcome = outcome();
    AuditResult {
        project: "shop".into(),
        findings: vec![info, finding("P28", "unhandled", Weight::Error), unknown],
        suppressed: vec![Suppressed {
            finding: finding("P01", "prompt-before-intent", Weight::Error),
            reason: "a map needs it at once".into(),
            until: Some("2026-12-31".into()),
        }],
        states: outcome.states,
        transitions: outcome.transitions,
        complete: true,
        bound: None,
        tests: TestCounts { ran: 4, failed: 1 },
        matrix: outcome.matrix,
        privacy_guide: serde_json::json!([{ "item": "phone", "why": "login", "apis": ["button.getPhoneNumber"] }]),
        rule_count: 2,
    }
}
