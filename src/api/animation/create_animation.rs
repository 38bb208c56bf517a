//! `wx.createAnimation`: describes animations that `export` turns into data for a view.
//!
//! Official page: `api/ui/animation/wx.createAnimation`. Each call gives a new object.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::value::Value;
use crate::world::object::{NewObject, ObjectId};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createAnimation",
    group: Group::Animation,
    summary: "Gives an object that describes animations.",
    form: Form::Object("Animation"),
    examples: &[Example {
        title: "Turn a view, then move it",
        js: "const animation = wx.createAnimation({ duration: 200 });\n\
             animation.rotate(90).step().translate(30).step({ duration: 100 });\n\
             this.setData({ animation: animation.export() })",
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
    Ok(cx.world.apply(NewObject("Animation")))
}
