//! `wx.createContext`: the context of the first base libraries, whose actions `wx.drawCanvas` draws.
//!
//! Official page: none any more; `wx.createCanvasContext` took its place in 2017. The object is the
//! same and belongs to no canvas: `getActions` gives what was recorded and forgets it,
//! `clearActions` forgets it.
//!
//! Differs from the client: colours among the actions are as the program wrote them.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::world::object::{NewObject, ObjectId};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createContext",
    group: Group::Canvas,
    summary: "Gives an object that records drawing for `wx.drawCanvas`.",
    form: Form::Object("CanvasContext"),
    support: Support::Partial("pictures: drawing is recorded"),
    examples: &[Example {
        title: "Draw as in 2016",
        js: "const context = wx.createContext();\n\
             context.fillRect(0, 0, 10, 10);\n\
             wx.drawCanvas({ canvasId: 'poster', actions: context.getActions() })",
        replies: "drawCanvas:ok",
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
    Ok(cx.world.apply(NewObject("CanvasContext")))
}
