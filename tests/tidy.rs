//! The house rules that neither the compiler nor clippy can see, each as a test.
//!
//! The checks are pure functions over paths and texts (the modules below); each has a test beside
//! it that feeds it a violation. The tests here run them over the files of the repository.
#![allow(
    clippy::disallowed_methods,
    reason = "reads the repository's own files"
)]

mod apis;
mod cases;
mod folders;
mod homes;
mod layers;
mod prelude;
mod rust_code;
mod text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the repository; the path is relative to its root, with `/`.
struct File {
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths of all files that are or could be committed.
fn paths() -> BTreeSet<String> {
    let from_git = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let listed: BTreeSet<String> = from_git
        .iter()
        .flat_map(|list| list.split('\0'))
        .filter(|path| root().join(path).is_file())
        .map(str::to_owned)
        .collect();
    if listed.contains("Cargo.toml") {
        listed
    } else {
        walked()
    }
}

/// The same without git: everything but build output.
fn walked() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root().join(&folder)).expect("a folder of the repository");
        for entry in entries {
            let entry = entry.expect("an entry of a folder of the repository");
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().expect("the kind of an entry");
            let name = entry.file_name();
            if kind.is_file() {
                found.insert(path.to_string_lossy().replace('\\', "/"));
            } else if kind.is_dir() && name != "target" && name != ".git" && name != "node_modules"
            {
                folders.push(path);
            }
        }
    }
    found
}

/// The text files whose path starts with `prefix` and ends with `suffix`.
fn files(prefix: &str, suffix: &str) -> Vec<File> {
    let matching = paths()
        .into_iter()
        .filter(|path| path.starts_with(prefix) && path.ends_with(suffix));
    matching
        .filter_map(|path| {
            let bytes = fs::read(root().join(&path)).expect("a file that was just listed");
            let text = String::from_utf8(bytes)
                .ok()
                .filter(|text| !text.contains('\0'))?;
            Some(File { path, text })
        })
        .collect()
}

/// The findings of `check` over each of the files.
fn each(files: &[File], check: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| check(&file.path, &file.text))
        .collect()
}

/// Fails the test with the findings, one a line.
#[track_caller]
fn none(findings: &[String]) {
    assert!(
        findings.is_empty(),
        "{} findings:\n{}\n",
        findings.len(),
        findings.join("\n")
    );
}

#[test]
fn the_checks_see_the_repository() {
    let paths = paths();
    for path in [
        "Cargo.toml",
        "src/lib.rs",
        "tests/tidy.rs",
        "tests/tidy/layers.rs",
    ] {
        assert!(paths.contains(path), "{path} is not in {paths:?}");
    }
    assert!(
        !paths.iter().any(|path| path.starts_with("target/")),
        "build output is listed"
    );
    assert!(walked().contains("src/lib.rs"), "the way without git");
}

#[test]
fn a_module_uses_only_lower_layers_and_itself() {
    none(&each(&files("src/", ".rs"), layers::check));
}

#[test]
fn every_word_stays_in_its_home() {
    let files = files("src/", ".rs");
    let test_files = rust_code::test_files(&files);
    none(&each(&files, |path, text| {
        homes::check(path, text, test_files.contains(path))
    }));
}

#[test]
fn unfinished_code_and_unwraps_stay_out() {
    let files = files("src/", ".rs");
    let test_files = rust_code::test_files(&files);
    none(&each(&files, |path, text| {
        homes::check_bans(path, text, test_files.contains(path))
    }));
}

#[test]
fn no_test_is_ignored() {
    let mut files_with_tests = files("src/", ".rs");
    files_with_tests.extend(files("tests/", ".rs"));
    none(&each(&files_with_tests, homes::check_ignored));
}

#[test]
fn the_apis_list_and_the_files_under_api_agree() {
    let paths = paths();
    let list = files("src/api/mod.rs", "").pop().map(|file| file.text);
    none(&apis::check(list.as_deref(), &paths));
}

#[test]
fn every_prelude_script_is_included_once_and_all_are_small() {
    none(&prelude::check(
        &files("js-prelude/", ""),
        &files("src/", ".rs"),
    ));
}

#[test]
fn every_case_has_its_sections() {
    none(&each(&files("tests/cases/", ".md"), cases::check));
}

#[test]
fn every_sample_app_opens_in_the_official_tool_and_has_a_readme() {
    none(&folders::check_sample_apps(&paths()));
}

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    none(&folders::check_top_level(&paths()));
}

#[test]
fn no_source_file_grows_too_long() {
    let mut sources = files("src/", ".rs");
    sources.extend(files("js-prelude/", ".js"));
    none(&each(&sources, text::check_length));
}

#[test]
fn no_text_names_a_machine_or_a_package_registry() {
    none(&each(&files("", ""), text::check_machine_traces));
}
