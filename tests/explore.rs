//! `wxsim explore`: the planted faults are found with stories no longer than planted, good programs have none, the outcome
//! does not depend on the machine, a story is done again by its line.

#![allow(clippy::disallowed_methods, reason = "tests lay folders over others")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::{Ended, Wxsim};

/// `wxsim explore PROJECT`
fn explore(project: &Path) -> Wxsim {
    Wxsim::new().args(&["explore", &project.to_string_lossy()])
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sample(name: &str) -> PathBuf {
    root().join("sample-apps").join(name)
}

const LOGIN: [&str; 4] = [
    "--route",
    "POST https://api.example/login = 200 {\"token\": \"t1\"}",
    "--route",
    "POST https://api.example/phone = 200 {\"phoneNumber\": \"13800138000\"}",
];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// Choices behind a story from which it is judged what can still happen.
const FURTHER: usize = 2;

/// A planted fault over its sample program.
struct Fault {
    name: String,
    folder: TempDir,
    property: String,
    at: Option<String>,
    flags: Vec<String>,
    story: usize,
}

impl Fault {
    fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("fault.toml")).expect("a description");
        let told: toml::Table = text.parse().expect("TOML");
        let word = |key: &str| {
            told.get(key)
                .and_then(toml::Value::as_str)
                .map(str::to_owned)
        };
        let flags = told["flags"].as_array().expect("flags").iter();
        let flags = flags.filter_map(toml::Value::as_str).map(str::to_owned);
        let laid = TempDir::new().expect("a folder");
        copy(&sample(&word("base").expect("a base")), laid.path());
        copy(folder, laid.path());
        Self {
            name: folder
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned(),
            folder: laid,
            property: word("property").expect("a property"),
            at: word("at"),
            flags: flags.collect(),
            story: usize::try_from(told["story"].as_integer().expect("a number")).expect("small"),
        }
    }

    /// Explores as far as the story needs; what speaks of what can still happen needs some more.
    fn explore(&self) -> Json {
        let flags: Vec<&str> = self.flags.iter().map(String::as_str).collect();
        let further = match self.property.as_str() {
            "dead-end" | "dead-button" => FURTHER,
            "P05" => 30,
            _ => 0,
        };
        let depth = (self.story + further).to_string();
        let depth = ["--depth", depth.as_str()];
        let wxsim = explore(self.folder.path()).args(&flags).args(&depth);
        let ended = wxsim.args(&["--rules", "warn", "--json"]).ends();
        outcome(&ended, &self.name)
    }

    /// What is missing in an outcome.
    fn missing(&self, outcome: &Json) -> Option<String> {
        let violations = outcome["violations"].as_array().expect("a list");
        let is_its = |own: &&Json| {
            let property = own["property"].as_str().unwrap_or_default();
            let place = &own["at"];
            let at = format!(
                "{}:{}",
                place["file"].as_str().unwrap_or_default(),
                place["line"]
            );
            property.split(' ').next() == Some(&self.property)
                && self.at.as_ref().is_none_or(|wanted| *wanted == at)
        };
        let shortest = violations.iter().filter(is_its).map(length).min();
        match shortest {
            None => Some(format!(
                "{}: no {} at {:?}",
                self.name, self.property, self.at
            )),
            Some(length) if length > self.story => Some(format!(
                "{}: a story of {length}, not {}",
                self.name, self.story
            )),
            Some(_) => None,
        }
    }
}

fn length(violation: &Json) -> usize {
    violation["story"].as_array().map_or(0, Vec::len)
}

fn outcome(ended: &Ended, name: &str) -> Json {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{name}: {ended:?}"))
}

fn faults() -> Vec<Fault> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("tests/faults"))
        .expect("the faults")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders.iter().map(|folder| Fault::read(folder)).collect()
}

/// A sample program, with the flags with which nothing is found in it.
#[derive(serde::Deserialize)]
struct Base {
    base: String,
    flags: Vec<String>,
}

#[test]
fn nothing_is_found_in_the_programs_that_the_faults_are_planted_in() {
    #[derive(serde::Deserialize)]
    struct Bases {
        bases: Vec<Base>,
    }
    let text = fs::read_to_string(root().join("tests/faults/bases.toml")).expect("the bases");
    let Bases { bases } = toml::from_str(&text).expect("TOML");
    assert!(bases.len() >= 5, "{}", bases.len());
    for Base { base, flags } in bases {
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        let ended = explore(&sample(&base))
            .args(&flags)
            .args(&["--rules", "warn", "--depth", "3", "--json"])
            .ends();
        let told = outcome(&ended, &base);
        let violations = serde_json::json!([]);
        assert_eq!(told["violations"], violations, "{base} {flags:?}");
        assert!(told["states"].as_u64() > Some(1), "{base} {flags:?}");
    }
}

