//! `wx.createVideoContext`: gives an object that drives a video of the page.
//!
//! Official page: `api/media/video/wx.createVideoContext`.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::world::object::ObjectId;
use crate::world::video::OpenVideo;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createVideoContext",
    group: Group::Media,
    summary: "Gives an object that drives a video of the page.",
    form: Form::Object("VideoContext"),
    support: Support::Partial("events of the video"),
    examples: &[Example {
        title: "Play",
        js: "wx.createVideoContext('clip').play()",
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
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    let id = arguments.first().and_then(Value::as_str);
    let id = id.unwrap_or_default().to_owned();
    Ok(cx.world.apply(OpenVideo { id }))
}
