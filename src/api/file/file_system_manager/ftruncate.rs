//! `FileSystemManager.ftruncate`: gives an open file another length.
//!
//! Official page: `api/file/FileSystemManager.ftruncate`. What is added are zeros.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{named, only, text, whole};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::ResizeOpen;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.ftruncate",
    summary: "Gives an open file another length.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("fd", Class::String),
        Param::optional("length", Class::Number),
    ],
    fails: &[
        FileProblem::BadDescriptor.bare(),
        FileProblem::DescriptorDenied.bare(),
        FileProblem::LengthOutOfRange.bare(),
        FileProblem::StorageLimitExceeded.bare(),
    ],
    examples: &[Example {
        title: "Empty an open file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             const fd = fs.openSync({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, flag: 'r+' });\n\
             fs.ftruncate({ fd, length: 0 })",
        replies: "ftruncate:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.ftruncateSync", &SPEC),
    at_once!(named),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let size = whole(options, "length", FileProblem::LengthOutOfRange)?.unwrap_or(0);
    let resized = cx.world.apply(ResizeOpen {
        caller: cx.caller.clone(),
        descriptor: text(options, "fd").to_owned(),
        size,
    });
    resized.map_err(FileProblem::bare)?;
    Ok(Vec::new())
}
