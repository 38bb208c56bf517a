//! `FileSystemManager.getFileInfo`: size and digest of a file.
//!
//! Official page: `api/file/FileSystemManager.getFileInfo`.

use super::METHOD;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.getFileInfo",
    summary: "Gives size and digest of a file.",
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("digestAlgorithm", Class::String),
    ],
    fails: &[
        FileProblem::FileNotExist.bare(),
        Reason::InvalidValue("digestAlgorithm", String::new()),
    ],
    examples: &[Example {
        title: "Digest of a file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.getFileInfo({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, digestAlgorithm: 'sha256' })",
        replies: "getFileInfo:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    kept_files::info(cx, options)
}
