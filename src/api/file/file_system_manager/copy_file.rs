//! `FileSystemManager.copyFile`: copies a file into the user folder.
//!
//! Official page: `api/file/FileSystemManager.copyFile`.
//!
//! Unverified: the copy takes the place of a file that is there.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{contents, edit, failed, only, positional, text, writable};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::world::files::Edit;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.copyFile",
    summary: "Copies a file.",
    params: &[
        Param::required("srcPath", Class::String),
        Param::required("destPath", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::NameTooLong.bare(),
        FileProblem::StorageLimitExceeded.bare(),
    ],
    examples: &[Example {
        title: "Copy a file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.copyFile({ srcPath: `${wx.env.USER_DATA_PATH}/a.txt`, destPath: `${wx.env.USER_DATA_PATH}/b.txt` })",
        replies: "copyFile:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.copyFileSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (source, target) = (text(options, "srcPath"), text(options, "destPath"));
    let copied = contents(cx, source).and_then(|content| {
        let path = writable(cx, target)?;
        edit(cx, Edit::Write { path, content })
    });
    copied.map_err(failed(Named::Pair("copyFile", source, target)))?;
    Ok(Vec::new())
}
