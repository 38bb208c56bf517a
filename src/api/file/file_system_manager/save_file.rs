//! `FileSystemManager.saveFile`: keeps a temporary file.
//!
//! Official page: `api/file/FileSystemManager.saveFile`. The temporary file is moved: its path ends.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{member, only, positional, text};
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.saveFile",
    summary: "Keeps a temporary file, under a path or a new name.",
    params: &[
        Param::required("tempFilePath", Class::String),
        Param::optional("filePath", Class::String),
    ],
    fails: &[
        FileProblem::TempFileNotExist.bare(),
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::NameTooLong.bare(),
        FileProblem::StorageLimitExceeded.bare(),
    ],
    examples: &[Example {
        title: "Keep what was downloaded",
        js: "wx.downloadFile({ url: 'https://example.com/a.txt', success({ tempFilePath }) {\n\
             wx.getFileSystemManager().saveFile({ tempFilePath, filePath: `${wx.env.USER_DATA_PATH}/a.txt` });\n\
             } })",
        replies: "downloadFile:ok\nsaveFile:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.saveFileSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (temporary, wanted) = (text(options, "tempFilePath"), text(options, "filePath"));
    Ok(member(
        "savedFilePath",
        kept_files::keep(cx, temporary, wanted)?,
    ))
}
