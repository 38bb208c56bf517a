//! The reports of one made-up exploration and one made-up audit, with texts that try to break out.
//!
//! `WXSIM_BLESS=1` rewrites the files in `tests/golden/explored`; read the difference before it is committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::path::{Path, PathBuf};

use wxsim::explore::Outcome;
use wxsim::report::Paint;
use wxsim::report::explored::audit::{self, AuditResult};
use wxsim::report::explored::mermaid::mermaid;
use wxsim::report::explored::page::page;
use wxsim::report::explored::sarif::sarif;
use wxsim::report::explored::terminal;
use wxsim::report::suite::Language;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn given<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = tests().join("explored").join(name);
    let text = std::fs::read_to_string(path).expect("the file is there");
    serde_json::from_str(&text).expect("it is what it should be")
}

/// Compares with the file of that name, or writes it.
#[track_caller]
fn golden(name: &str, text: &str) {
    let folder = tests().join("golden/explored");
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

#[test]
fn people_read_what_was_explored() {
    let outcome: Outcome = given("outcome.json");
    for (name, language) in [
        ("explore.txt", Language::English),
        ("explore.zh.txt", Language::Chinese),
    ] {
        let text = terminal::outcome(&outcome, Paint::Plain, language);
        let last = terminal::summary(&outcome, language);
        golden(name, &format!("{text}{last}\n"));
    }
}

#[test]
fn the_states_are_drawn() {
    let outcome: Outcome = given("outcome.json");
    golden("graph.mmd", &mermaid(&outcome, Language::English));
    golden("page.html", &page(&outcome, "shop", Language::English));
}

#[test]
fn people_read_what_was_found() {
    let result: AuditResult = given("audit.json");
    for (name, language) in [
        ("audit.txt", Language::English),
        ("audit.zh.txt", Language::Chinese),
    ] {
        golden(name, &audit::terminal(&result, Paint::Plain, language));
    }
    golden("audit.html", &audit::html(&result, Language::English));
}

#[test]
fn code_scanning_reads_what_was_found() {
    let result: AuditResult = given("audit.json");
    let mut log = sarif(&result.findings, &result.suppressed, "shop");
    let driver = &mut log["runs"][0]["tool"]["driver"];
    driver["version"] = "0.0.0".into();
    driver["semanticVersion"] = "0.0.0".into();
    let text = serde_json::to_string_pretty(&log).expect("JSON");
    golden("audit.sarif", &format!("{text}\n"));
}
