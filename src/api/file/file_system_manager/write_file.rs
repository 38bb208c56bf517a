//! `FileSystemManager.writeFile`: writes a whole file.
//!
//! Official page: `api/file/FileSystemManager.writeFile`. The folder must be there; a file that is there is
//! replaced.
//!
//! Unverified: the text for data of another class.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{data, only, positional, text, write};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.writeFile",
    summary: "Writes a file.",
    params: &[
        Param::required("filePath", Class::String),
        Param::required("data", Class::Any),
        Param::optional("encoding", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::NameTooLong.bare(),
        FileProblem::StorageLimitExceeded.bare(),
        FileProblem::Base64EncodeError.bare(),
        Reason::InvalidValue("encoding", String::new()),
        Reason::Parameter(String::new()),
    ],
    examples: &[Example {
        title: "Write a text",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFile({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, data: 'tea', encoding: 'utf8' })",
        replies: "writeFile:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.writeFileSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let bytes = data(options)?;
    write(cx, text(options, "filePath"), bytes)?;
    Ok(Vec::new())
}
