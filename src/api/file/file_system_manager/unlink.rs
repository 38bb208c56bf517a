//! `FileSystemManager.unlink`: removes a file of the user folder.
//!
//! Official page: `api/file/FileSystemManager.unlink`.
//!
//! Unverified: temporary and kept files cannot be removed with it.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{edit, failed, only, positional, text, writable};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::world::files::Edit;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.unlink",
    summary: "Removes a file.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::OperationNotPermitted.bare(),
    ],
    examples: &[Example {
        title: "Remove a file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.unlink({ filePath: `${wx.env.USER_DATA_PATH}/a.txt` })",
        replies: "unlink:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.unlinkSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "filePath");
    let path = writable(cx, text);
    let removed = path.and_then(|path| edit(cx, Edit::Remove { path }));
    removed.map_err(failed(Named::Path(text)))?;
    Ok(Vec::new())
}
