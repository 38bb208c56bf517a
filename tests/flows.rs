//! What users do with the samples `cards`, `components`, `service`, `shop` and `soter`, and what comes of it.
//!
//! A flow is a Markdown file in `tests/flows/SAMPLE/`: a title, why it is there, one command, its
//! output. `WXSIM_BLESS=1` rewrites the outputs, to be read before they are committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::readme::{blocks, commands, words};
use crate::support::Wxsim;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The flows of a sample, in order of their names.
fn flows(sample: &str) -> Vec<PathBuf> {
    let folder = Path::new(ROOT).join("tests/flows").join(sample);
    let entries = fs::read_dir(folder).expect("flows");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a flow").path()).collect();
    paths.sort();
    paths
}

/// What the command of a flow prints.
fn output(command: &str) -> String {
    let arguments = words(command);
    let mut arguments = arguments.iter().map(String::as_str).skip(2);
    let project = arguments.next().expect("a project");
    let arguments: Vec<&str> = arguments.collect();
    let run = Wxsim::run(Path::new(ROOT).join(project)).args(&arguments);
    run.finishes(0).stdout
}

fn play(sample: &str) {
    let mut differ = Vec::new();
    for path in flows(sample) {
        let text = fs::read_to_string(&path).expect("a flow");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let commands = commands(&text);
        let [command] = &commands[..] else {
            panic!("{name}: one command, not {}", commands.len());
        };
        let is_own = command.starts_with(&format!("wxsim run sample-apps/{sample}"));
        assert!(text.starts_with("# ") && is_own, "{name}: {command}");
        let expected = blocks(&text, "text");
        let [expected] = &expected[..] else {
            panic!("{name}: one output, not {}", expected.len());
        };
        let printed = output(command);
        if printed == *expected {
            continue;
        }
        if std::env::var_os("WXSIM_BLESS").is_some() {
            let text = text.replace(
                &format!("```text\n{expected}```"),
                &format!("```text\n{printed}```"),
            );
            fs::write(&path, text).expect("the flow is written");
        } else {
            differ.push(format!("{name}: {}", first_difference(&printed, expected)));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The first line of an output that is not as expected.
fn first_difference(printed: &str, expected: &str) -> String {
    let mut expected = expected.lines();
    for line in printed.lines() {
        let wanted = expected.next().unwrap_or("nothing");
        if line != wanted {
            return format!("\n  printed  {line}\n  expected {wanted}");
        }
    }
    format!("\n  printed  nothing\n  expected {:?}", expected.next())
}

#[test]
fn each_subject_of_the_components_sample_works() {
    play("components");
}

#[test]
fn the_checkout_chooses_and_takes_a_coupon() {
    play("cards");
}

#[test]
fn the_sample_share_does_what_its_flows_say() {
    play("share");
}

#[test]
fn the_shop_sells_and_copes_with_what_goes_wrong() {
    play("shop");
}

#[test]
fn two_programs_work_together() {
    play("two-apps");
}

#[test]
fn a_transfer_is_confirmed_by_fingerprint_or_password() {
    play("soter");
}

#[test]
fn the_service_is_asked_and_the_app_is_found_again() {
    play("service");
}

#[test]
fn every_page_of_the_samples_with_a_view_opens() {
    for (sample, pages) in [
        ("components", 15),
        ("service", 2),
        ("shop", 7),
        ("soter", 1),
    ] {
        let root = format!("{ROOT}/sample-apps/{sample}");
        let noun = if pages == 1 { "page" } else { "pages" };
        let all = format!("{pages} {noun}: {pages} ok, 0 unsupported, 0 app errors, 0 load errors");
        let ended = Wxsim::new().args(&["check", &root]).finishes(0);
        let ended = ended.prints(&[&all]);
        assert!(!ended.stderr.contains("warning"), "{}", ended.show());
    }
}
