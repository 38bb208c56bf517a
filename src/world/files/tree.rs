//! The user folder of a program: files and folders by their path.
//!
//! The folder itself is always there. A file or folder lies in a folder that is there.
//!
//! Unverified: a file takes the place of another that is renamed or copied to its path; a folder
//! takes that of an empty folder only.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use super::content::Content;
use crate::errmsg::FileProblem;
use crate::world::Millis;

/// Longest name of a file or folder, in bytes.
pub const NAME_BYTES_MAX: usize = 255;
/// Largest file, in bytes.
pub const FILE_BYTES_MAX: u64 = 100 * 1024 * 1024;

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Node {
    /// `None` for a folder.
    pub(super) content: Option<Content>,
    pub(super) accessed: Millis,
    pub(super) modified: Millis,
}

impl Node {
    fn new(content: Option<Content>, now: Millis) -> Self {
        Self {
            content,
            accessed: now,
            modified: now,
        }
    }

    fn size(&self) -> u64 {
        self.content.as_ref().map_or(0, Content::size)
    }
}

/// Files and folders by path, without the user folder itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tree {
    nodes: BTreeMap<String, Node>,
    /// Bytes of all files.
    bytes: u64,
}

/// A moment, and how many bytes all files may have then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) now: Millis,
    pub(super) bytes_max: u64,
}

/// The folder that a path lies in.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn has_long_name(path: &str) -> bool {
    path.split('/').any(|name| name.len() > NAME_BYTES_MAX)
}

impl Tree {
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn node(&self, path: &str) -> Option<&Node> {
        self.nodes.get(path)
    }

