//! `wx.getSavedFileInfo`: size and time of a saved file.
//!
//! Official page: `api/file/wx.getSavedFileInfo`.

use crate::api::file_access::text;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSavedFileInfo",
    group: Group::File,
    summary: "Gives size and time of a saved file.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[Reason::File(FileProblem::FileNotExist, String::new())],
    examples: &[Example {
        title: "A file that is not there",
        js: "wx.getSavedFileInfo({ filePath: 'wxfile://store_none', fail() {} })",
        replies: "getSavedFileInfo:fail file not exist",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    kept_files::of_kept(cx, text(options, "filePath"))
}
