//! Files of the user in the mini program: its own folder, saved files, temporary files.
//!
//! Official page: "File system". The program's folder (`wx.env.USER_DATA_PATH`) and the saved files
//! stay until the program is deleted and share one quota; temporary files end with the program. The
//! package can be read and never written; its files are the project's, not the world's.
//!
//! Unverified: the quota was 10 MB before base library 2.20.0; names of temporary and saved files.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::per_caller::PerCaller;
use super::rng::Stream;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::base64_text;
use crate::profile::Platform;
use crate::version::Version;

/// Bytes of the user folder and the saved files together.
pub const QUOTA_BYTES: u64 = 200 << 20;
/// The same before base library 2.20.0.
pub const QUOTA_BYTES_BEFORE: u64 = 10 << 20;
const QUOTA_SINCE: Version = Version(2, 20, 0);

/// Where a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Root {
    /// `wx.env.USER_DATA_PATH`.
    User,
    /// Files that were saved with `saveFile`.
    Saved,
    /// Temporary files.
    Temp,
    /// The code package.
    Package,
}

/// A path of the file system: root and the way below it, without `.`, `..` and double slashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilePath {
    /// The root.
    pub root: Root,
    /// The way below it; empty for the root itself.
    pub path: String,
}

impl FilePath {
    /// The folder that it is in; `None` for a root.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        (!self.path.is_empty()).then(|| Self {
            root: self.root,
            path: parent.to_owned(),
        })
    }

    /// Whether it lies below the other path.
    pub fn is_below(&self, other: &Self) -> bool {
        let rest = self.path.strip_prefix(other.path.as_str());
        let below = rest.is_some_and(|rest| other.path.is_empty() || rest.starts_with('/'));
        self.root == other.root && self != other && below
    }
}

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its bytes; `None` for a folder.
    pub content: Option<Content>,
    /// When it was last read.
    pub accessed: Millis,
    /// When it was last written.
    pub modified: Millis,
}

/// Bytes, in JSON as base64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content(pub Vec<u8>);

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64_text::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = base64_text::decode(&text);
        bytes
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("no base64"))
    }
}

/// All entries of one user in one mini program, in the order of their paths.
type Tree = Vec<(FilePath, Entry)>;

/// The files of everybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct UserFiles(PerCaller<Tree>);

impl UserFiles {
    /// Temporary files end with the program.
    pub(super) fn end_run(&mut self, caller: &Caller) {
        let tree = self.0.of(caller);
        tree.retain(|(path, _)| path.root != Root::Temp);
    }

    /// Everything is gone.
    pub(super) fn forget(&mut self, caller: &Caller) {
        self.0.forget(caller);
    }

    fn position(tree: &Tree, path: &FilePath) -> Result<usize, usize> {
        tree.binary_search_by(|(known, _)| known.cmp(path))
    }
}

/// Puts a file or a folder in the place of what was there. Its folder must be there; what the
/// program may write is for the caller to check.
#[derive(Clone, Debug)]
pub struct PutEntry {
    /// Whose.
    pub caller: Caller,
    /// Where.
    pub path: FilePath,
    /// Bytes of a file; `None` makes a folder.
    pub content: Option<Vec<u8>>,
}

/// The files would be larger than the quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the files would be larger than the quota")]
pub struct QuotaExceeded;

impl Sealed for PutEntry {}
impl Change for PutEntry {
    type Effect = Result<(), QuotaExceeded>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let now = world.now;
        let old = world
            .file_entry(&self.caller, &self.path)
            .map_or(0, Entry::bytes);
        let new = self.content.as_ref().map_or(0, Vec::len) as u64;
        let counts = matches!(self.path.root, Root::User | Root::Saved);
        if counts && world.stored_bytes(&self.caller) - old + new > world.file_quota() {
            return Err(QuotaExceeded);
        }
        let entry = Entry {
            content: self.content.map(Content),
            accessed: now,
            modified: now,
        };
        let tree = world.user_files.0.of(&self.caller);
        match UserFiles::position(tree, &self.path) {
            Ok(at) => tree[at].1 = entry,
            Err(at) => tree.insert(at, (self.path, entry)),
        }
        Ok(())
    }
}

/// Removes an entry and everything below it.
#[derive(Clone, Debug)]
pub struct RemoveEntry {
    /// Whose.
    pub caller: Caller,
    /// Which.
    pub path: FilePath,
}

impl Sealed for RemoveEntry {}
impl Change for RemoveEntry {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let tree = world.user_files.0.of(&self.caller);
        tree.retain(|(path, _)| *path != self.path && !path.is_below(&self.path));
    }
}

/// Moves an entry and everything below it; what lies at the new place is replaced.
#[derive(Clone, Debug)]
pub struct MoveEntry {
    /// Whose.
    pub caller: Caller,
    /// From where.
    pub from: FilePath,
    /// Where to.
    pub to: FilePath,
}

