//! What the APIs of the file system share: finding, reading and writing by a script's path.
//!
//! Official page: "File system". The program reads its package, its own folder, saved and temporary
//! files, and writes below `wx.env.USER_DATA_PATH` only.
//!
//! Unverified: how a path stands in the words of a failure (without quotes, as the official pages
//! print it); temporary files may be removed but not written.

use super::Cx;
use crate::errmsg::{FileProblem, Reason};
use crate::value::Value;
use crate::world::files::{FilePath, PutEntry, Root, TouchEntry};

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// A failure with what follows the official words: `, open PATH`.
pub fn failed(problem: FileProblem, call: &str, path: &str) -> Reason {
    let rest = match (call, path) {
        ("", "") => String::new(),
        ("", path) => format!(" {path}"),
        (call, path) => format!(", {call} {path}"),
    };
    Reason::File(problem, rest)
}

/// Where a script's path leads.
///
/// # Errors
/// It is outside of the file system.
pub fn find(cx: &Cx<'_>, text: &str, call: &str) -> Result<FilePath, Reason> {
    let path = cx.world.file_path(text);
    path.ok_or_else(|| failed(FileProblem::PermissionDenied, call, text))
}

/// What lies at a path.
pub fn look(cx: &Cx<'_>, path: &FilePath) -> Found {
    if path.root == Root::Package {
        return match () {
            () if cx.package.is_file(&path.path) => Found::File,
            () if cx.package.is_dir(&path.path) => Found::Folder,
            () => Found::Nothing,
        };
    }
    match cx.world.file_entry(&cx.caller, path) {
        Some(entry) if entry.is_dir() => Found::Folder,
        Some(_) => Found::File,
        None if path.path.is_empty() => Found::Folder,
        None => Found::Nothing,
    }
}

/// The bytes of a file.
///
/// # Errors
/// There is none.
pub fn read(cx: &mut Cx<'_>, text: &str, call: &str) -> Result<Vec<u8>, Reason> {
    let path = find(cx, text, call)?;
    match look(cx, &path) {
        Found::Nothing => return Err(failed(FileProblem::NoSuchFile, call, text)),
        Found::Folder => return Err(failed(FileProblem::IllegalOnDirectory, call, text)),
        Found::File => {}
    }
    if path.root == Root::Package {
        let bytes = cx.package.read(&path.path);
        return bytes.ok_or_else(|| failed(FileProblem::NoSuchFile, call, text));
    }
    let caller = cx.caller.clone();
    let entry = cx.world.file_entry(&caller, &path);
    let content = entry.and_then(|entry| entry.content.clone());
    cx.world.apply(TouchEntry { caller, path });
    Ok(content.unwrap_or_default().0)
}

/// The place that a file or folder is to be written to: below the user folder, in a folder that is
/// there.
///
/// # Errors
/// The program may not write there, or the folder is missing.
pub fn place(cx: &Cx<'_>, text: &str, call: &str) -> Result<FilePath, Reason> {
    let path = find(cx, text, call)?;
    if path.root != Root::User {
        return Err(failed(FileProblem::PermissionDenied, call, text));
    }
    let Some(folder) = path.parent() else {
        return Err(failed(FileProblem::IllegalOnDirectory, call, text));
    };
    match look(cx, &folder) {
        Found::Folder => Ok(path),
        Found::File => Err(failed(FileProblem::NotADirectory, call, text)),
        Found::Nothing => Err(failed(FileProblem::NoSuchFile, call, text)),
    }
}

/// Puts bytes at a place, in the place of a file that is there.
///
/// # Errors
/// A folder is there, or the quota is reached.
pub fn write(
    cx: &mut Cx<'_>,
    path: FilePath,
    content: Vec<u8>,
    call: &str,
    text: &str,
) -> Result<(), Reason> {
    if look(cx, &path) == Found::Folder {
        return Err(failed(FileProblem::IllegalOnDirectory, call, text));
    }
    let put = PutEntry {
        caller: cx.caller.clone(),
        path,
        content: Some(content),
    };
    let placed = cx.world.apply(put);
    placed.map_err(|_| failed(FileProblem::StorageLimitExceeded, "", ""))
}

/// The text of an option; empty without one.
pub fn text<'v>(options: &'v Value, key: &str) -> &'v str {
    options.get(key).as_str().unwrap_or_default()
}

/// Arguments in order as the options object that the asynchronous form takes.
pub fn named(keys: &[&str], arguments: &[Value]) -> Value {
    let pairs = keys.iter().zip(arguments);
    Value::Object(
        pairs
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
    )
}

/// The bytes that a script writes: a text in an encoding, or a buffer.
///
/// # Errors
/// The encoding is unknown or the text is not in it.
pub fn bytes_of(data: &Value, encoding: &str) -> Result<Vec<u8>, Reason> {
    match data {
        Value::Bytes(_, bytes) => Ok(bytes.clone()),
        other => {
            let text = other.as_str().unwrap_or_default();
            let bytes = crate::encoding::bytes(text, encoding);
            bytes.ok_or_else(|| failed(FileProblem::Base64EncodeError, "", ""))
        }
    }
}
