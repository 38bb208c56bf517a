//! `wx.drawCanvas`: draws the actions of a context of `wx.createContext`.
//!
//! Official page: none any more; `CanvasContext.draw` took its place in 2017.
//!
//! Unverified: without `reserve` the canvas is emptied first, as by `draw`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::world::canvas::Draw;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "drawCanvas",
    group: Group::Canvas,
    summary: "Draws recorded actions onto a canvas of the page.",
    promise: false,
    params: &[
        Param::required("canvasId", Class::String),
        Param::required("actions", Class::Array),
        Param::optional("reserve", Class::Boolean),
    ],
    support: Support::Partial("pictures: drawing is recorded"),
    examples: &[Example {
        title: "Draw as in 2016",
        js: "const context = wx.createContext();\n\
             context.rect(5, 5, 25, 15);\n\
             context.stroke();\n\
             wx.drawCanvas({ canvasId: 'c', actions: context.getActions() })",
        replies: "drawCanvas:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let id = options.get("canvasId").as_str().unwrap_or_default();
    let actions = options.get("actions").items().iter();
    if let Some(place) = cx.world.canvas_place(id) {
        cx.world.apply(Draw {
            place,
            commands: actions.filter_map(Value::to_json).collect(),
            reserve: options.get("reserve").as_bool() == Some(true),
            size: None,
        });
    }
    Ok(Vec::new())
}
