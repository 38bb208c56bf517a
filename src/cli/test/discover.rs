//! Test files below the paths of a command, and the program of each.

use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::package::SETTINGS;

/// Endings of test files.
const ENDINGS: &[&str] = &[
    ".test.js",
    ".test.ts",
    ".test.mjs",
    ".test.cjs",
    ".spec.js",
    ".spec.ts",
    FLOW,
];
/// The ending of flows.
pub(super) const FLOW: &str = ".flow.yaml";
/// Folders that are not looked into.
const PASSED_OVER: &[&str] = &["node_modules", "miniprogram_npm", "target"];
/// Files that tell the folder of a program.
const MARKS: &[&str] = &[SETTINGS, "project.config.json", "app.json"];
/// Deepest folder below a path of the command.
const DEPTH_MAX: usize = 32;

/// Files to run and programs without any.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Test files, each once, in the order of their paths.
    pub(super) files: Vec<PathBuf>,
    /// Paths of the command that are programs without a test.
    pub(super) untested: Vec<PathBuf>,
}

/// What lies below the paths.
///
/// # Errors
/// A path where nothing lies.
#[expect(clippy::disallowed_methods, reason = "the user names the paths")]
pub(super) fn find(paths: &[PathBuf]) -> Result<Found, Diagnostic> {
    let mut found = Found::default();
    for path in paths {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        if whole.is_file() {
            found.files.push(whole);
            continue;
        }
        if !whole.is_dir() {
            let problem = Diagnostic::error(format!(
                "{}: there is no such file or folder",
                path.display()
            ));
            return Err(problem
                .help("give test files (*.test.js, *.test.ts, *.flow.yaml) or folders with some"));
        }
        let before = found.files.len();
        walk(&whole, 0, &mut found.files);
        if found.files.len() == before && is_program(&whole) {
            found.untested.push(whole);
        }
    }
    found.files.sort();
    found.files.dedup();
    Ok(found)
}

#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            let is_seen = !name.starts_with('.') && !PASSED_OVER.contains(&&*name);
            if is_seen && depth < DEPTH_MAX {
                walk(&entry.path(), depth + 1, files);
            }
        } else if is_test_file(&entry.path()) {
            files.push(entry.path());
        }
    }
}

/// Whether a file is a test file by its name.
pub(super) fn is_test_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a folder is that of a program.
#[expect(clippy::disallowed_methods, reason = "the user names the paths")]
pub(super) fn is_program(folder: &Path) -> bool {
    MARKS.iter().any(|mark| folder.join(mark).is_file())
}

/// The program of a test file: the nearest folder upwards that is one.
pub(super) fn program_of(file: &Path) -> Option<PathBuf> {
    let mut above = file.ancestors().skip(1);
    above
        .find(|folder| is_program(folder))
        .map(Path::to_path_buf)
}
