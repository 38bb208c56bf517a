//! `wx.openDocument`: shows a document in a page of the client.
//!
//! Official page: `api/file/wx.openDocument`. The kind is `fileType` or the ending of the path.
//!
//! Unverified: the words for a kind that the client cannot show; the program stays in the foreground.

use crate::api::file_access::{self, text};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openDocument",
    group: Group::File,
    summary: "Shows a document in a page of the client.",
    params: &[
        Param::required("filePath", Class::String),
        Param {
            since: Version(2, 11, 0),
            ..Param::optional("showMenu", Class::Boolean)
        },
        Param {
            since: Version(1, 4, 0),
            ..Param::optional("fileType", Class::String)
        },
    ],
    fails: &[
        FileProblem::FileNotExist.bare(),
        FileProblem::FileType.bare(),
    ],
    examples: &[Example {
        title: "A document that is not there",
        js: "wx.openDocument({ filePath: 'wxfile://usr/none.pdf', fail() {} })",
        replies: "openDocument:fail file not exist",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

/// Kinds of documents that the client shows.
const TYPES: &[&str] = &["doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf"];

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = text(options, "filePath");
    let there = file_access::contents(cx, path);
    there.map_err(|_| FileProblem::FileNotExist.bare())?;
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = match text(options, "fileType") {
        "" => ending,
        kind => kind,
    };
    if !TYPES.contains(&kind.to_ascii_lowercase().as_str()) {
        return Err(FileProblem::FileType.bare());
    }
    Ok(Vec::new())
}
