//! `wx.getFileSystemManager`: gives the object for files.
//!
//! Official page: `api/file/wx.getFileSystemManager`. There is one such object in a run.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::{ObjectId, SingleObject};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getFileSystemManager",
    group: Group::File,
    summary: "Gives the object for files.",
    since: Version(1, 9, 9),
    form: Form::Object("FileSystemManager"),
    support: Support::Partial("brotli files"),
    examples: &[Example {
        title: "Write a file and read it",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/note.txt`, 'tea');\n\
             console.log(fs.readFileSync(`${wx.env.USER_DATA_PATH}/note.txt`, 'utf8'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<ObjectId, Reason> {
    Ok(cx.world.apply(SingleObject("FileSystemManager")))
}
