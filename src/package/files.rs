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

/// Endings of files that the upload takes as they are.
const UPLOADED: &[&str] = &[
    "wxs", "png", "jpg", "jpeg", "gif", "svg", "json", "cer", "mp3", "aac", "m4a", "mp4", "wav",
    "ogg", "silk", "wasm", "br", "cert",
];

/// The files of the code package: those below its root.
///
/// Official page: "Directory structure" (files that are uploaded). Scripts, templates, styles and
/// app.json become other files in the upload, so that a program cannot read them on a phone; the
/// developer tool reads the project folder itself.
///
/// Differs from the client: `packOptions` of project.config.json is not looked at.
#[derive(Clone, Copy)]
pub struct PackageFiles<'a> {
    files: &'a dyn Files,
    root: &'a str,
    whole: bool,
}

impl<'a> PackageFiles<'a> {
    /// The package whose root is that folder of the project; `whole` takes in what is not uploaded
    /// as it is, as the developer tool does.
    pub fn new(files: &'a dyn Files, root: &'a str, whole: bool) -> Self {
        Self { files, root, whole }
    }

    /// The bytes of a file, by its path below the root; `None` when it cannot be read.
    pub fn read(self, path: &str) -> Option<Vec<u8>> {
        let path = Some(path).filter(|path| self.is_uploaded(path))?;
        self.files.read(&join(self.root, path)).ok()
    }

    /// Whether a file is there.
    pub fn is_file(self, path: &str) -> bool {
        self.is_uploaded(path) && self.files.is_file(&join(self.root, path))
    }

    /// Whether a script is there; its ending may be left out.
    pub fn is_script(self, path: &str) -> bool {
        let name = path.trim_end_matches(".js");
        let path = |ending: &str| join(self.root, &format!("{name}{ending}"));
        let mut endings = [".js", ".ts"].into_iter();
        endings.any(|ending| self.files.is_file(&path(ending)))
    }

    /// Whether a folder is there.
    pub fn is_dir(self, path: &str) -> bool {
        self.files.is_dir(&join(self.root, path))
    }

    /// The names in a folder, sorted; `None` where only files can be read, which is on phones.
    pub fn list(self, path: &str) -> Option<Vec<String>> {
        self.whole.then(|| self.files.list(&join(self.root, path)))
    }

    fn is_uploaded(self, path: &str) -> bool {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending);
        let taken = |ending: &str| UPLOADED.contains(&ending.to_ascii_lowercase().as_str());
        self.whole || path != "app.json" && ending.is_some_and(taken)
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
    use super::{
        FILE_BYTES_MAX, FileError, Files, MemoryFiles, PackageFiles, folder_of, join, normalise,
    };

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

    #[test]
    fn a_program_reads_what_is_uploaded_as_it_is() {
        let files = MemoryFiles::new([
            ("project.config.json", "{}"),
            ("src/data/a.json", "1"),
            ("src/data/a.txt", "2"),
            ("src/app.js", "3"),
            ("src/app.json", "{}"),
        ]);
        let phone = PackageFiles::new(&files, "src", false);
        assert!(phone.is_file("data/a.json") && phone.is_dir("data") && phone.is_dir(""));
        assert_eq!(phone.read("data/a.json"), Some(b"1".to_vec()));
        for path in ["data/a.txt", "app.js", "app.json", "data/b.json", "data"] {
            assert!(!phone.is_file(path), "{path}");
            assert_eq!(phone.read(path), None, "{path}");
        }
        let tool = PackageFiles::new(&files, "src", true);
        assert_eq!(tool.read("data/a.txt"), Some(b"2".to_vec()));
        assert!(tool.is_file("app.js"));
        assert_eq!(
            tool.list("data"),
            Some(vec!["a.json".into(), "a.txt".into()])
        );
        assert_eq!(phone.list("data"), None);
    }
}