impl Sealed for MoveEntry {}
impl Change for MoveEntry {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Self { caller, from, to } = self;
        if from == to {
            return;
        }
        world.apply(RemoveEntry {
            caller: caller.clone(),
            path: to.clone(),
        });
        let tree = world.user_files.0.of(&caller);
        for (path, _) in tree.iter_mut() {
            if *path == from || path.is_below(&from) {
                *path = FilePath {
                    root: to.root,
                    path: format!("{}{}", to.path, &path.path[from.path.len()..]),
                };
            }
        }
        tree.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
}

/// A file was read.
#[derive(Clone, Debug)]
pub struct TouchEntry {
    /// Whose.
    pub caller: Caller,
    /// Which.
    pub path: FilePath,
}

impl Sealed for TouchEntry {}
impl Change for TouchEntry {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let now = world.now;
        let tree = world.user_files.0.of(&self.caller);
        if let Ok(at) = UserFiles::position(tree, &self.path) {
            tree[at].1.accessed = now;
        }
    }
}

/// Makes a temporary file and gives its path as scripts see it.
#[derive(Clone, Debug)]
pub struct MakeTempFile {
    /// Whose.
    pub caller: Caller,
    /// Ending of the name, without dot; may be empty.
    pub ending: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Sealed for MakeTempFile {}
impl Change for MakeTempFile {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let id = world.rng.draw_text(Stream::Ids, 32);
        let dot = if self.ending.is_empty() { "" } else { "." };
        let path = FilePath {
            root: Root::Temp,
            path: format!("{id}{dot}{}", self.ending),
        };
        let shown = world.shown_path(&path);
        let put = PutEntry {
            caller: self.caller,
            path,
            content: Some(self.content),
        };
        let placed = world.apply(put);
        debug_assert!(placed.is_ok(), "temporary files have no quota");
        shown
    }
}

impl Entry {
    fn bytes(&self) -> u64 {
        self.content
            .as_ref()
            .map_or(0, |content| content.0.len() as u64)
    }

    /// Whether it is a folder.
    pub fn is_dir(&self) -> bool {
        self.content.is_none()
    }
}

impl World {
    /// `wx.env.USER_DATA_PATH`; the developer tool has another one than phones.
    pub fn user_data_path(&self) -> &'static str {
        match self.profile.platform {
            Platform::Devtools => "http://usr",
            _ => "wxfile://usr",
        }
    }

    fn before_names(&self, root: Root) -> &'static str {
        let devtools = self.profile.platform == Platform::Devtools;
        match root {
            Root::User if devtools => "http://usr/",
            Root::User => "wxfile://usr/",
            Root::Temp if devtools => "http://tmp/",
            Root::Temp => "wxfile://tmp_",
            Root::Saved if devtools => "http://store/",
            Root::Saved => "wxfile://store_",
            Root::Package => "",
        }
    }

    /// The path as scripts see it.
    pub fn shown_path(&self, path: &FilePath) -> String {
        match path.root {
            Root::User if path.path.is_empty() => self.user_data_path().to_owned(),
            root => format!("{}{}", self.before_names(root), path.path),
        }
    }

    /// Where a script's path leads; `None` when it is outside of the file system.
    pub fn file_path(&self, text: &str) -> Option<FilePath> {
        let place = |root: Root, rest: &str| {
            let path = normalised(rest)?;
            Some(FilePath { root, path })
        };
        if text == self.user_data_path() {
            return place(Root::User, "");
        }
        for root in [Root::User, Root::Temp, Root::Saved] {
            if let Some(rest) = text.strip_prefix(self.before_names(root)) {
                return place(root, rest);
            }
        }
        if text.contains("://") {
            return None;
        }
        place(Root::Package, text)
    }

    /// What is there; roots and the package have no entries.
    pub fn file_entry(&self, caller: &Caller, path: &FilePath) -> Option<&Entry> {
        let tree = self.user_files.0.get(caller)?;
        let at = UserFiles::position(tree, path).ok()?;
        Some(&tree[at].1)
    }

    /// The entries below a folder, in the order of their paths.
    pub fn entries_below<'a>(
        &'a self,
        caller: &Caller,
        folder: &'a FilePath,
    ) -> impl Iterator<Item = (&'a FilePath, &'a Entry)> {
        let tree = self.user_files.0.get(caller).into_iter().flatten();
        tree.filter(|(path, _)| path.is_below(folder))
            .map(|(path, entry)| (path, entry))
    }

    /// Bytes of the user folder and the saved files.
    pub fn stored_bytes(&self, caller: &Caller) -> u64 {
        let tree = self.user_files.0.get(caller).into_iter().flatten();
        let stored = tree.filter(|(path, _)| matches!(path.root, Root::User | Root::Saved));
        stored.map(|(_, entry)| entry.bytes()).sum()
    }

    /// Bytes that the user folder and the saved files may have together.
    pub fn file_quota(&self) -> u64 {
        if self.profile.sdk >= QUOTA_SINCE {
            QUOTA_BYTES
        } else {
            QUOTA_BYTES_BEFORE
        }
    }
}

/// A way without empty parts, `.` and `..`; `None` when it leaves its root.
fn normalised(text: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests;
