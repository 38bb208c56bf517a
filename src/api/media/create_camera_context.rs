//! `wx.createCameraContext`: gives the camera of the page.
//!
//! Official page: `api/media/camera/wx.createCameraContext`.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::camera::OpenCamera;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createCameraContext",
    group: Group::Media,
    summary: "Gives the camera of the page.",
    since: Version(1, 6, 0),
    form: Form::Object("CameraContext"),
    examples: &[Example {
        title: "Without a camera on the page",
        js: "wx.createCameraContext().takePhoto({ fail() {} })",
        replies: "takePhoto:fail no camera",
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
    Ok(cx.world.apply(OpenCamera))
}
