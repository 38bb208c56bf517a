//! `FileSystemManager.getFileInfo`: the size of a file.
//!
//! Official page: `api/file/FileSystemManager.getFileInfo`.

use super::METHOD;
use crate::api::file_access;
use crate::api::kept_files as kept;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.getFileInfo",
    summary: "Gives the size of a file.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[
        Reason::File(FileProblem::FileNotExist, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (size, _) = kept::info(cx, file_access::text(options, "filePath"))?;
    Ok(vec![("size".to_owned(), size)])
}
