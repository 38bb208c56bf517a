//! `FileSystemManager.access`: whether a file or folder is there.
//!
//! Official page: `api/file/FileSystemManager.access`.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{facts, only, positional, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.access",
    summary: "Tells whether a file or folder is there.",
    params: &[Param::required("path", Class::String)],
    fails: &[FileProblem::NoSuchFile.bare()],
    examples: &[Example {
        title: "Look for a file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.access({ path: `${wx.env.USER_DATA_PATH}/a.txt`, fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "access:fail no such file or directory wxfile://usr/a.txt",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.accessSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = text(options, "path");
    facts(cx, path).map_err(|_| FileProblem::NoSuchFile.of(Named::Path(path)))?;
    Ok(Vec::new())
}
