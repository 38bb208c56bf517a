//! What changes open files, and what is done through them.

use super::LocalFiles;
use super::change::{Edit, EditFiles};
use super::content::Content;
use super::descriptor::Flag;
use super::path::{FilePath, Root};
use crate::errmsg::FileProblem;
use crate::world::{Caller, Change, World, sealed::Sealed};

/// Opens a file and gives its descriptor. Whether a file of the package is there is not known here.
#[derive(Clone, Debug)]
pub struct OpenFileAt {
    /// Whose.
    pub caller: Caller,
    /// Which.
    pub path: FilePath,
    /// How.
    pub flag: Flag,
}

impl Sealed for OpenFileAt {}
impl Change for OpenFileAt {
    type Effect = Result<String, FileProblem>;

    fn apply(self, world: &mut World) -> Result<String, FileProblem> {
        let Self { caller, path, flag } = self;
        world.files.open.check_room()?;
        if path.root != Root::User && flag.writes {
            return Err(FileProblem::FlagDenied);
        }
        if path.root == Root::Package {
            return Ok(world.files.open.open(path, flag));
        }
        match world.file_facts(&caller, &path) {
            Ok(facts) if facts.is_folder => return Err(FileProblem::IllegalOnDirectory),
            Ok(_) if flag.exclusive => return Err(FileProblem::AlreadyExists),
            Ok(_) if !flag.empties => {}
            Err(problem) if !flag.creates => return Err(problem),
            Ok(_) | Err(_) => {
                let edit = Edit::Write {
                    path: path.path.clone(),
                    content: Content::default(),
                };
                world.apply(EditFiles { caller, edit })?;
            }
        }
        Ok(world.files.open.open(path, flag))
    }
}

/// Closes an open file.
#[derive(Clone, Debug)]
pub struct CloseFile(pub String);

impl Sealed for CloseFile {}
impl Change for CloseFile {
    type Effect = Result<(), FileProblem>;

    fn apply(self, world: &mut World) -> Result<(), FileProblem> {
        world.files.open.close(&self.0)
    }
}

/// The next reading or writing of an open file begins here; no effect on a bad descriptor.
#[derive(Clone, Debug)]
pub struct Seek {
    /// The open file.
    pub descriptor: String,
    /// From its beginning, in bytes.
    pub position: u64,
}

impl Sealed for Seek {}
impl Change for Seek {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.files.open.seek(&self.descriptor, self.position);
    }
}

/// Writes to an open file.
#[derive(Clone, Debug)]
pub struct WriteOpen {
    /// Whose.
    pub caller: Caller,
    /// The open file.
    pub descriptor: String,
    /// What is written.
    pub bytes: Vec<u8>,
    /// Where; `None` goes on where the last reading or writing ended. A file that was opened for
    /// appending is written at its end anyway.
    pub position: Option<u64>,
}

impl Sealed for WriteOpen {}
impl Change for WriteOpen {
    type Effect = Result<(), FileProblem>;

    fn apply(self, world: &mut World) -> Result<(), FileProblem> {
        let room = world.room(&self.caller);
        let LocalFiles { shelves, open, .. } = &mut world.files;
        let tree = &mut shelves.of(&self.caller).user;
        let file = open.get(&self.descriptor)?.clone();
        if !file.flag.writes {
            return Err(FileProblem::DescriptorDenied);
        }
        let path = file.path.path;
        let end = tree.file(&path)?.size();
        let at = match self.position {
            _ if file.flag.appends => end,
            Some(position) => position,
            None => file.position,
        };
        tree.put(&path, at, &self.bytes, room)?;
        if self.position.is_none() {
            open.seek(&self.descriptor, at + self.bytes.len() as u64);
        }
        Ok(())
    }
}

/// Cuts an open file, or adds zeros to it.
#[derive(Clone, Debug)]
pub struct ResizeOpen {
    /// Whose.
    pub caller: Caller,
    /// The open file.
    pub descriptor: String,
    /// The size after it, in bytes.
    pub size: u64,
}

impl Sealed for ResizeOpen {}
impl Change for ResizeOpen {
    type Effect = Result<(), FileProblem>;

    fn apply(self, world: &mut World) -> Result<(), FileProblem> {
        let file = world.files.open.get(&self.descriptor)?.clone();
        if !file.flag.writes {
            return Err(FileProblem::DescriptorDenied);
        }
        let path = file.path.path;
        let (caller, size) = (self.caller, self.size);
        let edit = Edit::Resize { path, size };
        world.apply(EditFiles { caller, edit })
    }
}
