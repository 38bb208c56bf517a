//! docs/explore.md and docs/audit.md: their commands run, every flag of the commands is in them and no other.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::collections::BTreeSet;
use std::path::Path;

use crate::readme::{commands, words};
use crate::support::Wxsim;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join("docs").join(name)).expect(name)
}

/// Flags in a text.
fn flags(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
    let flags = words.filter(|word| word.len() > 3 && word.starts_with("--"));
    flags.map(str::to_owned).collect()
}

#[test]
fn the_commands_run_and_find_nothing_in_the_sample() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = format!("{ROOT}/sample-apps");
    for name in ["explore.md", "audit.md"] {
        let commands = commands(&page(name));
        assert!(!commands.is_empty(), "{name}");
        for command in commands {
            let words: Vec<String> = words(&command)
                .iter()
                .skip(1)
                .map(|word| word.trim_matches('"').replace("sample-apps", &samples))
                .collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let ended = Wxsim::new().within(folder.path()).args(&words).ends();
            assert_eq!(ended.status.code(), Some(0), "{command}\n{}", ended.show());
        }
    }
}

#[test]
fn what_the_first_command_is_said_to_print_is_printed() {
    let text = page("explore.md");
    let command = commands(&text).into_iter().next().expect("a command");
    let line = crate::readme::blocks(&text, "text")
        .into_iter()
        .next()
        .expect("its last line");
    let samples = format!("{ROOT}/sample-apps");
    let words: Vec<String> = words(&command)
        .iter()
        .skip(1)
        .map(|word| word.replace("sample-apps", &samples))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Wxsim::new().args(&words).finishes(0).prints(&[line.trim()]);
}

#[test]
fn every_flag_of_the_commands_is_told_of_and_no_other() {
    let shared = flags(&Wxsim::new().args(&["run", "--help"]).finishes(0).stdout);
    for (command, name) in [("explore", "explore.md"), ("audit", "audit.md")] {
        let there = flags(&Wxsim::new().args(&[command, "--help"]).finishes(0).stdout);
        let told = flags(&page(name));
        let missing: Vec<&String> = there
            .difference(&told)
            .filter(|flag| !shared.contains(*flag))
            .collect();
        assert!(missing.is_empty(), "not in docs/{name}: {missing:?}");
        let others = flags(&Wxsim::new().args(&["explore", "--help"]).finishes(0).stdout);
        let unknown: Vec<&String> = told
            .iter()
            .filter(|flag| {
                !there.contains(*flag) && !others.contains(*flag) && !shared.contains(*flag)
            })
            .collect();
        assert!(unknown.is_empty(), "docs/{name} tells of {unknown:?}");
    }
}

/// A program where the page says `my-app`: the planted fault 02, with the routes of its flags in `wxsim.toml`.
fn my_app(folder: &Path) {
    let lay = |from: &Path| {
        let to = folder.join("my-app");
        let copied = std::process::Command::new("cp")
            .arg("-r")
            .arg(from.join("."))
            .arg(&to)
            .status();
        assert!(copied.is_ok_and(|status| status.success()));
    };
    std::fs::create_dir(folder.join("my-app")).expect("a folder");
    lay(&Path::new(ROOT).join("sample-apps/login"));
    lay(&Path::new(ROOT).join("tests/faults/02-phone-refused-throws"));
    let routes = "[[routes]]\nurl = \"https://api.example/*\"\nmethod = \"POST\"\njson = { token = \"t1\" }\n";
    std::fs::write(folder.join("my-app/wxsim.toml"), routes).expect("a file");
}

#[test]
fn the_violation_that_is_quoted_is_told_and_done_again() {
    let folder = tempfile::tempdir().expect("a folder");
    my_app(folder.path());
    let text = page("explore.md");
    let quoted = crate::readme::blocks(&text, "text");
    let quoted = quoted.iter().find(|block| block.starts_with('✗'));
    let quoted = quoted.expect("a violation").trim_end();
    let again = quoted.rsplit_once("again: ").expect("a line").1;
    let (line, _) = again.split_once(" --choices").expect("choices");
    for (command, code) in [(line, 1), (again, 1)] {
        let words = words(command);
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        let depth: &[&str] = if command == line {
            &["--depth", "2"]
        } else {
            &[]
        };
        let ended = Wxsim::new().within(folder.path()).args(&words).args(depth);
        let ended = ended.finishes(code);
        if command == line {
            ended.prints(&[quoted]);
        } else {
            ended.prints(&["■ ", "! P28 unhandled: ", "? privacy", "! \"refuse\""]);
        }
    }
}

#[test]
fn the_table_of_what_is_varied_has_every_kind_and_marks_the_usual_ones() {
    use wxsim::explore::Vary;
    let text = page("explore.md");
    let table = text.split("| `--vary` | |").nth(1).expect("the table");
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let told: Vec<(String, bool)> = rows
        .map(|row| {
            let cell = row.split('|').nth(1).unwrap_or_default().trim();
            (
                cell.trim_end_matches('*').trim_matches('`').to_owned(),
                cell.ends_with('*'),
            )
        })
        .collect();
    let kinds = Vary::ALL.map(|kind| (kind.name().to_owned(), Vary::USUAL.contains(&kind)));
    assert_eq!(told, kinds);
}

