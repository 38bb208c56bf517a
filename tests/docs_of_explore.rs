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
