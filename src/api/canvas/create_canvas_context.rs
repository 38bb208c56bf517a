//! `wx.createCanvasContext`: records drawing onto a canvas of the page.
//!
//! Official page: `api/canvas/wx.createCanvasContext`. Deprecated since base library 2.9.0 and still
//! there. A second argument, the component in which the canvas is, is taken.
//!
//! Differs from the client: a canvas of any name is found, whether the page has it or not.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::world::canvas::OpenCanvasContext;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createCanvasContext",
    group: Group::Canvas,
    summary: "Gives an object that draws onto a canvas of the page.",
    form: Form::Object("CanvasContext"),
    support: Support::Partial("pictures: drawing is recorded"),
    examples: &[Example {
        title: "Draw a red square",
        js: "const context = wx.createCanvasContext('poster');\n\
             context.setFillStyle('red');\n\
             context.fillRect(0, 0, 10, 10);\n\
             context.draw(false, () => console.log('drawn'))",
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
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    let id = arguments.first().and_then(Value::as_str);
    let id = id.unwrap_or_default().to_owned();
    Ok(cx.world.apply(OpenCanvasContext(id)))
}