/// The names in single backticks of the part of a text between two others.
fn names_between(text: &str, from: &str, to: &str) -> Vec<String> {
    let part = text
        .split(from)
        .nth(1)
        .and_then(|rest| rest.split(to).next());
    let part = part.unwrap_or_else(|| panic!("no `{from}` … `{to}`"));
    part.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_state_has_just_the_members_that_are_told_of() {
    let text = page("explore.md");
    let members = names_between(&text, "`state` has ", "\n\n");
    let known = [
        "absent",
        "alive",
        "expired",
        "unasked",
        "dismissed",
        "granted",
        "denied",
    ];
    let members: Vec<&String> = members
        .iter()
        .filter(|name| !known.contains(&name.as_str()))
        .collect();
    let names = members
        .iter()
        .map(|name| format!("'{name}'"))
        .collect::<Vec<_>>()
        .join(",");
    let samples = format!("{ROOT}/sample-apps/login");
    let same = format!("same: String(Object.keys(state).sort()) === String([{names}].sort())");
    let session = "sessions: ['absent', 'alive', 'expired'].includes(state.session)";
    let scopes = "scopes: Object.values(state.permissions).every(own => ['unasked', 'dismissed', 'granted', 'denied'].includes(own))";
    Wxsim::new()
        .args(&["explore", &samples, "--vary", "none", "--depth", "2"])
        .args(&["--always", &same, "--always", session, "--always", scopes])
        .finishes(0);
}

#[test]
fn the_outcomes_have_the_members_that_are_told_of() {
    let samples = format!("{ROOT}/sample-apps/login");
    let never = ["--depth", "1", "--vary", "none", "--always", "never: false"];
    let explored = Wxsim::new()
        .args(&["explore", &samples, "--json"])
        .args(&never);
    let explored = explored.finishes(1).stdout;
    let explored: serde_json::Value = serde_json::from_str(&explored).expect("JSON");
    let text = page("explore.md");
    let members = names_between(&text, "outcome as one object: ", ".\n");
    assert!(members.len() > 8, "{members:?}");
    for name in members {
        let is_there = explored
            .get(&name)
            .or_else(|| explored["violations"][0].get(&name));
        // A property of the author's has no place in the code.
        assert!(is_there.is_some() || name == "at", "{name}: {explored}");
    }
    let audited = Wxsim::new().args(&["audit", &samples, "--json", "--depth", "0", "--no-tests"]);
    let audited = audited.ends().stdout;
    let audited: serde_json::Value = serde_json::from_str(&audited).expect("JSON");
    let text = page("audit.md");
    let members = names_between(&text, "one object: ", " |\n");
    assert!(members.len() > 4, "{members:?}");
    for name in members {
        assert!(audited.get(&name).is_some(), "{name}: {audited}");
    }
}

#[test]
fn the_findings_that_are_meant_to_be_are_listed_apart() {
    let text = page("audit.md");
    let toml = crate::readme::blocks(&text, "toml");
    // The day of the page will come.
    let toml = toml[0].replace("2027", "2999");
    let asks = "<view>自提点</view><button open-type=\"getPhoneNumber\" bindgetphonenumber=\"onPhone\">手机号</button>";
    let folder = crate::support::project(&[
        ("pages/a/a.wxml", asks),
        (
            "pages/a/a.js",
            "Page({ onShow() { wx.checkSession({ complete() {} }) }, onPhone() {} })",
        ),
        ("pages/a/a.json", "{\"navigationBarTitleText\": \"自提\"}"),
    ]);
    let found = |toml: &str, language: &str| {
        std::fs::write(folder.path().join("wxsim.toml"), toml).expect("a file");
        let project = folder.path().to_string_lossy();
        let audit = [
            "audit",
            &project,
            "--first-page",
            "--depth",
            "3",
            "--language",
            language,
        ];
        let told = Wxsim::new().args(&audit).json().ends().stdout;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        let weights = |list: &str| -> Vec<String> {
            let all = told[list].as_array().expect("a list").iter();
            let findings = all.map(|own| own.get("finding").unwrap_or(own));
            let told = findings.map(|own| format!("{} {}", own["rule"], own["weight"]));
            let mut told: Vec<String> = told.map(|own| own.replace('"', "")).collect();
            told.sort();
            told.dedup();
            told.retain(|own| own.starts_with("P10") || own.starts_with("P18"));
            told
        };
        (weights("findings"), weights("suppressed"))
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(
        found("", "en"),
        (vec!["P10 info".to_owned(), "P18 warning".to_owned()], none)
    );
    let meant = (vec!["P18 info".to_owned()], vec!["P10 info".to_owned()]);
    assert_eq!(found(&toml, "zh"), meant);
}
