//! Which APIs the code of a program names.

use std::collections::BTreeSet;
use std::path::Path;

use crate::api::rows;
use crate::package::{DiskFiles, Files};
use crate::report::suite::SuiteResult;

/// Endings of files that name APIs.
const ENDINGS: &[&str] = &[".js", ".ts", ".wxml"];
/// Folders whose code is not the program's own.
const PASSED_OVER: &[&str] = &[
    "node_modules",
    "miniprogram_npm",
    "__snapshots__",
    "tests",
    "test",
];
/// Files that are read of a program.
const FILES_MAX: usize = 5_000;

/// What the tested programs name, sorted.
pub(super) fn apis_of_tests(suite: &SuiteResult) -> Vec<String> {
    let projects: BTreeSet<&str> = suite
        .files
        .iter()
        .map(|file| file.project.as_str())
        .collect();
    let mut found = BTreeSet::new();
    for project in projects {
        if let Ok(files) = DiskFiles::open(Path::new(project)) {
            found.extend(apis(&files));
        }
    }
    found.into_iter().collect()
}

/// Names of the APIs and of the capabilities of buttons that the files of a program have.
pub(super) fn apis(files: &dyn Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = FILES_MAX;
    walk(files, "", &mut left, &mut found);
    found
}

fn walk(files: &dyn Files, folder: &str, left: &mut usize, found: &mut BTreeSet<String>) {
    for name in files.list(folder) {
        let path = if folder.is_empty() {
            name.clone()
        } else {
            format!("{folder}/{name}")
        };
        if *left == 0 {
            return;
        }
        if files.is_dir(&path) {
            if !PASSED_OVER.contains(&name.as_str()) && !name.starts_with('.') {
                walk(files, &path, left, found);
            }
        } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) && !name.contains(".test.") {
            *left -= 1;
            let text = files.read(&path).unwrap_or_default();
            names_in(&String::from_utf8_lossy(&text), found);
        }
    }
}

/// The names in a script or a template.
fn names_in(text: &str, found: &mut BTreeSet<String>) {
    let is_name = |c: char| c.is_ascii_alphanumeric();
    let after = |mark: &str| {
        let pieces = text.split(mark).skip(1);
        let names = pieces.map(move |rest| rest.split(|c| !is_name(c)).next().unwrap_or_default());
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let known = |name: &str| rows().any(|row| row.spec.name == name);
    found.extend(after("wx.").into_iter().filter(|name| known(name)));
    let capabilities = ["open-type=\"", "openType=\"", "open-type='"];
    let buttons = capabilities.iter().flat_map(|mark| after(mark));
    found.extend(
        buttons
            .map(|name| format!("button.{name}"))
            .filter(|name| known(name)),
    );
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::names_in;

    #[test]
    fn apis_and_capabilities_are_named_and_other_words_are_not() {
        let mut found = BTreeSet::new();
        let code = "wx.login({}); const { a } = wx; wx.nothing(); awx.x; wx.requestPayment";
        names_in(code, &mut found);
        names_in(
            "<button open-type=\"getPhoneNumber\" /><button open-type='share'/>",
            &mut found,
        );
        let names: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "button.getPhoneNumber",
                "button.share",
                "login",
                "requestPayment"
            ]
        );
    }
}
