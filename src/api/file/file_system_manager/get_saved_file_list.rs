//! `FileSystemManager.getSavedFileList`: the files that were saved.
//!
//! Official page: `api/file/FileSystemManager.getSavedFileList`.

use super::METHOD;
use crate::api::kept_files as kept;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::ApiSpec;
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.getSavedFileList",
    summary: "Lists the files that were saved.",
    params: &[],
    fails: &[],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![("fileList".to_owned(), kept::list(cx))])
}
