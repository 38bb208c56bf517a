//! `wx.getRecorderManager`: the recorder.
//!
//! Official page: `api/media/recorder/wx.getRecorderManager`. There is one in a run.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::{ObjectId, SingleObject};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getRecorderManager",
    group: Group::Media,
    summary: "Gives the recorder.",
    since: Version(1, 6, 0),
    form: Form::Object("RecorderManager"),
    examples: &[Example {
        title: "Record",
        js: "const recorder = wx.getRecorderManager();\n\
             recorder.onStart(() => recorder.stop());\n\
             recorder.start({ format: 'mp3' })",
        replies: "operateRecorder:ok\noperateRecorder:ok",
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
    Ok(cx.world.apply(SingleObject("RecorderManager")))
}
