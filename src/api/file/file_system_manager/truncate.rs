//! `FileSystemManager.truncate`: gives a file another length.
//!
//! Official page: `api/file/FileSystemManager.truncate`. What is added are zeros.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{edit, failed, named, only, text, whole, writable};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::Edit;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.truncate",
    summary: "Gives a file another length.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("length", Class::Number),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::LengthOutOfRange.bare(),
        FileProblem::StorageLimitExceeded.bare(),
    ],
    examples: &[Example {
        title: "The first two bytes",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.truncate({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, length: 2 })",
        replies: "truncate:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.truncateSync", &SPEC),
    at_once!(named),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "filePath");
    let size = whole(options, "length", FileProblem::LengthOutOfRange)?.unwrap_or(0);
    let path = writable(cx, text);
    let resized = path.and_then(|path| edit(cx, Edit::Resize { path, size }));
    resized.map_err(failed(Named::Opened(text)))?;
    Ok(Vec::new())
}
