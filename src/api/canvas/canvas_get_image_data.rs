//! `wx.canvasGetImageData`: the pixels of a part of a canvas.
//!
//! Official page: `api/canvas/wx.canvasGetImageData`. `data` is a `Uint8ClampedArray`.
//!
//! Differs from the client: pixels are transparent black unless the program put them there.
//!
//! Unverified: a negative width or height counts from the other side; an area without pixels fails.

use crate::api::canvas_area::area;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CanvasProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "canvasGetImageData",
    group: Group::Canvas,
    summary: "Gives the pixels of a part of a canvas.",
    since: Version(1, 9, 0),
    params: &[
        Param::required("canvasId", Class::String),
        Param::required("x", Class::Number),
        Param::required("y", Class::Number),
        Param::required("width", Class::Number),
        Param::required("height", Class::Number),
    ],
    fails: &[Reason::Canvas(CanvasProblem::NoBitmap)],
    support: Support::Partial("what was drawn"),
    differs: "Pixels are transparent black unless the program put them there.",
    examples: &[Example {
        title: "Look at one pixel",
        js: "wx.canvasGetImageData({ canvasId: 'c', x: 0, y: 0, width: 1, height: 1 })",
        replies: "canvasGetImageData:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let area = area(options).ok_or(Reason::Canvas(CanvasProblem::NoBitmap))?;
    let id = options.get("canvasId").as_str().unwrap_or_default();
    let place = cx
        .world
        .canvas_place(id)
        .ok_or(Reason::Canvas(CanvasProblem::NoBitmap))?;
    let bytes = cx.world.pixels(&place, area);
    #[expect(clippy::cast_precision_loss, reason = "sides of a small area")]
    let side = |side: i64| Value::Number(side as f64);
    Ok(vec![
        ("width".to_owned(), side(area.2)),
        ("height".to_owned(), side(area.3)),
        ("data".to_owned(), Value::Bytes("Uint8ClampedArray", bytes)),
    ])
}
