//! What the documents show of `wxsim repl`: transcripts are typed again, tables are those of the code.
//!
//! A stale page is rewritten and the test fails once, so that the change is seen and committed.
#![allow(
    clippy::disallowed_methods,
    reason = "reads and rewrites the pages, starts the program"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wxsim::repl::command::COMMANDS;

use crate::readme::words;
use crate::support::Wxsim;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn path(name: &str) -> PathBuf {
    Path::new(ROOT).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).expect(name)
}

/// Rewrites a page that is not as it should be.
fn check(name: &str, wanted: &str) {
    if read(name) != wanted {
        fs::write(path(name), wanted).expect("the page can be written");
        panic!("{name} was stale and is rewritten: read the difference and commit it");
    }
}

/// A transcript with what the program prints now for the lines in it.
fn typed_again(transcript: &str) -> String {
    let (command, rest) = transcript
        .split_once('\n')
        .expect("a command and what it prints");
    let samples = format!("{ROOT}/sample-apps");
    let arguments = words(command.trim_start_matches("$ "));
    let arguments = arguments
        .iter()
        .skip(1)
        .map(|own| own.replace("sample-apps", &samples));
    let lines = rest.lines().filter_map(|line| {
        let line = line
            .strip_prefix("wx> ")
            .or_else(|| line.strip_prefix("... "))?;
        Some(format!("{line}\n"))
    });
    let folder = tempfile::tempdir().expect("a folder");
    let mut wxsim = Wxsim::new().within(folder.path());
    for argument in arguments {
        wxsim = wxsim.arg(&argument);
    }
    let ended = wxsim.typed(&lines.collect::<String>()).finishes(0);
    format!("{command}\n{}", ended.stdout)
}

/// The page with its transcripts typed again.
fn with_transcripts(page: &str) -> String {
    let mut parts = page.split("```console\n");
    let mut wanted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (transcript, after) = part.split_once("```").expect("the block ends");
        let _ = write!(wanted, "```console\n{}```{after}", typed_again(transcript));
    }
    wanted
}

/// The table of commands.
fn table() -> String {
    let mut table = "| command | does | for instance |\n|---|---|---|\n".to_owned();
    for own in COMMANDS {
        let form = format!(".{} {}", own.name, own.form).replace('|', "\\|");
        let example = own.examples.last().unwrap_or(&"").replace('|', "\\|");
        let _ = writeln!(
            table,
            "| `{}` | {} | `{example}` |",
            form.trim_end(),
            own.help
        );
    }
    table
}

#[test]
fn the_page_shows_what_is_printed_and_has_every_command() {
    let page = read("docs/repl.md");
    let (before, rest) = page
        .split_once("<!-- commands -->\n")
        .expect("the table begins");
    let (_, after) = rest
        .split_once("<!-- /commands -->")
        .expect("the table ends");
    let page = format!(
        "{before}<!-- commands -->\n{}<!-- /commands -->{after}",
        table()
    );
    check("docs/repl.md", &with_transcripts(&page));
}

#[test]
fn the_readmes_show_what_is_printed() {
    for name in ["README.md", "README.zh-CN.md"] {
        let page = read(name);
        assert!(
            page.contains("```console\n$ wxsim repl sample-apps/shop"),
            "{name}"
        );
        check(name, &with_transcripts(&page));
    }
}

#[test]
fn the_page_has_the_flags_of_the_command() {
    let help = Wxsim::new().args(&["repl", "--help"]).finishes(0).stdout;
    let flags = |text: &str| -> BTreeSet<String> {
        let is_flag = |c: char| c.is_ascii_lowercase() || c == '-';
        let words = text.split(|c| !is_flag(c));
        words
            .filter(|own| own.starts_with("--") && own.len() > 3)
            .map(str::to_owned)
            .collect()
    };
    let defined = help
        .lines()
        .filter(|line| line.trim_start().starts_with('-'));
    let mut there = flags(&defined.collect::<Vec<_>>().join("\n"));
    there.remove("--help");
    let page = read("docs/repl.md");
    let rows = page.lines().filter(|line| line.starts_with("| `--"));
    assert_eq!(flags(&rows.collect::<Vec<_>>().join("\n")), there);
}
