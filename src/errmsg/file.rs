//! Failures of the file system, with their words and numbers.
//!
//! Official pages: `api/file/FileSystemManager`, the error table of its methods, and the texts
//! that each method's page listed before that table. What a text names differs by method.
//!
//! Unverified: Android puts quotes around more of the paths; the words without a number of the
//! table are those that programs meet.

use super::{Reason, errno};
use crate::errmsg::Meaning;

/// Why an operation on files failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileProblem {
    /// A folder where a file is wanted (`unlink`).
    OperationNotPermitted,
    /// Nothing has that name, or the folder that it would lie in is missing.
    NoSuchFile,
    /// No open file has that descriptor.
    BadDescriptor,
    /// The program may not write, or not even read, there.
    PermissionDenied,
    /// A file where a folder is wanted.
    NotADirectory,
    /// The operation makes no sense: a folder into itself.
    InvalidArgument,
    /// A part of the path is longer than a name can be.
    NameTooLong,
    /// A folder that is not empty.
    DirectoryNotEmpty,
    /// The files of the program would take more than it may keep, or one is too large.
    StorageLimitExceeded,
    /// A text that is not of the encoding.
    Base64EncodeError,
    /// A folder where a file is wanted.
    IllegalOnDirectory,
    /// A folder of the package.
    IllegalOnPackage,
    /// Something has that name.
    AlreadyExists,
    /// `length` does not fit.
    LengthOutOfRange,
    /// `offset` does not fit.
    OffsetOutOfRange,
    /// `position` does not fit.
    PositionOutOfRange,
    /// The archive cannot be opened.
    UnzipOpen,
    /// A file of the archive cannot be unpacked.
    UnzipEntry,
    /// There is no temporary file of that path.
    TempFileNotExist,
    /// The descriptor was opened for something else.
    DescriptorDenied,
    /// Too many files are open.
    TooManyOpen,
    /// No such flag.
    InvalidFlag,
    /// The file may not be opened with that flag.
    FlagDenied,
    /// No buffer was given.
    NoBuffer,
    /// No such file, in the words of the APIs about kept files.
    FileNotExist,
    /// No such file, in the words of `wx.uploadFile`.
    NotFound,
    /// The client shows no documents of that kind.
    FileType,
}

