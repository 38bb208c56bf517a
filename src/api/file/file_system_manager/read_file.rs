//! `FileSystemManager.readFile`: the content of a file.
//!
//! Official page: `api/file/FileSystemManager.readFile`. Without `encoding` it is an ArrayBuffer; `position`
//! and `length` name a part (base library 2.10.0).

use super::{METHOD, at_once, twin};
use crate::api::file_access::{contents, failed, member, only, positional, shown, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readFile",
    summary: "Gives the content of a file, as text in an encoding or as ArrayBuffer.",
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("encoding", Class::String),
        Param {
            since: Version(2, 10, 0),
            ..Param::optional("position", Class::Number)
        },
        Param {
            since: Version(2, 10, 0),
            ..Param::optional("length", Class::Number)
        },
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::PositionOutOfRange.bare(),
        FileProblem::LengthOutOfRange.bare(),
        Reason::InvalidValue("encoding", String::new()),
    ],
    examples: &[Example {
        title: "Read a text",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.readFile({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, encoding: 'utf8', success: ({ data }) => console.log(data) })",
        replies: "readFile:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.readFileSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = text(options, "filePath");
    let content = contents(cx, path).map_err(failed(Named::Opened(path)))?;
    Ok(member("data", shown(cx, options, content.bytes())?))
}
