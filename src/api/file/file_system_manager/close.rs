//! `FileSystemManager.close`: closes an open file.
//!
//! Official page: `api/file/FileSystemManager.close`.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{named, only, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::CloseFile;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.close",
    summary: "Closes an open file.",
    since: Version(2, 16, 1),
    params: &[Param::required("fd", Class::String)],
    fails: &[FileProblem::BadDescriptor.bare()],
    examples: &[Example {
        title: "A file that is not open",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.close({ fd: '9', fail() {} })",
        replies: "close:fail bad file descriptor",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(&twin("FileSystemManager.closeSync", &SPEC), at_once!(named));

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let descriptor = text(options, "fd").to_owned();
    let closed = cx.world.apply(CloseFile(descriptor));
    closed.map_err(FileProblem::bare)?;
    Ok(Vec::new())
}
