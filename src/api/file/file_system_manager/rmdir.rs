//! `FileSystemManager.rmdir`: removes a folder.
//!
//! Official page: `api/file/FileSystemManager.rmdir`. `recursive` (base library 2.3.0) removes what is in it.
//!
//! Unverified: the user folder itself cannot be removed.

use super::mkdir::RECURSIVE_SINCE;
use super::{METHOD, at_once, twin};
use crate::api::file_access::{edit, failed, flag, only, positional, text, writable};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::Edit;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.rmdir",
    summary: "Removes a folder.",
    params: &[
        Param::required("dirPath", Class::String),
        Param {
            since: Version(2, 3, 0),
            ..Param::optional("recursive", Class::Boolean)
        },
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::DirectoryNotEmpty.bare(),
        FileProblem::PermissionDenied.bare(),
    ],
    examples: &[Example {
        title: "An empty folder",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.mkdirSync(`${wx.env.USER_DATA_PATH}/d`);\n\
             fs.rmdir({ dirPath: `${wx.env.USER_DATA_PATH}/d` })",
        replies: "rmdir:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.rmdirSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "dirPath");
    let recursive = flag(options, "recursive") && cx.world.profile().sdk >= RECURSIVE_SINCE;
    let path = writable(cx, text);
    let removed = path.and_then(|path| edit(cx, Edit::RemoveFolder { path, recursive }));
    removed.map_err(failed(Named::Path(text)))?;
    Ok(Vec::new())
}
