//! `wx.getFileInfo`: size and digest of a file.
//!
//! Official page: `api/file/wx.getFileInfo`. `digestAlgorithm` is `md5` (the default) or `sha1`.

use crate::api::file_access::text;
use crate::api::kept_files;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getFileInfo",
    group: Group::File,
    summary: "Gives size and digest of a file.",
    since: Version(1, 4, 0),
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("digestAlgorithm", Class::String),
    ],
    fails: &[Reason::File(FileProblem::FileNotExist, String::new())],
    examples: &[Example {
        title: "A file of the package",
        js: "wx.getFileInfo({ filePath: 'app.json', success: ({ digest }) => console.log(digest.length) })",
        replies: "getFileInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (size, bytes) = kept_files::info(cx, text(options, "filePath"))?;
    let digest = kept_files::digest(&bytes, text(options, "digestAlgorithm"));
    Ok(vec![
        ("size".to_owned(), size),
        ("digest".to_owned(), digest.into()),
    ])
}
