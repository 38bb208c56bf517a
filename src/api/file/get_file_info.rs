//! `wx.getFileInfo`: size and digest of a file.
//!
//! Official page: `api/file/wx.getFileInfo`. `digestAlgorithm` is `md5` (the default), `sha1`
//! or `sha256`.

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
    fails: &[
        FileProblem::FileNotExist.bare(),
        Reason::InvalidValue("digestAlgorithm", String::new()),
    ],
    examples: &[Example {
        title: "A file that was written",
        js:
            "const filePath = `${wx.env.USER_DATA_PATH}/a.txt`;
\
             wx.getFileSystemManager().writeFileSync(filePath, 'tea');
\
             wx.getFileInfo({ filePath, success: ({ size, digest }) => console.log(size, digest) })",
        replies: "getFileInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    kept_files::info(cx, options)
}