/// What a failed operation worked on, in the words of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// `… ${path}`
    Path(&'a str),
    /// `…, open ${path}`
    Opened(&'a str),
    /// `… "${path}"`
    Quoted(&'a str),
    /// `…, copyFile ${source} -> ${target}`: the word, the two paths.
    Pair(&'static str, &'a str, &'a str),
}

impl FileProblem {
    /// Every one.
    #[rustfmt::skip]
    pub const ALL: [Self; 27] = [
        Self::OperationNotPermitted, Self::NoSuchFile, Self::BadDescriptor, Self::PermissionDenied,
        Self::NotADirectory, Self::InvalidArgument, Self::NameTooLong, Self::DirectoryNotEmpty, Self::StorageLimitExceeded,
        Self::Base64EncodeError, Self::IllegalOnDirectory, Self::IllegalOnPackage, Self::AlreadyExists, Self::LengthOutOfRange,
        Self::OffsetOutOfRange, Self::PositionOutOfRange, Self::UnzipOpen, Self::UnzipEntry,
        Self::TempFileNotExist, Self::DescriptorDenied, Self::TooManyOpen, Self::InvalidFlag,
        Self::FlagDenied, Self::NoBuffer, Self::FileNotExist, Self::NotFound, Self::FileType,
    ];

    /// The failure by itself.
    pub const fn bare(self) -> Reason {
        Reason::File(self, String::new())
    }

    /// The failure with what the operation worked on.
    pub fn of(self, named: Named<'_>) -> Reason {
        let words = match (self, named) {
            (
                Self::IllegalOnDirectory,
                Named::Path(path) | Named::Opened(path) | Named::Quoted(path),
            )
            | (Self::PermissionDenied, Named::Quoted(path)) => format!(", open \"{path}\""),
            (Self::PermissionDenied, Named::Path(path) | Named::Opened(path))
            | (Self::NoSuchFile, Named::Opened(path)) => format!(", open {path}"),
            (Self::OperationNotPermitted, Named::Path(path)) => format!(", unlink {path}"),
            (Self::NoSuchFile | Self::AlreadyExists | Self::NotADirectory, Named::Quoted(path)) => {
                format!(" \"{path}\"")
            }
            (Self::NoSuchFile, Named::Path(path))
            | (
                Self::AlreadyExists | Self::NotADirectory,
                Named::Path(path) | Named::Opened(path),
            ) => {
                format!(" {path}")
            }
            (
                Self::NoSuchFile
                | Self::PermissionDenied
                | Self::IllegalOnDirectory
                | Self::NotADirectory,
                Named::Pair(word, source, target),
            ) => format!(", {word} {source} -> {target}"),
            _ => String::new(),
        };
        Reason::File(self, words)
    }

    /// Its words, before what the operation worked on.
    pub const fn text(self) -> &'static str {
        match self {
            Self::OperationNotPermitted => "operation not permitted",
            Self::NoSuchFile => "no such file or directory",
            Self::BadDescriptor => "bad file descriptor",
            Self::PermissionDenied | Self::DescriptorDenied => "permission denied",
            Self::NotADirectory => "not a directory",
            Self::InvalidArgument => "Invalid argument",
            Self::NameTooLong => "File name too long",
            Self::DirectoryNotEmpty => "directory not empty",
            Self::StorageLimitExceeded => "the maximum size of the file storage limit is exceeded",
            Self::Base64EncodeError => "base64 encode error",
            Self::IllegalOnDirectory => "illegal operation on a directory",
            Self::IllegalOnPackage => "illegal operation on a package directory",
            Self::AlreadyExists => "file already exists",
            Self::LengthOutOfRange => "the value of \"length\" is out of range",
            Self::OffsetOutOfRange => "the value of \"offset\" is out of range",
            Self::PositionOutOfRange => "the value of \"position\" is out of range",
            Self::UnzipOpen => "unzip open file fail",
            Self::UnzipEntry => "unzip entry fail",
            Self::TempFileNotExist => "tempFilePath file not exist",
            Self::TooManyOpen => "excced max concurrent fd limit",
            Self::InvalidFlag => "invalid flag",
            Self::FlagDenied => "permission denied when open using flag",
            Self::NoBuffer => "array buffer does not exist",
            Self::FileNotExist => "file not exist",
            Self::NotFound => "file not found",
            Self::FileType => "filetype not supported",
        }
    }

    /// Its number in the table of the file system's errors.
    pub const fn errno(self) -> Option<u32> {
        Some(match self {
            Self::OperationNotPermitted => 1_300_001,
            Self::NoSuchFile | Self::FileNotExist => 1_300_002,
            Self::BadDescriptor => 1_300_009,
            Self::PermissionDenied => 1_300_013,
            Self::NotADirectory => 1_300_020,
            Self::InvalidArgument => 1_300_022,
            Self::NameTooLong => 1_300_036,
            Self::DirectoryNotEmpty => 1_300_066,
            Self::StorageLimitExceeded => 1_300_202,
            Self::Base64EncodeError => 1_300_203,
            Self::IllegalOnDirectory => 1_301_003,
            Self::IllegalOnPackage => 1_301_004,
            Self::AlreadyExists => 1_301_005,
            Self::LengthOutOfRange => 1_301_006,
            Self::OffsetOutOfRange => 1_301_007,
            Self::PositionOutOfRange => 1_301_009,
            Self::UnzipOpen => 1_301_102,
            Self::UnzipEntry => 1_301_103,
            Self::TempFileNotExist => 1_301_112,
            Self::DescriptorDenied => 1_302_001,
            Self::TooManyOpen => 1_302_002,
            Self::InvalidFlag => 1_302_003,
            Self::FlagDenied => 1_302_004,
            Self::NoBuffer => 1_302_005,
            Self::NotFound | Self::FileType => return None,
        })
    }

    /// In words: those of its number, or of the number that means the same.
    pub(super) fn meaning(self) -> Option<Meaning> {
        let code = self.errno().unwrap_or(match self {
            Self::FileType => 1_300_301,
            _ => 1_300_002,
        });
        let known = errno::ERRNOS.iter().find(|errno| errno.code == code);
        known.map(|errno| errno.meaning)
    }

    /// Whether a failure usually says what the operation worked on.
    pub const fn names_path(self) -> bool {
        matches!(
            self,
            Self::OperationNotPermitted
                | Self::NoSuchFile
                | Self::PermissionDenied
                | Self::NotADirectory
                | Self::IllegalOnDirectory
                | Self::AlreadyExists
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{FileProblem, Named};
    use crate::errmsg::fail;
    use crate::profile::Profile;

    #[test]
    fn each_method_names_paths_as_its_page_does() {
        let text = |error: FileProblem, named| fail("x", &error.of(named), &Profile::default());
        for (error, named, want) in [
            (
                FileProblem::NoSuchFile,
                Named::Path("a"),
                "x:fail no such file or directory a",
            ),
            (
                FileProblem::NoSuchFile,
                Named::Opened("a"),
                "x:fail no such file or directory, open a",
            ),
            (
                FileProblem::NoSuchFile,
                Named::Pair("rename", "a", "b"),
                "x:fail no such file or directory, rename a -> b",
            ),
            (
                FileProblem::PermissionDenied,
                Named::Path("a"),
                "x:fail permission denied, open a",
            ),
            (
                FileProblem::PermissionDenied,
                Named::Quoted("a"),
                "x:fail permission denied, open \"a\"",
            ),
            (
                FileProblem::IllegalOnDirectory,
                Named::Opened("a"),
                "x:fail illegal operation on a directory, open \"a\"",
            ),
            (
                FileProblem::OperationNotPermitted,
                Named::Path("a"),
                "x:fail operation not permitted, unlink a",
            ),
            (
                FileProblem::DirectoryNotEmpty,
                Named::Path("a"),
                "x:fail directory not empty",
            ),
        ] {
            assert_eq!(text(error, named), want);
        }
    }

    #[test]
    fn every_failure_has_words_and_a_meaning() {
        for error in FileProblem::ALL {
            assert!(!error.text().is_empty());
            assert!(error.meaning().is_some(), "{error:?}");
        }
    }
}
