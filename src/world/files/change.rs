//! What changes the files of a program by their path.

use super::content::Content;
use super::path::{FilePath, Root};
use super::tree::Room;
use super::{LocalFiles, Shelf, Single, bytes_max};
use crate::errmsg::FileProblem;
use crate::world::rng::Stream;
use crate::world::{Caller, Change, World, sealed::Sealed};

/// Characters of the name of a temporary or kept file.
const NAME_CHARS: usize = 32;

impl World {
    /// A new name with an ending.
    fn new_name(&mut self, ending: &str) -> String {
        let name = self.rng.draw_text(Stream::Ids, NAME_CHARS);
        match ending {
            "" => name,
            _ => format!("{name}.{ending}"),
        }
    }

    /// The moment, and how much the user folder may take beside the kept files.
    pub(super) fn room(&self, caller: &Caller) -> Room {
        let saved = self.files.shelves.get(caller).map_or(0, Shelf::saved_bytes);
        Room {
            now: self.now,
            bytes_max: bytes_max(&self.profile).saturating_sub(saved),
        }
    }
}

/// What stands behind the last dot of a name.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The client makes a temporary file; its path as scripts see it.
#[derive(Clone, Debug)]
pub struct MakeTempFile {
    /// For whom.
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
        let usual = |c: char| c.is_ascii_alphanumeric();
        let ending = Some(self.ending).filter(|ending| ending.chars().all(usual));
        let name = world.new_name(&ending.unwrap_or_default());
        let file = Single {
            content: self.content.into(),
            made: world.now,
            accessed: world.now,
        };
        let files = world.files.shelves.of(&self.caller);
        files.temporary.insert(name.clone(), file);
        let (root, path) = (Root::Temp, name);
        world.shown_path(&FilePath { root, path })
    }
}

/// A local file is read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// Whose file.
    pub caller: Caller,
    /// Which.
    pub path: FilePath,
}

impl Sealed for ReadFile {}
impl Change for ReadFile {
    type Effect = Result<Content, FileProblem>;

    fn apply(self, world: &mut World) -> Result<Content, FileProblem> {
        let facts = world.file_facts(&self.caller, &self.path)?;
        if facts.is_folder {
            return Err(FileProblem::IllegalOnDirectory);
        }
        let now = world.now;
        let files = world.files.shelves.of(&self.caller);
        let name = self.path.path.as_str();
        let single = match self.path.root {
            Root::User => {
                files.user.touch(name, now);
                return files.user.file(name).cloned();
            }
            Root::Saved => files.saved.get_mut(name),
            Root::Temp => files.temporary.get_mut(name),
            Root::Package => None,
        };
        let file = single.ok_or(FileProblem::NoSuchFile)?;
        file.accessed = now;
        Ok(file.content.clone())
    }
}

/// A change of the user folder; paths are those inside of it.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Writes a whole file.
    Write {
        /// Which.
        path: String,
        /// Its bytes.
        content: Content,
    },
    /// Puts bytes at the end of a file.
    Append {
        /// Which.
        path: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Cuts a file, or adds zeros.
    Resize {
        /// Which.
        path: String,
        /// The size after it, in bytes.
        size: u64,
    },
    /// Makes a folder.
    MakeFolder {
        /// Which.
        path: String,
        /// With those that it would lie in.
        recursive: bool,
    },
    /// Removes a folder.
    RemoveFolder {
        /// Which.
        path: String,
        /// With what is in it.
        recursive: bool,
    },
    /// Removes a file.
    Remove {
        /// Which.
        path: String,
    },
    /// Gives a file or folder another path.
    Rename {
        /// Which.
        from: String,
        /// The other path.
        to: String,
    },
}

/// Changes the user folder; when it fails nothing has changed.
#[derive(Clone, Debug)]
pub struct EditFiles {
    /// Whose.
    pub caller: Caller,
    /// How.
    pub edit: Edit,
}

impl Sealed for EditFiles {}
impl Change for EditFiles {
    type Effect = Result<(), FileProblem>;

    fn apply(self, world: &mut World) -> Result<(), FileProblem> {
        let room = world.room(&self.caller);
        let LocalFiles { shelves, open, .. } = &mut world.files;
        let tree = &mut shelves.of(&self.caller).user;
        match self.edit {
            Edit::Write { path, content } => tree.write(&path, content, room),
            Edit::Append { path, bytes } => {
                let end = tree.file(&path)?.size();
                tree.put(&path, end, &bytes, room)
            }
            Edit::Resize { path, size } => tree.resize(&path, size, room),
            Edit::MakeFolder { path, recursive } => tree.make_folder(&path, recursive, room.now),
            Edit::RemoveFolder { path, recursive } => {
                tree.remove_folder(&path, recursive)?;
                open.gone(&FilePath::user(path));
                Ok(())
            }
            Edit::Remove { path } => {
                tree.remove(&path)?;
                open.gone(&FilePath::user(path));
                Ok(())
            }
            Edit::Rename { from, to } => {
                tree.rename(&from, &to)?;
                let (from, to) = (FilePath::user(from), FilePath::user(to));
                if from != to {
                    open.gone(&to);
                    open.moved(&from, &to);
                }
                Ok(())
            }
        }
    }
}

/// Keeps a temporary file: it is moved into the user folder, or where kept files are.
#[derive(Clone, Debug)]
pub struct KeepFile {
    /// For whom.
    pub caller: Caller,
    /// Which file.
    pub temporary: FilePath,
    /// A path in the user folder; `None` gives a new name.
    pub target: Option<String>,
}

impl Sealed for KeepFile {}
impl Change for KeepFile {
    type Effect = Result<FilePath, FileProblem>;

    fn apply(self, world: &mut World) -> Result<FilePath, FileProblem> {
        let Self {
            caller,
            temporary,
            target,
        } = self;
        let room = world.room(&caller);
        let files = world.files.shelves.of(&caller);
        let name = Some(&temporary.path).filter(|_| temporary.root == Root::Temp);
        let file = name.and_then(|name| files.temporary.get(name));
        let content = file.ok_or(FileProblem::TempFileNotExist)?.content.clone();
        let kept = match target {
            Some(path) => {
                files.user.write(&path, content, room)?;
                FilePath::user(path)
            }
            None if files.user.bytes() + content.size() > room.bytes_max => {
                return Err(FileProblem::StorageLimitExceeded);
            }
            None => {
                let path = world.new_name(ending(&temporary.path));
                let file = Single {
                    content,
                    made: room.now,
                    accessed: room.now,
                };
                let files = world.files.shelves.of(&caller);
                files.saved.insert(path.clone(), file);
                FilePath {
                    root: Root::Saved,
                    path,
                }
            }
        };
        let files = world.files.shelves.of(&caller);
        files.temporary.remove(&temporary.path);
        world.files.open.gone(&temporary);
        Ok(kept)
    }
}

/// Removes a kept file.
#[derive(Clone, Debug)]
pub struct RemoveKept {
    /// Whose.
    pub caller: Caller,
    /// Which.
    pub path: FilePath,
}

impl Sealed for RemoveKept {}
impl Change for RemoveKept {
    type Effect = Result<(), FileProblem>;

    fn apply(self, world: &mut World) -> Result<(), FileProblem> {
        let files = world.files.shelves.get_mut(&self.caller);
        let removed = files
            .filter(|_| self.path.root == Root::Saved)
            .and_then(|files| files.saved.remove(&self.path.path));
        removed.ok_or(FileProblem::FileNotExist)?;
        world.files.open.gone(&self.path);
        Ok(())
    }
}