    /// Whether a folder is there.
    pub(super) fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.node(path).is_some_and(|node| node.content.is_none())
    }

    /// Everything below a folder, with the path from there on, in order.
    pub(super) fn below<'t>(&'t self, folder: &str) -> impl Iterator<Item = (&'t str, &'t Node)> {
        let start = match folder {
            "" => String::new(),
            _ => format!("{folder}/"),
        };
        let from = self
            .nodes
            .range::<str, _>((Bound::Included(&*start), Bound::Unbounded));
        let skip = start.len();
        from.take_while(move |(path, _)| path.starts_with(&start))
            .map(move |(path, node)| (&path[skip..], node))
    }

    /// The bytes of a file.
    pub(super) fn file(&self, path: &str) -> Result<&Content, FileProblem> {
        if self.is_folder(path) {
            return Err(FileProblem::IllegalOnDirectory);
        }
        let node = self.node(path).ok_or(FileProblem::NoSuchFile)?;
        node.content.as_ref().ok_or(FileProblem::IllegalOnDirectory)
    }

    /// A file was read.
    pub(super) fn touch(&mut self, path: &str, now: Millis) {
        if let Some(node) = self.nodes.get_mut(path) {
            node.accessed = now;
        }
    }

    /// Whether something can be made at a path.
    fn check_new(&self, path: &str) -> Result<(), FileProblem> {
        let folder = parent(path);
        if has_long_name(path) {
            Err(FileProblem::NameTooLong)
        } else if self.is_folder(folder) {
            Ok(())
        } else {
            Err(self.why_no_folder(folder))
        }
    }

    /// What is wrong with a path that is no folder.
    fn why_no_folder(&self, path: &str) -> FileProblem {
        let mut at = path;
        while !at.is_empty() {
            if self.node(at).is_some_and(|node| node.content.is_some()) {
                return FileProblem::NotADirectory;
            }
            at = parent(at);
        }
        FileProblem::NoSuchFile
    }

    /// Whether a file may have this size instead of its present one.
    fn check_size(&self, old: u64, new: u64, room: Room) -> Result<(), FileProblem> {
        let total = self.bytes - old + new;
        if new > FILE_BYTES_MAX || (new > old && total > room.bytes_max) {
            return Err(FileProblem::StorageLimitExceeded);
        }
        Ok(())
    }

    /// Whether a file can be written at a path; a file that is there would be replaced.
    pub(super) fn check_file(&self, path: &str) -> Result<(), FileProblem> {
        if self.is_folder(path) {
            return Err(FileProblem::IllegalOnDirectory);
        }
        self.check_new(path)
    }

    /// Writes a whole file.
    pub(super) fn write(
        &mut self,
        path: &str,
        content: Content,
        room: Room,
    ) -> Result<(), FileProblem> {
        self.check_file(path)?;
        let old = self.node(path).map_or(0, Node::size);
        self.check_size(old, content.size(), room)?;
        self.bytes = self.bytes - old + content.size();
        self.nodes
            .insert(path.to_owned(), Node::new(Some(content), room.now));
        Ok(())
    }

    /// Puts bytes into a file at a position.
    pub(super) fn put(
        &mut self,
        path: &str,
        position: u64,
        bytes: &[u8],
        room: Room,
    ) -> Result<(), FileProblem> {
        let old = self.file(path)?.size();
        let end = position.saturating_add(bytes.len() as u64);
        self.check_size(old, old.max(end), room)?;
        self.change(path, room, |content| {
            content.put(index(position), bytes);
        });
        Ok(())
    }

    /// Cuts a file, or adds zeros to it.
    pub(super) fn resize(&mut self, path: &str, size: u64, room: Room) -> Result<(), FileProblem> {
        let old = self.file(path)?.size();
        self.check_size(old, size, room)?;
        self.change(path, room, |content| content.resize(index(size)));
        Ok(())
    }

    fn change(&mut self, path: &str, room: Room, change: impl FnOnce(&mut Content)) {
        let Some(node) = self.nodes.get_mut(path) else {
            return;
        };
        let old = node.size();
        if let Some(content) = &mut node.content {
            change(content);
        }
        node.modified = room.now;
        self.bytes = self.bytes - old + node.size();
    }

    /// Makes a folder, with those that it would lie in when `recursive`.
    pub(super) fn make_folder(
        &mut self,
        path: &str,
        recursive: bool,
        now: Millis,
    ) -> Result<(), FileProblem> {
        if path.is_empty() || self.nodes.contains_key(path) {
            return Err(FileProblem::AlreadyExists);
        }
        if has_long_name(path) {
            return Err(FileProblem::NameTooLong);
        }
        let folder = parent(path);
        let missing = !self.is_folder(folder);
        if missing && recursive && self.why_no_folder(folder) == FileProblem::NoSuchFile {
            self.make_folder(folder, true, now)?;
        }
        self.check_new(path)?;
        self.nodes.insert(path.to_owned(), Node::new(None, now));
        Ok(())
    }

    /// Removes a folder, with what is in it when `recursive`.
    pub(super) fn remove_folder(&mut self, path: &str, recursive: bool) -> Result<(), FileProblem> {
        if !self.is_folder(path) {
            return Err(match self.node(path) {
                Some(_) => FileProblem::NotADirectory,
                None => FileProblem::NoSuchFile,
            });
        }
        if path.is_empty() {
            return Err(FileProblem::PermissionDenied);
        }
        if !recursive && self.below(path).next().is_some() {
            return Err(FileProblem::DirectoryNotEmpty);
        }
        for inner in self.paths_below(path) {
            self.drop_node(&inner);
        }
        self.drop_node(path);
        Ok(())
    }

    fn paths_below(&self, folder: &str) -> Vec<String> {
        let inner = self.below(folder);
        inner.map(|(rest, _)| format!("{folder}/{rest}")).collect()
    }

    fn drop_node(&mut self, path: &str) -> Option<Node> {
        let node = self.nodes.remove(path)?;
        self.bytes -= node.size();
        Some(node)
    }

    /// Removes a file.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), FileProblem> {
        match self.file(path) {
            Err(FileProblem::IllegalOnDirectory) => return Err(FileProblem::OperationNotPermitted),
            other => other?,
        };
        self.drop_node(path);
        Ok(())
    }

    /// Gives a file or folder another path.
    pub(super) fn rename(&mut self, from: &str, to: &str) -> Result<(), FileProblem> {
        if from.is_empty() || to.is_empty() {
            return Err(FileProblem::PermissionDenied);
        }
        let node = self.node(from).ok_or(FileProblem::NoSuchFile)?;
        let is_folder = node.content.is_none();
        self.check_new(to)?;
        if from == to {
            return Ok(());
        }
        if to
            .strip_prefix(from)
            .is_some_and(|rest| rest.starts_with('/'))
        {
            return Err(FileProblem::InvalidArgument);
        }
        match (is_folder, self.node(to).map(|node| node.content.is_none())) {
            (true, Some(false)) => return Err(FileProblem::NotADirectory),
            (false, Some(true)) => return Err(FileProblem::IllegalOnDirectory),
            (true, Some(true)) if self.below(to).next().is_some() => {
                return Err(FileProblem::DirectoryNotEmpty);
            }
            _ => {}
        }
        self.drop_node(to);
        let mut moved = self.paths_below(from);
        moved.push(from.to_owned());
        for old in moved {
            if let Some(node) = self.drop_node(&old) {
                self.bytes += node.size();
                self.nodes
                    .insert(format!("{to}{}", &old[from.len()..]), node);
            }
        }
        Ok(())
    }
}

/// A size or position below [`FILE_BYTES_MAX`].
fn index(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}
