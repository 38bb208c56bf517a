//! `FileSystemManager.removeSavedFile`: removes a file that `saveFile` kept.
//!
//! Official page: `api/file/FileSystemManager.removeSavedFile`.

use super::METHOD;
use crate::api::file_access::text;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.removeSavedFile",
    summary: "Removes a file that was kept without a path.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[FileProblem::FileNotExist.bare()],
    examples: &[Example {
        title: "A file that was never kept",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.removeSavedFile({ filePath: 'wxfile://store_1', fail() {} })",
        replies: "removeSavedFile:fail file not exist",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    kept_files::remove(cx, text(options, "filePath"))
}
