//! `wx.saveFile`: keeps a temporary file.
//!
//! Official page: `api/file/wx.saveFile`. The temporary file is gone afterwards.

use crate::api::file_access::text;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "saveFile",
    group: Group::File,
    summary: "Moves a temporary file to the saved files.",
    params: &[Param::required("tempFilePath", Class::String)],
    fails: &[
        FileProblem::TempFileNotExist.bare(),
        FileProblem::StorageLimitExceeded.bare(),
    ],
    examples: &[Example {
        title: "Keep what was downloaded",
        js: "wx.downloadFile({ url: 'https://example.com/a.txt', success({ tempFilePath }) {\n\
             wx.saveFile({ tempFilePath });\n\
             } })",
        replies: "downloadFile:ok\nsaveFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let saved = kept_files::keep(cx, text(options, "tempFilePath"), "")?;
    Ok(vec![("savedFilePath".to_owned(), saved.into())])
}
