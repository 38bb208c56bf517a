//! `FileSystemManager.readCompressedFile`: unpacks a brotli file.
//!
//! Official page: `api/file/FileSystemManager.readCompressedFile`.
//!
//! Differs from the client: brotli is not simulated, so a file that is there fails with the text of what is
//! not simulated.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{contents, failed, named, only, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named, Reason};
use crate::spec::{ApiSpec, Class, Example, Param, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readCompressedFile",
    summary: "Reads a file that was compressed with brotli.",
    since: Version(2, 21, 1),
    params: &[
        Param::required("filePath", Class::String),
        Param::required("compressionAlgorithm", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        Reason::InvalidValue("compressionAlgorithm", String::new()),
        Reason::NotSimulated,
    ],
    support: Support::Partial("unpacking"),
    examples: &[Example {
        title: "A file that is not there",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.readCompressedFile({ filePath: `${wx.env.USER_DATA_PATH}/a.br`, compressionAlgorithm: 'br', fail() {} })",
        replies: "readCompressedFile:fail no such file or directory, open wxfile://usr/a.br",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.readCompressedFileSync", &SPEC),
    at_once!(named),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let algorithm = text(options, "compressionAlgorithm");
    if algorithm != "br" {
        return Err(Reason::InvalidValue(
            "compressionAlgorithm",
            algorithm.to_owned(),
        ));
    }
    let path = text(options, "filePath");
    contents(cx, path).map_err(failed(Named::Opened(path)))?;
    Err(Reason::NotSimulated)
}
