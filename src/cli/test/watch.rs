//! `--watch`: which files changed since somebody looked last.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often is looked.
const TICK: Duration = Duration::from_millis(300);
/// Files that are looked at.
const FILES_MAX: usize = 20_000;
/// Folders without source code.
const PASSED_OVER: &[&str] = &["node_modules", "target", "__snapshots__"];

/// Folders and when their files were written.
#[derive(Debug, Default)]
pub(in crate::cli) struct Watch {
    seen: BTreeMap<PathBuf, (SystemTime, u64)>,
}

impl Watch {
    /// What lies in the folders now, and these files.
    pub(in crate::cli) fn of(folders: &[PathBuf], files: &[PathBuf]) -> Self {
        let mut seen = BTreeMap::new();
        for folder in folders {
            look(folder, &mut seen);
        }
        for file in files {
            note(file, &mut seen);
        }
        Self { seen }
    }

    /// Waits until something is written, and gives the files.
    #[expect(clippy::disallowed_methods, reason = "files change in real time")]
    pub(super) fn wait(&self, folders: &[PathBuf], files: &[PathBuf]) -> Vec<PathBuf> {
        loop {
            std::thread::sleep(TICK);
            let now = Self::of(folders, files);
            let changed = self.changed(&now);
            if !changed.is_empty() {
                return changed;
            }
        }
    }

    /// Files that are new, gone or written again.
    pub(in crate::cli) fn changed(&self, now: &Self) -> Vec<PathBuf> {
        let written = now
            .seen
            .iter()
            .filter(|(path, at)| self.seen.get(*path) != Some(at));
        let gone = self
            .seen
            .keys()
            .filter(|path| !now.seen.contains_key(*path));
        written.map(|(path, _)| path).chain(gone).cloned().collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn look(folder: &Path, seen: &mut BTreeMap<PathBuf, (SystemTime, u64)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if name.starts_with('.') || PASSED_OVER.contains(&&*name) || seen.len() >= FILES_MAX {
            continue;
        }
        if is_dir {
            look(&entry.path(), seen);
        } else {
            note(&entry.path(), seen);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn note(file: &Path, seen: &mut BTreeMap<PathBuf, (SystemTime, u64)>) {
    if let Ok(facts) = file.metadata()
        && let Ok(written) = facts.modified()
    {
        seen.insert(file.to_path_buf(), (written, facts.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::Watch;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test's own folder")]
    fn new_written_and_gone_files_are_told_and_others_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let folders = [folder.path().to_path_buf()];
        std::fs::write(path("a.js"), "1").expect("written");
        std::fs::write(path("b.js"), "1").expect("written");
        let before = Watch::of(&folders, &[]);
        assert!(before.changed(&Watch::of(&folders, &[])).is_empty());
        std::fs::write(path("a.js"), "22").expect("written");
        std::fs::remove_file(path("b.js")).expect("removed");
        std::fs::write(path("c.js"), "1").expect("written");
        let names = ["a.js", "c.js", "b.js"].map(path);
        assert_eq!(before.changed(&Watch::of(&folders, &[])), names);
    }
}
