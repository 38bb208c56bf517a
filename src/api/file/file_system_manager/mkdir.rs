//! `FileSystemManager.mkdir`: makes a folder.
//!
//! Official page: `api/file/FileSystemManager.mkdir`. `recursive` (base library 2.3.0) makes the folders
//! on the way too; a folder that is there is a failure even then.

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
    name: "FileSystemManager.mkdir",
    summary: "Makes a folder.",
    params: &[
        Param::required("dirPath", Class::String),
        Param {
            since: Version(2, 3, 0),
            ..Param::optional("recursive", Class::Boolean)
        },
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::AlreadyExists.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::NameTooLong.bare(),
    ],
    examples: &[Example {
        title: "A folder in a folder",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.mkdir({ dirPath: `${wx.env.USER_DATA_PATH}/a/b`, recursive: true })",
        replies: "mkdir:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.mkdirSync", &SPEC),
    at_once!(positional),
);

/// Base library that introduced `recursive`.
pub(super) const RECURSIVE_SINCE: Version = Version(2, 3, 0);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "dirPath");
    let recursive = flag(options, "recursive") && cx.world.profile().sdk >= RECURSIVE_SINCE;
    let path = writable(cx, text);
    let made = path.and_then(|path| edit(cx, Edit::MakeFolder { path, recursive }));
    made.map_err(failed(Named::Path(text)))?;
    Ok(Vec::new())
}
