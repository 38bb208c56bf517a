//! `FileSystemManager.appendFile`: puts something at the end of a file.
//!
//! Official page: `api/file/FileSystemManager.appendFile`. The file must be there.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{data, edit, failed, only, positional, text, writable};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::Edit;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.appendFile",
    summary: "Puts text or bytes at the end of a file.",
    since: Version(2, 1, 0),
    params: &[
        Param::required("filePath", Class::String),
        Param::required("data", Class::Any),
        Param::optional("encoding", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::StorageLimitExceeded.bare(),
        FileProblem::Base64EncodeError.bare(),
        Reason::InvalidValue("encoding", String::new()),
        Reason::Parameter(String::new()),
    ],
    examples: &[Example {
        title: "Go on writing",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.appendFile({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, data: ' pot' })",
        replies: "appendFile:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.appendFileSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "filePath");
    let bytes = data(options)?;
    let path = writable(cx, text);
    let appended = path.and_then(|path| edit(cx, Edit::Append { path, bytes }));
    appended.map_err(failed(Named::Opened(text)))?;
    Ok(Vec::new())
}
