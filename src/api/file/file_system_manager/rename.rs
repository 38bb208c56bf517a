//! `FileSystemManager.rename`: gives a file or folder of the user folder another path.
//!
//! Official page: `api/file/FileSystemManager.rename`.
//!
//! Unverified: a file takes the place of another, a folder that of an empty one.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{edit, failed, only, positional, text, writable};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::world::files::Edit;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.rename",
    summary: "Moves a file or folder.",
    params: &[
        Param::required("oldPath", Class::String),
        Param::required("newPath", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::DirectoryNotEmpty.bare(),
        FileProblem::NameTooLong.bare(),
        FileProblem::InvalidArgument.bare(),
    ],
    examples: &[Example {
        title: "Another name",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.rename({ oldPath: `${wx.env.USER_DATA_PATH}/a.txt`, newPath: `${wx.env.USER_DATA_PATH}/b.txt` })",
        replies: "rename:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.renameSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (old, new) = (text(options, "oldPath"), text(options, "newPath"));
    let renamed = writable(cx, old).and_then(|from| {
        let to = writable(cx, new)?;
        edit(cx, Edit::Rename { from, to })
    });
    renamed.map_err(failed(Named::Pair("rename", old, new)))?;
    Ok(Vec::new())
}
