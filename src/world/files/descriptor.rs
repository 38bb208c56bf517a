//! Open files of a running program.
//!
//! Official page: `api/file/FileSystemManager.open`. A descriptor is a text; it ends with the program.
//!
//! Differs from the client: the descriptor of a file that was removed is a bad one at once.
//! Unverified: how many files can be open at a time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::path::{FilePath, Root};
use crate::errmsg::FileProblem;

/// Files that can be open at a time.
pub const OPEN_FILES_MAX: usize = 1_024;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the meanings of a flag")]
pub struct Flag {
    /// May be read from.
    pub reads: bool,
    /// May be written to.
    pub writes: bool,
    /// Always written at the end.
    pub appends: bool,
    /// Made when it is missing.
    pub creates: bool,
    /// Must be missing.
    pub exclusive: bool,
    /// Emptied at first.
    pub empties: bool,
}

impl Flag {
    /// Reads a flag of `open`; `as` is `a`, since every operation here is synchronous.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, plus) = match text.strip_suffix('+') {
            Some(kind) => (kind, true),
            None => (text, false),
        };
        let known = ["r", "w", "wx", "a", "ax", "as"];
        if !known.contains(&kind) {
            return None;
        }
        let first = kind.as_bytes()[0];
        Some(Self {
            reads: first == b'r' || plus,
            writes: first != b'r' || plus,
            appends: first == b'a',
            creates: first != b'r',
            exclusive: kind.ends_with('x'),
            empties: first == b'w',
        })
    }
}

/// An open file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFile {
    /// Which file.
    pub path: FilePath,
    /// How it was opened.
    pub flag: Flag,
    /// Where the next reading or writing begins, in bytes.
    pub position: u64,
}

/// The open files by their number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Descriptors {
    open: BTreeMap<u32, OpenFile>,
    given: u32,
}

impl Descriptors {
    pub(super) fn get(&self, descriptor: &str) -> Result<&OpenFile, FileProblem> {
        let number = number(descriptor)?;
        self.open.get(&number).ok_or(FileProblem::BadDescriptor)
    }

    pub(super) fn check_room(&self) -> Result<(), FileProblem> {
        if self.open.len() < OPEN_FILES_MAX {
            Ok(())
        } else {
            Err(FileProblem::TooManyOpen)
        }
    }

    pub(super) fn open(&mut self, path: FilePath, flag: Flag) -> String {
        self.given += 1;
        let file = OpenFile {
            path,
            flag,
            position: 0,
        };
        self.open.insert(self.given, file);
        self.given.to_string()
    }

    pub(super) fn close(&mut self, descriptor: &str) -> Result<(), FileProblem> {
        let number = number(descriptor)?;
        let closed = self.open.remove(&number);
        closed.map(drop).ok_or(FileProblem::BadDescriptor)
    }

    pub(super) fn seek(&mut self, descriptor: &str, position: u64) {
        let file = number(descriptor)
            .ok()
            .and_then(|number| self.open.get_mut(&number));
        if let Some(file) = file {
            file.position = position;
        }
    }

    /// A file, or everything in a folder, is gone.
    pub(super) fn gone(&mut self, path: &FilePath) {
        self.open.retain(|_, file| rest(&file.path, path).is_none());
    }

    /// A file, or everything in a folder, has another path.
    pub(super) fn moved(&mut self, from: &FilePath, to: &FilePath) {
        for file in self.open.values_mut() {
            if let Some(rest) = rest(&file.path, from) {
                file.path = FilePath::user(format!("{}{rest}", to.path));
            }
        }
    }
}

fn number(descriptor: &str) -> Result<u32, FileProblem> {
    descriptor.parse().map_err(|_| FileProblem::BadDescriptor)
}

/// What follows the path of `whole` in that of `part`.
fn rest(part: &FilePath, whole: &FilePath) -> Option<String> {
    if part == whole {
        return Some(String::new());
    }
    let rest = part.path.strip_prefix(whole.path.as_str())?;
    let is_below = part.root == Root::User && whole.root == Root::User && rest.starts_with('/');
    is_below.then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Descriptors, Flag, OPEN_FILES_MAX};
    use crate::errmsg::FileProblem;
    use crate::world::files::FilePath;

    #[test]
    fn a_flag_says_what_an_open_file_is_for() {
        let shown = |text: &str| {
            let flag = Flag::parse(text)?;
            let facts = [
                (flag.reads, 'r'),
                (flag.writes, 'w'),
                (flag.appends, 'a'),
                (flag.creates, 'c'),
                (flag.exclusive, 'x'),
                (flag.empties, 'e'),
            ];
            let facts = facts.into_iter().filter(|(holds, _)| *holds);
            Some(facts.map(|(_, letter)| letter).collect::<String>())
        };
        for (text, want) in [
            ("r", "r"),
            ("r+", "rw"),
            ("w", "wce"),
            ("w+", "rwce"),
            ("wx", "wcxe"),
            ("wx+", "rwcxe"),
            ("a", "wac"),
            ("a+", "rwac"),
            ("ax", "wacx"),
            ("ax+", "rwacx"),
            ("as", "wac"),
            ("as+", "rwac"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(want), "{text}");
        }
        for text in ["", "+", "rx", "x", "r++", "rs", "R"] {
            assert_eq!(Flag::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_descriptor_follows_its_file_until_it_is_closed() {
        let mut open = Descriptors::default();
        let flag = Flag::parse("r").expect("a flag");
        let (one, two) = (
            open.open(FilePath::user("a/b"), flag),
            open.open(FilePath::user("ab"), flag),
        );
        open.moved(&FilePath::user("a"), &FilePath::user("c"));
        assert_eq!(
            open.get(&one).map(|file| &file.path),
            Ok(&FilePath::user("c/b"))
        );
        assert_eq!(
            open.get(&two).map(|file| &file.path),
            Ok(&FilePath::user("ab"))
        );
        open.gone(&FilePath::user("c"));
        assert_eq!(open.get(&one), Err(FileProblem::BadDescriptor));
        assert_eq!(open.close(&two), Ok(()));
        assert_eq!(open.close(&two), Err(FileProblem::BadDescriptor));
        assert_eq!(open.get("x"), Err(FileProblem::BadDescriptor));
        let three = open.open(FilePath::user("d"), flag);
        assert_ne!(three, two, "a number is given once");
        for _ in 1..OPEN_FILES_MAX {
            assert_eq!(open.check_room(), Ok(()));
            open.open(FilePath::user("e"), flag);
        }
        assert_eq!(open.check_room(), Err(FileProblem::TooManyOpen));
    }
}
