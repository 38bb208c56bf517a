//! `wx.createOffscreenCanvas`: a canvas that no page shows.
//!
//! Official page: `api/canvas/wx.createOffscreenCanvas`. Options since base library 2.16.1; before,
//! width and height were arguments.
//!
//! Differs from the client: a context of the kind `webgl` is there and does nothing.
//!
//! Unverified: width and height are those of a canvas without styles when they are left out; both
//! kinds of context can be asked for, whatever `type` says.

use crate::api::canvas_area::sides;
use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::canvas::MakeCanvas;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createOffscreenCanvas",
    group: Group::Canvas,
    summary: "Makes a canvas that no page shows.",
    since: Version(2, 16, 1),
    form: Form::Object("OffscreenCanvas"),
    support: Support::Partial("pictures: drawing is recorded; webgl"),
    examples: &[Example {
        title: "Measure a text",
        js: "const canvas = wx.createOffscreenCanvas({ type: '2d', width: 100, height: 50 });\n\
             console.log(canvas.getContext('2d').measureText('wide').width)",
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
    let first = arguments.first().unwrap_or(&Value::Undefined);
    let size = match first {
        Value::Object(_) => sides(first.get("width"), first.get("height")),
        _ => sides(first, arguments.get(1).unwrap_or(&Value::Undefined)),
    };
    let class = "OffscreenCanvas";
    Ok(cx.world.apply(MakeCanvas { class, size }))
}
