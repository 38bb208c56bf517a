//! `FileSystemManager.getSavedFileList`: the files that `saveFile` kept.
//!
//! Official page: `api/file/FileSystemManager.getSavedFileList`. Those kept under a path of their own are not in it.

use super::METHOD;
use crate::api::file_access::member;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.getSavedFileList",
    summary: "Lists the files that were kept without a path.",
    examples: &[Example {
        title: "Nothing was kept",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.getSavedFileList({ success: ({ fileList }) => console.log(fileList.length) })",
        replies: "getSavedFileList:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(member("fileList", kept_files::list(cx)))
}
