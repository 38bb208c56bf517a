//! The files of a program on the phone: temporary ones, kept ones, and the user folder.
//!
//! Official page: "File system". Temporary files end with the program; kept ones and those of the
//! user folder stay, for each user, and together they take at most [`bytes_max`]. The files of the
//! package are the project's, not the world's: nothing can change them.
//!
//! Differs from the client: newer clients clear temporary files only when they take 2 GB, so that
//! some survive a restart; here none does, which is what a program must be ready for. Temporary
//! files have no limit. Unverified: a folder has size 0; the limit was raised at the beginning of 2021 (the
//! manual says 10 MB in September 2020 and 200 MB in February 2021).

mod change;
mod content;
mod descriptor;
mod open_file;
mod path;
#[cfg(test)]
mod tests;
mod tree;
#[cfg(test)]
mod walk_tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use change::{Edit, EditFiles, KeepFile, MakeTempFile, ReadFile, RemoveKept};
pub use content::Content;
pub use descriptor::{Flag, OPEN_FILES_MAX, OpenFile};
pub use open_file::{CloseFile, OpenFileAt, ResizeOpen, Seek, WriteOpen};
pub use path::{FilePath, Root};
pub use tree::{FILE_BYTES_MAX, NAME_BYTES_MAX};

use super::per_caller::PerCaller;
use super::{Caller, Millis, World};
use crate::errmsg::FileProblem;
use crate::profile::{Date, Profile};
use descriptor::Descriptors;
use tree::{Node, Tree};

/// Before this day a program kept at most 10 MB.
const LARGE_FROM: Date = Date::new(2021, 1, 1);

/// How much kept files and the user folder may take together, in bytes.
pub fn bytes_max(profile: &Profile) -> u64 {
    const MEGABYTE: u64 = 1024 * 1024;
    if profile.compat_date < LARGE_FROM {
        10 * MEGABYTE
    } else {
        200 * MEGABYTE
    }
}

/// A temporary or kept file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Single {
    content: Content,
    made: Millis,
    accessed: Millis,
}

/// What a program keeps for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shelf {
    user: Tree,
    saved: BTreeMap<String, Single>,
    temporary: BTreeMap<String, Single>,
}

impl Shelf {
    fn saved_bytes(&self) -> u64 {
        self.saved.values().map(|file| file.content.size()).sum()
    }
}

/// The files of all callers, and what the running program has besides.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct LocalFiles {
    shelves: PerCaller<Shelf>,
    open: Descriptors,
}

impl LocalFiles {
    /// The program ends: nothing is open any more, no temporary file is left.
    pub(super) fn end_run(&mut self, caller: &Caller) {
        if let Some(files) = self.shelves.get_mut(caller) {
            files.temporary.clear();
        }
        self.open = Descriptors::default();
    }

    /// Everything of the caller, whose program does not run, is gone.
    pub(super) fn forget(&mut self, caller: &Caller) {
        self.shelves.forget(caller);
    }
}

/// What is known of a file or folder without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last read.
    pub accessed: Millis,
    /// When it was last written.
    pub modified: Millis,
}

impl From<&Node> for FileFacts {
    fn from(node: &Node) -> Self {
        Self {
            is_folder: node.content.is_none(),
            size: node.content.as_ref().map_or(0, Content::size),
            accessed: node.accessed,
            modified: node.modified,
        }
    }
}

impl From<&Single> for FileFacts {
    fn from(file: &Single) -> Self {
        Self {
            is_folder: false,
            size: file.content.size(),
            accessed: file.accessed,
            modified: file.made,
        }
    }
}

/// A file kept by `saveFile` without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it is.
    pub path: FilePath,
    /// Its size in bytes.
    pub size: u64,
    /// When it was kept.
    pub made: Millis,
}

impl World {
    /// `wx.env.USER_DATA_PATH`; the developer tool has another one than phones.
    pub fn user_data_path(&self) -> &'static str {
        path::user_data_path(self.profile.platform)
    }

    /// Where a script's path leads; `None` when it is outside of the file system.
    pub fn file_path(&self, text: &str) -> Option<FilePath> {
        FilePath::read(text, self.profile.platform)
    }

    /// The path as scripts see it.
    pub fn shown_path(&self, path: &FilePath) -> String {
        path.shown(self.profile.platform)
    }

    /// What is known of a local file or folder; nothing of the package is here.
    ///
    /// # Errors
    /// It is missing.
    pub fn file_facts(&self, caller: &Caller, path: &FilePath) -> Result<FileFacts, FileProblem> {
        let files = self.files.shelves.get(caller);
        let name = path.path.as_str();
        let found = match path.root {
            Root::User if name.is_empty() => Some(self.user_folder()),
            Root::User => files.and_then(|files| files.user.node(name).map(FileFacts::from)),
            Root::Saved => files.and_then(|files| files.saved.get(name).map(FileFacts::from)),
            Root::Temp => files.and_then(|files| files.temporary.get(name).map(FileFacts::from)),
            Root::Package => None,
        };
        found.ok_or(FileProblem::NoSuchFile)
    }

    /// The user folder itself, there since the program was first used.
    fn user_folder(&self) -> FileFacts {
        let start = Millis(self.profile.start_unix_ms());
        FileFacts {
            is_folder: true,
            size: 0,
            accessed: start,
            modified: start,
        }
    }

    /// The names in a folder of the user folder, in order.
    ///
    /// # Errors
    /// It is missing, or a file.
    pub fn folder_names(&self, caller: &Caller, folder: &str) -> Result<Vec<String>, FileProblem> {
        let inner = self.folder_facts(caller, folder)?;
        let inner = inner.into_iter().filter(|(path, _)| !path.contains('/'));
        Ok(inner.map(|(path, _)| path).collect())
    }

    /// Everything below a folder of the user folder: the path from there on, in order.
    ///
    /// # Errors
    /// It is missing, or a file.
    pub fn folder_facts(
        &self,
        caller: &Caller,
        folder: &str,
    ) -> Result<Vec<(String, FileFacts)>, FileProblem> {
        let facts = self.file_facts(caller, &FilePath::user(folder))?;
        if !facts.is_folder {
            return Err(FileProblem::NotADirectory);
        }
        let files = self.files.shelves.get(caller).into_iter();
        let below = files.flat_map(|files| files.user.below(folder));
        Ok(below
            .map(|(path, node)| (path.to_owned(), node.into()))
            .collect())
    }

    /// The files that `saveFile` kept without a path, the oldest first.
    pub fn kept_files(&self, caller: &Caller) -> Vec<KeptFile> {
        let files = self.files.shelves.get(caller).into_iter();
        let saved = files.flat_map(|files| &files.saved);
        let mut kept: Vec<KeptFile> = saved
            .map(|(name, file)| KeptFile {
                path: FilePath {
                    root: Root::Saved,
                    path: name.clone(),
                },
                size: file.content.size(),
                made: file.made,
            })
            .collect();
        kept.sort_by_key(|file| file.made);
        kept
    }

    /// Bytes of kept files and the user folder.
    pub fn files_bytes(&self, caller: &Caller) -> u64 {
        let files = self.files.shelves.get(caller);
        files.map_or(0, |files| files.user.bytes() + files.saved_bytes())
    }

    /// An open file.
    ///
    /// # Errors
    /// It was never opened, or is closed.
    pub fn open_file(&self, descriptor: &str) -> Result<&OpenFile, FileProblem> {
        self.files.open.get(descriptor)
    }
}