#[test]
fn every_planted_fault_is_found_with_a_story_no_longer_than_planted() {
    let faults = faults();
    assert!(faults.len() >= 30, "{}", faults.len());
    let missing: Vec<String> = faults
        .iter()
        .filter_map(|fault| fault.missing(&fault.explore()))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_good_login_is_complete_without_violations_whatever_copies_and_order() {
    let run = |more: &[&str]| {
        let ended = explore(&sample("login"))
            .args(&LOGIN)
            .arg("--json")
            .args(more)
            .ends();
        assert_eq!(ended.status.code(), Some(0), "{ended:?}");
        ended.stdout
    };
    let first = run(&[]);
    let told: Json = serde_json::from_str(&first).expect("JSON");
    assert_eq!(told["complete"], true);
    assert_eq!(told["violations"], serde_json::json!([]));
    assert!(told["states"].as_u64() > Some(50), "{}", told["states"]);
    assert_eq!(told["matrix"]["answers"]["phone"]["deny"]["unhandled"], 0);
    assert!(told["matrix"]["faults"]["request"]["network"]["reached"].as_u64() > Some(0));
    assert!(
        first == run(&["--jobs", "1"]),
        "one copy at a time gives another outcome"
    );
}

#[test]
fn a_good_use_of_permissions_is_complete_without_violations() {
    let ended = explore(&sample("permissions")).arg("--json").ends();
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    let told = outcome(&ended, "permissions");
    assert_eq!(told["complete"], true);
    assert_eq!(told["violations"], serde_json::json!([]));
    for scope in [
        "scope.userLocation",
        "scope.record",
        "scope.addPhoneContact",
    ] {
        for answer in ["allow", "deny", "dismiss", "ignore"] {
            let cell = &told["matrix"]["answers"][scope][answer];
            assert!(cell["reached"].as_u64() > Some(0), "{scope} {answer}");
            assert_eq!(cell["unhandled"], 0, "{scope} {answer}");
        }
    }
}

#[test]
fn copies_and_starts_from_the_beginning_agree() {
    let flags = ["--depth", "2", "--vary", "network", "--json"];
    let run = |more: &[&str]| {
        let ended = explore(&sample("login"))
            .args(&LOGIN)
            .args(&flags)
            .args(more)
            .ends();
        ended.stdout
    };
    assert!(run(&[]) == run(&["--no-fork"]), "the outcomes differ");
}

#[test]
fn passing_by_states_hides_no_violation() {
    let fault = Fault::read(&root().join("tests/faults/02-phone-refused-throws"));
    let flags: Vec<&str> = fault.flags.iter().map(String::as_str).collect();
    let found = |more: &[&str]| {
        let wxsim = explore(fault.folder.path()).args(&flags);
        let flags = ["--depth", "3", "--vary", "none", "--json"];
        let told = outcome(&wxsim.args(&flags).args(more).ends(), "02");
        let violations = told["violations"].as_array().expect("a list").clone();
        let mut found: Vec<String> = violations
            .iter()
            .map(|own| own["property"].to_string())
            .collect();
        found.sort();
        (found, told["transitions"].as_u64())
    };
    let (pruned, few) = found(&[]);
    let (whole, many) = found(&["--no-prune"]);
    assert_eq!(pruned, whole);
    assert!(few < many, "{few:?} {many:?}");
}

#[test]
fn a_story_is_done_again_by_its_line() {
    let fault = Fault::read(&root().join("tests/faults/09-read-before-login-replies"));
    let told = fault.explore();
    let own = &told["violations"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|own| own["property"] == "P28 unhandled");
    let own = own.expect("the race");
    assert_eq!(length(own), 1);
    let flags: Vec<&str> = fault.flags.iter().map(String::as_str).collect();
    let choices = own["choices"].as_str().expect("choices");
    let again = explore(fault.folder.path())
        .args(&flags)
        .args(&["--choices", choices])
        .ends();
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert!(again.stdout.contains("P28 unhandled"), "{}", again.stdout);
    let usual = explore(fault.folder.path())
        .args(&flags)
        .args(&["--choices", "0"])
        .ends();
    assert!(!usual.stdout.contains("P28 unhandled"), "{}", usual.stdout);
    assert!(
        own["replay"]
            .as_str()
            .expect("a line")
            .ends_with(&format!("--choices {choices}"))
    );
}

#[test]
fn random_walks_find_what_lies_beyond_the_depth() {
    let fault = Fault::read(&root().join("tests/faults/04-loading-after-failure"));
    let flags: Vec<&str> = fault.flags.iter().map(String::as_str).collect();
    let found = |more: &[&str]| {
        let wxsim = explore(fault.folder.path())
            .args(&flags)
            .args(&["--depth", "2", "--json"]);
        let told = outcome(&wxsim.args(more).ends(), "04");
        assert_eq!(told["bound"]["depth"], 2);
        let violations = told["violations"].as_array().expect("a list").clone();
        violations
            .iter()
            .find(|own| own["property"] == "P29 stuck-loading")
            .map(length)
    };
    assert_eq!(found(&[]), None);
    let story = found(&["--walks", "40", "--seed", "3"]);
    assert!(story.is_some_and(|length| length <= 5), "{story:?}");
}

#[test]
fn properties_of_the_author_hold_always_sometimes_or_still_can() {
    let run = |properties: &[&str]| {
        let wxsim = explore(&sample("login")).args(&LOGIN);
        let ended = wxsim
            .args(&["--vary", "none", "--json"])
            .args(properties)
            .ends();
        let told = outcome(&ended, "login");
        let violations = told["violations"].as_array().expect("a list").clone();
        let words = |own: &Json| format!("{}: {}", own["property"], own["says"]["en"]);
        violations.iter().map(words).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        run(&[
            "--always",
            "in: state.page === 'pages/me/me'",
            "--sometimes",
            "bound: state.shows.includes('已绑定')",
            "--eventually",
            "token: state.storage.token !== undefined",
        ]),
        ""
    );
    let broken = run(&[
        "--always",
        "never bound: !state.shows.includes('已绑定')",
        "--sometimes",
        "gold: state.shows.includes('gold')",
        "--eventually",
        "paid: state.orders.length > 0",
        "--always",
        "odd: state.no.such",
    ]);
    for line in [
        "\"never bound\": \"it does not hold\"",
        "\"gold\": \"it holds in no state\"",
        "\"paid\": \"it cannot come to hold from here\"",
        "\"odd\": \"it does not hold: TypeError",
    ] {
        assert!(broken.contains(line), "{line}\n{broken}");
    }
}

#[test]
fn a_baseline_tells_what_is_new_and_only_that_fails() {
    let folder = TempDir::new().expect("a folder");
    let before = folder.path().join("before.json");
    let before = before.to_string_lossy();
    let flags = ["--vary", "none", "--depth", "3"];
    let good = explore(&sample("login"))
        .args(&LOGIN)
        .args(&flags)
        .args(&["--out", &before])
        .ends();
    assert_eq!(good.status.code(), Some(0), "{good:?}");
    let same = explore(&sample("login"))
        .args(&LOGIN)
        .args(&flags)
        .args(&["--baseline", &before])
        .ends();
    assert!(
        same.stdout.contains("no difference from the baseline"),
        "{}",
        same.stdout
    );
    let fault = Fault::read(&root().join("tests/faults/02-phone-refused-throws"));
    let worse = explore(fault.folder.path())
        .args(&LOGIN)
        .args(&flags)
        .args(&["--baseline", &before])
        .ends();
    assert_eq!(worse.status.code(), Some(1), "{worse:?}");
    assert!(
        worse
            .stdout
            .contains("+ violation P28 unhandled (pages/me/me.js)"),
        "{}",
        worse.stdout
    );
    let less = ["--vary", "none", "--depth", "1", "--baseline", &before];
    let less = explore(&sample("login")).args(&LOGIN).args(&less).ends();
    assert!(
        less.stdout.contains("\n- way pages/me/me"),
        "{}",
        less.stdout
    );
}

#[test]
fn what_is_wrong_with_the_command_is_said() {
    for (flags, words) in [
        (&["--vary", "netwrk"][..], "did you mean network?"),
        (&["--choices", "a"], "is no list of numbers"),
        (&["--answer", "modal"], "write KEY=VALUE"),
        (
            &["--baseline", "/no/such/file"],
            "write one with `wxsim explore PROJECT --out FILE`",
        ),
    ] {
        let more = ["--depth", "1", "--vary", "none"];
        let flags: Vec<&str> = if flags[0] == "--vary" {
            flags.to_vec()
        } else {
            more.iter().chain(flags).copied().collect()
        };
        let ended = explore(&sample("login")).args(&flags).ends();
        assert_eq!(ended.status.code(), Some(2), "{flags:?} {ended:?}");
        assert!(ended.stderr.contains(words), "{words}\n{}", ended.stderr);
    }
    let none = explore(Path::new("/no/such/project")).ends();
    assert_eq!(none.status.code(), Some(2));
}
