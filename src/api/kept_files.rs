//! What `wx.saveFile` and its kin share with the methods of `FileSystemManager`.
//!
//! Official pages: `api/file/wx.saveFile`, `wx.getSavedFileList`, `wx.getFileInfo`.

use md5::{Digest, Md5};
use sha1::Sha1;

use super::Cx;
use super::file_access::{self, Found, failed};
use crate::crypto::hex;
use crate::errmsg::{FileProblem, Reason};
use crate::value::Value;
use crate::world::files::{FilePath, RemoveEntry, Root};
use crate::world::rng::{DrawText, Stream};

/// Moves a temporary file to a place of the user folder, or to the saved files; gives its path.
///
/// # Errors
/// There is no such file, or it cannot be placed.
pub fn keep(cx: &mut Cx<'_>, temporary: &str, wanted: &str) -> Result<String, Reason> {
    let missing = || failed(FileProblem::TempFileNotExist, "", "");
    let from = cx.world.file_path(temporary).ok_or_else(missing)?;
    if from.root != Root::Temp || file_access::look(cx, &from) != Found::File {
        return Err(missing());
    }
    let to = match wanted {
        "" => FilePath {
            root: Root::Saved,
            path: saved_name(cx, &from.path),
        },
        wanted => file_access::place(cx, wanted, "open")?,
    };
    let content = file_access::read(cx, temporary, "open")?;
    let shown = cx.world.shown_path(&to);
    file_access::write(cx, to, content, "open", wanted)?;
    let caller = cx.caller.clone();
    cx.world.apply(RemoveEntry { caller, path: from });
    Ok(shown)
}

fn saved_name(cx: &mut Cx<'_>, temporary: &str) -> String {
    let id = cx.world.apply(DrawText {
        stream: Stream::Ids,
        chars: 32,
    });
    match temporary.rsplit_once('.') {
        Some((_, ending)) => format!("{id}.{ending}"),
        None => id,
    }
}

/// `size` and the bytes of a file.
///
/// # Errors
/// There is none.
pub fn info(cx: &mut Cx<'_>, text: &str) -> Result<(Value, Vec<u8>), Reason> {
    let bytes = file_access::read(cx, text, "open");
    let bytes = bytes.map_err(|_| failed(FileProblem::FileNotExist, "", ""))?;
    Ok((count(bytes.len()), bytes))
}

/// The digest of bytes: `md5` or `sha1`.
pub fn digest(bytes: &[u8], algorithm: &str) -> String {
    match algorithm {
        "sha1" => hex::encode(&Sha1::digest(bytes)),
        _ => hex::encode(&Md5::digest(bytes)),
    }
}

/// `fileList`: path, size and time of each saved file.
pub fn list(cx: &Cx<'_>) -> Value {
    let root = saved("");
    let files = cx.world.entries_below(&cx.caller, &root);
    let facts = files.map(|(path, entry)| {
        let size = entry.content.as_ref().map_or(0, |content| content.0.len());
        Value::object([
            ("filePath", cx.world.shown_path(path).into()),
            ("createTime", seconds(entry.modified.0)),
            ("size", count(size)),
        ])
    });
    Value::Array(facts.collect())
}

/// Size and time of a saved file.
///
/// # Errors
/// There is none.
pub fn of_saved(cx: &Cx<'_>, text: &str) -> Result<(Value, Value), Reason> {
    let path = find(cx, text)?;
    let entry = cx.world.file_entry(&cx.caller, &path);
    let entry = entry.ok_or_else(|| failed(FileProblem::FileNotExist, "", ""))?;
    let size = entry.content.as_ref().map_or(0, |content| content.0.len());
    Ok((count(size), seconds(entry.modified.0)))
}

/// Removes a saved file.
///
/// # Errors
/// There is none.
pub fn remove(cx: &mut Cx<'_>, text: &str) -> Result<(), Reason> {
    let path = find(cx, text)?;
    let caller = cx.caller.clone();
    cx.world.apply(RemoveEntry { caller, path });
    Ok(())
}

fn find(cx: &Cx<'_>, text: &str) -> Result<FilePath, Reason> {
    let path = cx.world.file_path(text);
    let saved = path.filter(|path| path.root == Root::Saved);
    let there = saved.filter(|path| file_access::look(cx, path) == Found::File);
    there.ok_or_else(|| failed(FileProblem::FileNotExist, "", ""))
}

fn saved(path: &str) -> FilePath {
    FilePath {
        root: Root::Saved,
        path: path.to_owned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "bytes of a file")]
fn count(bytes: usize) -> Value {
    Value::Number(bytes as f64)
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a date")]
fn seconds(unix_ms: i64) -> Value {
    Value::Number(unix_ms.div_euclid(1000) as f64)
}
