//! `FileSystemManager.removeSavedFile`: removes a saved file.
//!
//! Official page: `api/file/FileSystemManager.removeSavedFile`.

use super::METHOD;
use crate::api::file_access;
use crate::api::kept_files as kept;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.removeSavedFile",
    summary: "Removes a saved file.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[Reason::File(FileProblem::FileNotExist, String::new())],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    kept::remove(cx, file_access::text(options, "filePath"))?;
    Ok(Vec::new())
}
