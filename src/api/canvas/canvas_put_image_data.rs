//! `wx.canvasPutImageData`: puts pixels onto a canvas.
//!
//! Official page: `api/canvas/wx.canvasPutImageData`. `data` holds four bytes for each pixel; its
//! `height` may be left out and follows from it.
//!
//! Unverified: `data` of another length than width and height ask for fails.

use crate::api::canvas_area::{PIXELS_MAX, whole};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CanvasProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::canvas::PutPixels;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "canvasPutImageData",
    group: Group::Canvas,
    summary: "Puts pixels onto a canvas.",
    since: Version(1, 9, 0),
    params: &[
        Param::required("canvasId", Class::String),
        Param::required("data", Class::Any),
        Param::required("x", Class::Number),
        Param::required("y", Class::Number),
        Param::required("width", Class::Number),
        Param::optional("height", Class::Number),
    ],
    fails: &[Reason::Canvas(CanvasProblem::WrongPixels)],
    examples: &[Example {
        title: "One red pixel",
        js: "const data = new Uint8ClampedArray([255, 0, 0, 255]);\n\
             wx.canvasPutImageData({ canvasId: 'c', data, x: 0, y: 0, width: 1 })",
        replies: "canvasPutImageData:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let wrong = || Reason::Canvas(CanvasProblem::WrongPixels);
    let Value::Bytes(_, bytes) = options.get("data") else {
        return Err(wrong());
    };
    let number = |key: &str| whole(options.get(key));
    let pixels = i64::try_from(bytes.len() / 4).map_err(|_| wrong())?;
    let width = number("width")
        .filter(|width| *width > 0)
        .ok_or_else(wrong)?;
    let height = number("height").unwrap_or(pixels / width);
    if width.checked_mul(height) != Some(pixels) || pixels == 0 || pixels > PIXELS_MAX {
        return Err(wrong());
    }
    let id = options.get("canvasId").as_str().unwrap_or_default();
    let place = cx.world.canvas_place(id).ok_or_else(wrong)?;
    let (left, top) = (number("x").unwrap_or(0), number("y").unwrap_or(0));
    cx.world.apply(PutPixels {
        place,
        area: (left, top, width, height),
        bytes: bytes.clone(),
    });
    Ok(Vec::new())
}
