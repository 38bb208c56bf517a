//! The files of a project, read through a trait so that a project can also live in memory.

use std::collections::BTreeMap;

/// Largest file that is read, in bytes; the platform's own limit for a whole package is lower.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;

/// Reading a project's files.
///
/// Paths are relative to the project folder, `/`-separated, normalised, and never start with `/`
/// or contain `..`; the empty path is the project folder itself.
pub trait Files {
    /// The bytes of a file of at most [`FILE_BYTES_MAX`] bytes.
    ///
    /// # Errors
    /// Any [`FileError`].
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;
    /// Whether a regular file is there (a link to one counts).
    fn is_file(&self, path: &str) -> bool;
    /// Whether a folder is there (a link to one counts).
    fn is_dir(&self, path: &str) -> bool;
    /// The names in a folder, sorted; empty when there is no such folder.
    fn list(&self, dir: &str) -> Vec<String>;
}

/// The files of the code package: those below its root.
#[derive(Clone, Copy)]
pub struct PackageFiles<'a> {
    files: &'a dyn Files,
    root: &'a str,
}

impl<'a> PackageFiles<'a> {
    /// The package whose root is that folder of the project.
    pub fn new(files: &'a dyn Files, root: &'a str) -> Self {
        Self { files, root }
    }

    /// The bytes of a file, by its path below the root; `None` when it cannot be read.
    pub fn read(self, path: &str) -> Option<Vec<u8>> {
        self.files.read(&join(self.root, path)).ok()
    }

    /// Whether a file is there.
    pub fn is_file(self, path: &str) -> bool {
        self.files.is_file(&join(self.root, path))
    }

    /// Whether a folder is there.
    pub fn is_dir(self, path: &str) -> bool {
        self.files.is_dir(&join(self.root, path))
    }

    /// The names in a folder, sorted.
    pub fn list(self, path: &str) -> Vec<String> {
        self.files.list(&join(self.root, path))
    }
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing has that name.
    #[error("there is no such file")]
    Missing,
    /// The file is larger than [`FILE_BYTES_MAX`].
    #[error(
        "the file has {bytes} bytes, more than the {FILE_BYTES_MAX} that are read (FILE_BYTES_MAX)"
    )]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The path, or a link on the way, leads out of the project folder.
    #[error("the path leads out of the project folder")]
    OutsideProject,
    /// A folder, a device or a pipe has that name.
    #[error("that is not a regular file")]
    NotAFile,
    /// The operating system's reason.
    #[error("{0}")]
    Unreadable(String),
}

/// A project in memory: path → content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryFiles {
    /// Files from (path, content) pairs; a later pair replaces an earlier one of the same path.
    pub fn new<P: Into<String>, C: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, C)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, content)| (path.into(), content.into()));
        Self {
            files: files.collect(),
        }
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// Removes a file; nothing happens when it is not there.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// The paths below a folder, without the folder's own prefix.
    fn below<'f>(&'f self, dir: &str) -> impl Iterator<Item = &'f str> {
        let prefix = if dir.is_empty() {
            String::new()
        } else {
            format!("{dir}/")
        };
        let start = prefix.clone();
        self.files
            .range(start..)
            .map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let Some(content) = self.files.get(path) else {
            return Err(if self.is_dir(path) {
                FileError::NotAFile
            } else {
                FileError::Missing
            });
        };
        let bytes = content.len() as u64;
        if bytes > FILE_BYTES_MAX {
            Err(FileError::TooLarge { bytes })
        } else {
            Ok(content.clone())
        }
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .below(dir)
            .map(|rest| {
                rest.split_once('/')
                    .map_or(rest, |(name, _)| name)
                    .to_owned()
            })
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

/// The folder part of a path, empty for a path without a `/`.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `dir/path`, or `path` when `dir` is empty, or `dir` when `path` is empty.
pub(super) fn join(dir: &str, path: &str) -> String {
    match (dir.is_empty(), path.is_empty()) {
        (true, _) => path.to_owned(),
        (_, true) => dir.to_owned(),
        _ => format!("{dir}/{path}"),
    }
}

/// Removes empty and `.` parts and resolves `..`; `None` when the path leads above its start.
pub(super) fn normalise(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{FILE_BYTES_MAX, FileError, Files, MemoryFiles, folder_of, join, normalise};

    #[test]
    fn a_path_is_normalised_and_never_leaves_its_start() {
        for (path, want) in [
            ("./a//b/./c", Some("a/b/c")),
            ("a/../b", Some("b")),
            ("a/..", Some("")),
            ("/a/", Some("a")),
            ("..", None),
            ("a/../../b", None),
        ] {
            assert_eq!(normalise(path).as_deref(), want, "{path}");
        }
        assert_eq!(
            (join("", "a"), join("a", ""), join("a", "b")),
            ("a".into(), "a".into(), "a/b".into())
        );
        assert_eq!((folder_of("a/b/c"), folder_of("a")), ("a/b", ""));
    }

    #[test]
    fn a_project_in_memory_has_folders() {
        let files = MemoryFiles::new([("app.js", "1"), ("pages/a/a.js", "2"), ("pages/b.js", "3")]);
        assert_eq!(files.list(""), ["app.js", "pages"]);
        assert_eq!(files.list("pages"), ["a", "b.js"]);
        assert!(files.list("nowhere").is_empty());
        assert!(files.is_dir("pages/a") && files.is_dir("") && !files.is_dir("page"));
        assert!(files.is_file("app.js") && !files.is_file("pages"));
        assert_eq!(files.read("pages"), Err(FileError::NotAFile));
        assert_eq!(files.read("x"), Err(FileError::Missing));
        assert_eq!(files.read("app.js"), Ok(b"1".to_vec()));
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let bytes = usize::try_from(FILE_BYTES_MAX).expect("fits") + 1;
        let files = MemoryFiles::new([("big.js", vec![b' '; bytes])]);
        let error = files.read("big.js").expect_err("too large");
        assert_eq!(
            error,
            FileError::TooLarge {
                bytes: FILE_BYTES_MAX + 1
            }
        );
        assert!(error.to_string().contains("FILE_BYTES_MAX"), "{error}");
    }
}
