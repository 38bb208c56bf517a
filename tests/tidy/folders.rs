//! What folders hold: the root folder, and each sample app.

use std::collections::BTreeSet;

/// Reports a sample without README, and a mini program of one without what the official tool needs to
/// open it.
pub(super) fn check_sample_apps(paths: &BTreeSet<String>) -> Vec<String> {
    let inner = || {
        let paths = paths.iter();
        paths.filter_map(|path| path.strip_prefix("sample-apps/"))
    };
    let samples: BTreeSet<&str> = inner()
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    let programs = inner().filter_map(|path| path.strip_suffix("/app.json"));
    let readmes = samples
        .iter()
        .map(|sample| format!("sample-apps/{sample}/README.md"));
    let projects = programs.map(|program| format!("sample-apps/{program}/project.config.json"));
    readmes
        .chain(projects)
        .filter(|path| !paths.contains(path))
        .map(|path| format!("{path}: missing"))
        .collect()
}

/// What the root folder may hold.
#[rustfmt::skip]
const TOP_LEVEL: &[&str] = &[
    ".ci", ".config", ".gitattributes", ".gitignore", "CHANGELOG.md", "Cargo.lock", "Cargo.toml",
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "README.zh-CN.md", "benches", "clippy.toml",
    "deny.toml", "docs", "js-prelude", "justfile", "sample-apps", "src", "tests",
];

/// Reports each entry of the root folder that is not in the list.
pub(super) fn check_top_level(paths: &BTreeSet<String>) -> Vec<String> {
    let entries: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| path.split('/').next())
        .collect();
    entries
        .into_iter()
        .filter(|entry| !TOP_LEVEL.contains(entry))
        .map(|entry| {
            format!("{entry}: not in TOP_LEVEL of tests/tidy/folders.rs: put it into a folder")
        })
        .collect()
}

#[cfg(test)]
fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn a_sample_app_needs_its_readme_and_its_project_file() {
    let good = [
        "sample-apps/a/README.md",
        "sample-apps/a/app.json",
        "sample-apps/a/project.config.json",
        "sample-apps/a/other/app.json",
        "sample-apps/a/other/project.config.json",
    ];
    assert!(check_sample_apps(&set(&good)).is_empty());
    assert_eq!(
        check_sample_apps(&set(&good[..4])),
        [format!("{}: missing", good[4])]
    );
    assert_eq!(
        check_sample_apps(&set(&["sample-apps/b/app.json"])).len(),
        2
    );
}

#[test]
fn an_unknown_entry_of_the_root_folder_is_reported() {
    assert!(check_top_level(&set(&["Cargo.toml", "src/lib.rs", ".ci/run"])).is_empty());
    let found = check_top_level(&set(&["notes.txt", "tools/a", "tools/b", "src/lib.rs"]));
    assert_eq!(found.len(), 2, "{found:?}");
}
