//! What `wx.saveFile` and its kin share with the methods of `FileSystemManager`.
//!
//! Official pages: `api/file/wx.saveFile`, `wx.getSavedFileList`, `wx.getFileInfo`.

use super::file_access::{self, failed, number, seconds};
use super::{Cx, Reply};
use crate::crypto::digest;
use crate::errmsg::{FileProblem, Named, Reason};
use crate::value::Value;
use crate::world::files::{KeepFile, RemoveKept};

/// Moves a temporary file to a path of the user folder, or (empty) to the kept files; its new path.
///
/// # Errors
/// There is no such file, or it cannot be placed.
pub fn keep(cx: &mut Cx<'_>, temporary: &str, wanted: &str) -> Result<String, Reason> {
    let failed = failed(Named::Quoted(wanted));
    let target = match wanted {
        "" => None,
        wanted => Some(file_access::writable(cx, wanted).map_err(&failed)?),
    };
    let path = cx.world.file_path(temporary);
    let keep = path.map(|temporary| KeepFile {
        caller: cx.caller.clone(),
        temporary,
        target,
    });
    let keep = keep.ok_or(FileProblem::TempFileNotExist.bare())?;
    let kept = cx.world.apply(keep).map_err(failed)?;
    Ok(cx.world.shown_path(&kept))
}

/// Size and digest of a file: `digestAlgorithm` is `md5` when it is missing.
///
/// # Errors
/// There is no such file or algorithm.
pub fn info(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let algorithm = options.get("digestAlgorithm").as_str().unwrap_or("md5");
    let digest: fn(&[u8]) -> String = match algorithm {
        "md5" => digest::md5,
        "sha1" => digest::sha1,
        "sha256" => digest::sha256,
        other => return Err(Reason::InvalidValue("digestAlgorithm", other.to_owned())),
    };
    let content = file_access::contents(cx, file_access::text(options, "filePath"));
    let content = content.map_err(|_| FileProblem::FileNotExist.bare())?;
    Ok(vec![
        ("size".to_owned(), number(content.size())),
        ("digest".to_owned(), digest(content.bytes()).into()),
    ])
}

/// `fileList`: path, size and time of each kept file.
pub fn list(cx: &Cx<'_>) -> Value {
    let files = cx.world.kept_files(&cx.caller).into_iter();
    let files = files.map(|file| {
        Value::object([
            ("filePath", cx.world.shown_path(&file.path).into()),
            ("createTime", seconds(file.made)),
            ("size", number(file.size)),
        ])
    });
    Value::Array(files.collect())
}

/// Size and time of a kept file.
///
/// # Errors
/// There is none.
pub fn of_kept(cx: &Cx<'_>, text: &str) -> Reply {
    let path = cx.world.file_path(text);
    let mut files = cx.world.kept_files(&cx.caller).into_iter();
    let file = files.find(|file| Some(&file.path) == path.as_ref());
    let file = file.ok_or(FileProblem::FileNotExist.bare())?;
    Ok(vec![
        ("size".to_owned(), number(file.size)),
        ("createTime".to_owned(), seconds(file.made)),
    ])
}

/// Removes a kept file.
///
/// # Errors
/// There is none.
pub fn remove(cx: &mut Cx<'_>, text: &str) -> Reply {
    let path = cx.world.file_path(text);
    let path = path.ok_or(FileProblem::FileNotExist.bare())?;
    let caller = cx.caller.clone();
    let removed = cx.world.apply(RemoveKept { caller, path });
    removed.map_err(FileProblem::bare)?;
    Ok(Vec::new())
}
