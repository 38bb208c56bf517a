//! Files of snapshots: where they are, how they are read and written.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place};
use crate::scenario::Store;

/// The folder beside test files.
pub(super) const FOLDER: &str = "__snapshots__";
/// The ending of a file of snapshots, after the whole name of the test file.
pub(super) const ENDING: &str = ".snap";
/// The ending of a file with texts that wait for a review.
pub(super) const PENDING_ENDING: &str = ".snap.new";

/// The file of the snapshots of a test file.
pub(super) fn path_of(test_file: &Path) -> PathBuf {
    beside(test_file, ENDING)
}

/// The file with those of its texts that wait for a review.
pub(super) fn pending_of(test_file: &Path) -> PathBuf {
    beside(test_file, PENDING_ENDING)
}

/// The test file of a file of snapshots with that ending.
pub(super) fn test_file_of(path: &Path, ending: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?.strip_suffix(ending)?;
    Some(path.parent()?.parent()?.join(name))
}

fn beside(test_file: &Path, ending: &str) -> PathBuf {
    let mut name = test_file.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    let folder = test_file.parent().unwrap_or(Path::new("."));
    folder.join(FOLDER).join(name)
}

/// What a file keeps; nothing when there is no file. `shown` names it in diagnostics.
///
/// # Errors
/// It cannot be read, or no wxsim wrote it so.
#[expect(clippy::disallowed_methods, reason = "snapshots lie beside the tests")]
pub(super) fn read(path: &Path, shown: &str) -> Result<Store, Diagnostic> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Store::default()),
        Err(error) => {
            return Err(Diagnostic::error(format!(
                "{shown}: it cannot be read: {error}"
            )));
        }
    };
    Store::parse(&text).map_err(|error| {
        let line = usize::try_from(error.line).unwrap_or(1);
        let quoted = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let place = Place::at(shown, error.line, 1, 0).with_source(quoted);
        Diagnostic::error(format!("the snapshots cannot be read: {}", error.message))
            .at(place)
            .help("mend it, take it back from version control, or delete it and run with --update")
    })
}

/// Writes a file whole or not at all; one without entries is removed.
///
/// # Errors
/// In words.
pub(super) fn write_store(path: &Path, store: &Store) -> Result<(), String> {
    if store.0.is_empty() {
        return remove(path);
    }
    write(path, &store.render())
}

/// Writes a file whole or not at all.
///
/// # Errors
/// In words.
#[expect(clippy::disallowed_methods, reason = "snapshots lie beside the tests")]
pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    let problem =
        |error: std::io::Error| format!("{}: it cannot be written: {error}", path.display());
    // A link stays one.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(problem)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let done = std::fs::write(&new, text).and_then(|()| {
        if let Ok(facts) = std::fs::metadata(&path) {
            std::fs::set_permissions(&new, facts.permissions())?;
        }
        std::fs::rename(&new, &path)
    });
    done.map_err(|error| {
        let _ = std::fs::remove_file(&new);
        problem(error)
    })
}

/// Removes a file, which need not be there, and its folder when nothing else is in it.
///
/// # Errors
/// In words.
#[expect(clippy::disallowed_methods, reason = "snapshots lie beside the tests")]
pub(super) fn remove(path: &Path) -> Result<(), String> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: it cannot be removed: {error}", path.display()))
        }
        _ => {
            if let Some(folder) = path.parent() {
                let _ = std::fs::remove_dir(folder);
            }
            Ok(())
        }
    }
}

/// Files of snapshots below a folder with that ending, in the order of their paths.
pub(super) fn find(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(folder, 0, ending, &mut found);
    found.sort();
    found
}

/// Folders without test code.
const PASSED_OVER: &[&str] = &["node_modules", "miniprogram_npm", "target"];
/// Deepest folder below the one that is searched.
const DEPTH_MAX: usize = 32;

#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn walk(folder: &Path, depth: usize, ending: &str, found: &mut Vec<PathBuf>) {
    let is_own = folder.file_name().is_some_and(|name| name == FOLDER);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_dir && !name.starts_with('.') && !PASSED_OVER.contains(&&*name) && depth < DEPTH_MAX {
            walk(&entry.path(), depth + 1, ending, found);
        } else if !is_dir && is_own && name.ends_with(ending) && !name.starts_with('.') {
            found.push(entry.path());
        }
    }
}

/// A path from a folder, with `/`.
pub(super) fn relative(folder: &Path, path: &Path) -> String {
    let (mut own, mut other) = (folder.components().peekable(), path.components().peekable());
    while own.peek().is_some() && own.peek() == other.peek() {
        own.next();
        other.next();
    }
    let up = own.map(|_| "..".to_owned());
    let down = other.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{path_of, pending_of, read, relative, remove, test_file_of, write, write_store};
    use crate::scenario::Store;

    #[test]
    fn files_lie_in_a_folder_beside_the_test_and_lead_back_to_it() {
        let test = Path::new("/p/tests/pay.test.js");
        let (own, pending) = (path_of(test), pending_of(test));
        assert_eq!(own, Path::new("/p/tests/__snapshots__/pay.test.js.snap"));
        assert_eq!(test_file_of(&own, ".snap").as_deref(), Some(test));
        assert_eq!(test_file_of(&pending, ".snap.new").as_deref(), Some(test));
        assert_eq!(relative(Path::new("/p/tests"), test), "pay.test.js");
        assert_eq!(
            relative(Path::new("/p/tests/a"), Path::new("/p/lib/b.js")),
            "../../lib/b.js"
        );
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test's own folder")]
    fn a_broken_file_is_a_diagnostic_and_an_empty_store_is_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("__snapshots__/a.test.js.snap");
        assert_eq!(read(&path, "a"), Ok(Store::default()));
        let mut store = Store::default();
        store.put("k 1", "x");
        write_store(&path, &store).expect("written");
        assert_eq!(read(&path, "a").as_ref(), Ok(&store));
        write_store(&path, &Store::default()).expect("removed");
        assert!(!folder.path().join("__snapshots__").exists());
        write(&path, "# wxsim snapshots 1\n\n=== a\n=== a\n").expect("written");
        let problem = read(&path, "a.snap")
            .expect_err("a key twice")
            .render(false);
        assert!(
            problem.contains("a.snap:4:1") && problem.contains("=== a"),
            "{problem}"
        );
        remove(&path).expect("removed");
        remove(&path).expect("nothing to remove");
    }
}
