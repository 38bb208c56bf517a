//! `wx.removeSavedFile`: removes a saved file.
//!
//! Official page: `api/file/wx.removeSavedFile`.

use crate::api::file_access::text;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "removeSavedFile",
    group: Group::File,
    summary: "Removes a saved file.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[Reason::File(FileProblem::FileNotExist, String::new())],
    examples: &[Example {
        title: "A file that is not there",
        js: "wx.removeSavedFile({ filePath: 'wxfile://store_none', fail() {} })",
        replies: "removeSavedFile:fail file not exist",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    kept_files::remove(cx, text(options, "filePath"))
}
