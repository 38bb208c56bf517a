//! `FileSystemManager.fstat`: what is known of an open file.
//!
//! Official page: `api/file/FileSystemManager.fstat`.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{facts_at, member, named, only, stats, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.fstat",
    summary: "Gives size and times of an open file.",
    since: Version(2, 16, 1),
    params: &[Param::required("fd", Class::String)],
    fails: &[FileProblem::BadDescriptor.bare()],
    examples: &[Example {
        title: "Size of an open file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             const fd = fs.openSync({ filePath: `${wx.env.USER_DATA_PATH}/a.txt` });\n\
             fs.fstat({ fd, success: ({ stats }) => console.log(stats.size) })",
        replies: "fstat:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(&twin("FileSystemManager.fstatSync", &SPEC), at_once!(named));

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let open = cx.world.open_file(text(options, "fd"));
    let facts = open.and_then(|file| facts_at(cx, &file.path));
    let facts = facts.map_err(|_| FileProblem::BadDescriptor.bare())?;
    Ok(member("stats", stats(facts)))
}
