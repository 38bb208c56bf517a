//! `FileSystemManager.unzip`: unpacks an archive into the user folder.
//!
//! Official page: `api/file/FileSystemManager.unzip`. The folder is made when the one it lies in is there; files
//! that are there are replaced.
//!
//! Unverified: an archive whose files would not fit is refused before anything is written.

use super::METHOD;
use crate::api::file_access::{contents, edit, failed, text, writable};
use crate::api::zip_archive::{Entry, ZipArchive};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::world::files::{Edit, FilePath, bytes_max};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.unzip",
    summary: "Unpacks a zip archive.",
    params: &[
        Param::required("zipFilePath", Class::String),
        Param::required("targetPath", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::NameTooLong.bare(),
        FileProblem::UnzipOpen.bare(),
        FileProblem::UnzipEntry.bare(),
        FileProblem::StorageLimitExceeded.bare(),
    ],
    examples: &[Example {
        title: "Something that is no archive",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.unzip({ zipFilePath: `${wx.env.USER_DATA_PATH}/a.txt`, targetPath: wx.env.USER_DATA_PATH, fail() {} })",
        replies: "unzip:fail unzip open file fail",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (source, target) = (text(options, "zipFilePath"), text(options, "targetPath"));
    unzip(cx, source, target).map_err(failed(Named::Pair("unzip", source, target)))?;
    Ok(Vec::new())
}

fn unzip(cx: &mut Cx<'_>, source: &str, target: &str) -> Result<(), FileProblem> {
    let content = contents(cx, source)?;
    let folder = writable(cx, target)?;
    let archive = ZipArchive::open(content.bytes()).map_err(|_| FileProblem::UnzipOpen)?;
    let size: u64 = archive.entries().iter().map(|entry| entry.size).sum();
    let used = cx.world.files_bytes(&cx.caller);
    if used + size > bytes_max(cx.world.profile()) {
        return Err(FileProblem::StorageLimitExceeded);
    }
    make(cx, folder.clone(), false)?;
    for entry in archive.entries() {
        let path = inside(&folder, entry).ok_or(FileProblem::UnzipEntry)?;
        if entry.is_folder() {
            make(cx, path, true)?;
            continue;
        }
        if let Some((parent, _)) = path.rsplit_once('/') {
            make(cx, parent.to_owned(), true)?;
        }
        let bytes = archive.read(entry).map_err(|_| FileProblem::UnzipEntry)?;
        let content = bytes.into();
        edit(cx, Edit::Write { path, content })?;
    }
    Ok(())
}

/// Makes a folder that is not there.
fn make(cx: &mut Cx<'_>, path: String, recursive: bool) -> Result<(), FileProblem> {
    match cx
        .world
        .file_facts(&cx.caller, &FilePath::user(path.clone()))
    {
        Ok(facts) if facts.is_folder => Ok(()),
        Ok(_) => Err(FileProblem::NotADirectory),
        Err(_) => edit(cx, Edit::MakeFolder { path, recursive }),
    }
}

/// Where a file of an archive goes; `None` when that is outside of the folder.
fn inside(folder: &str, entry: &Entry) -> Option<String> {
    let path = entry.path.trim_end_matches('/');
    let odd = |part: &str| part.is_empty() || part == "." || part == "..";
    if path.split('/').any(odd) {
        return None;
    }
    Some(match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    })
}
