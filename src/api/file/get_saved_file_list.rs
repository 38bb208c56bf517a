//! `wx.getSavedFileList`: the files that were saved.
//!
//! Official page: `api/file/wx.getSavedFileList`.

use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSavedFileList",
    group: Group::File,
    summary: "Lists the files that were saved.",
    params: &[],
    fails: &[],
    examples: &[Example {
        title: "How many there are",
        js: "wx.getSavedFileList({ success: ({ fileList }) => console.log(fileList.length) })",
        replies: "getSavedFileList:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![("fileList".to_owned(), kept_files::list(cx))])
}
