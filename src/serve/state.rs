//! The file that keeps the world between runs: a world, then every entry since.
//!
//! The first line names the format, the second is a saved world, each further one an entry; the second and
//! further lines begin with the first digits of their SHA-256. An entry is in the file before its request is
//! answered, so ending the process at any moment loses nothing that was answered; a last line that was cut is
//! dropped. When the entries outgrow the world the file is written anew beside itself and put in its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::entry::{self, Entry};
use crate::crypto::digest::sha256;
use crate::world::World;
use crate::world::save::BadSave;

/// The format that is written, and the newest that is read.
const FORMAT: u64 = 1;
const FORMAT_KEY: &str = "wxsimState";
/// Digits before each line.
const SUM_CHARS: usize = 16;
/// Entries may have so many bytes before the file is written anew.
const ENTRIES_BYTES_MAX: u64 = 16 << 20;

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadState {
    /// It cannot be read or written.
    #[error("{0}")]
    File(#[from] io::Error),
    /// It is another kind of file.
    #[error("it is no state of wxsim serve; name another file, or move it away")]
    Foreign,
    /// A later wxsim wrote it.
    #[error(
        "it has format {0}, and this wxsim reads format {FORMAT}; use the wxsim that wrote it, or a newer one"
    )]
    Newer(u64),
    /// The world in it cannot be read.
    #[error("its world: {0}")]
    World(BadSave),
    /// A line in the middle is broken.
    #[error(
        "line {0} is broken, and others follow it; the lines before it are whole: cut the file there to go on from them"
    )]
    Broken(usize),
    /// Another process has it.
    #[error("another wxsim serve uses it")]
    Taken,
}

/// An open state.
#[derive(Debug)]
pub struct StateFile {
    path: PathBuf,
    file: File,
    /// Length of what comes before the entries.
    begin_bytes: u64,
    entries_bytes: u64,
    most_bytes: u64,
}

impl StateFile {
    /// Opens the file, or makes one: what it holds, and the way to write on. The world is the one after the last whole
    /// entry; `None` for a new file.
    ///
    /// # Errors
    /// It cannot be used.
    #[expect(clippy::disallowed_methods, reason = "the user names the file")]
    pub fn open(path: &Path) -> Result<(Option<World>, Lock), BadState> {
        let lock = Lock::take(path)?;
        match fs::read(path) {
            Ok(bytes) if !bytes.is_empty() => Ok((Some(restored(&bytes)?), lock)),
            Ok(_) => Ok((None, lock)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((None, lock)),
            Err(error) => Err(error.into()),
        }
    }

    /// Begins the file with a world.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(path: &Path, world: &World) -> Result<Self, BadState> {
        let (file, begin_bytes) = begun(path, world)?;
        Ok(Self {
            path: path.to_path_buf(),
            file,
            begin_bytes,
            entries_bytes: 0,
            most_bytes: ENTRIES_BYTES_MAX,
        })
    }

    /// Writes an entry down. `world` is the one before it.
    ///
    /// # Errors
    /// It cannot be written: then it has not happened.
    pub fn append(&mut self, entry: &Entry, world: &World) -> Result<(), BadState> {
        if self.entries_bytes > self.most_bytes {
            (self.file, self.begin_bytes) = begun(&self.path, world)?;
            self.entries_bytes = 0;
        }
        let text = serde_json::to_string(entry).map_err(io::Error::other)?;
        let line = summed(&text);
        // A disk that is full takes a part of a line; the next one must not follow that.
        let end = self.begin_bytes + self.entries_bytes;
        self.file.seek(SeekFrom::Start(end))?;
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            self.file.set_len(end)?;
            return Err(error.into());
        }
        self.entries_bytes += line.len() as u64;
        Ok(())
    }
}

/// A file that only one process uses at a time.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "it is held")] File);

impl Lock {
    /// The file itself is replaced while it is used, so another one beside it is locked.
    #[expect(clippy::disallowed_methods, reason = "the user names the file")]
    fn take(path: &Path) -> Result<Self, BadState> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(beside(path, "lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(fs::TryLockError::WouldBlock) => Err(BadState::Taken),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn summed(text: &str) -> String {
    format!("{} {text}\n", &sha256(text.as_bytes())[..SUM_CHARS])
}

/// Writes the beginning of a file beside it and puts it in its place; gives it, open for entries, and its length.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn begun(path: &Path, world: &World) -> Result<(File, u64), BadState> {
    let fresh = beside(path, "new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&fresh)?;
    let head = json!({ FORMAT_KEY: FORMAT, "by": env!("CARGO_PKG_VERSION") });
    let begin = format!("{head}\n{}", summed(&world.save_whole()));
    file.write_all(begin.as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    Ok((file, begin.len() as u64))
}

/// The text of a line whose digits fit.
fn whole(line: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(line).ok()?;
    let (sum, text) = line.split_once(' ')?;
    (sum.len() == SUM_CHARS && sha256(text.as_bytes()).starts_with(sum)).then_some(text)
}

/// The world after the last whole entry.
fn restored(bytes: &[u8]) -> Result<World, BadState> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let head: Option<Json> = lines
        .next()
        .and_then(|line| serde_json::from_slice(line).ok());
    let format = head
        .as_ref()
        .and_then(|head| head.get(FORMAT_KEY))
        .and_then(Json::as_u64);
    match format {
        None => return Err(BadState::Foreign),
        Some(format) if format > FORMAT => return Err(BadState::Newer(format)),
        Some(_) => {}
    }
    let world = lines.next().and_then(whole).ok_or(BadState::Broken(2))?;
    let mut world = World::restore(world).map_err(BadState::World)?;
    // Behind the last line end there is nothing, or a line that was cut.
    let entries: Vec<&[u8]> = lines.collect();
    let count = entries.len().saturating_sub(1);
    for (at, line) in entries.iter().take(count).enumerate() {
        let entry = whole(line).and_then(|text| serde_json::from_str::<Entry>(text).ok());
        match entry {
            Some(entry) => drop(entry::perform(&mut world, &entry)),
            // The end of the file may have been lost with the machine.
            None if at + 1 == count => break,
            None => return Err(BadState::Broken(at + 3)),
        }
    }
    Ok(world)
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
