//! `OffscreenCanvas`: a canvas of the program's own, with contexts and images.
//!
//! Official page: `api/canvas/OffscreenCanvas`; `Canvas` for the members that a canvas of a page has
//! besides. Its script is `js-prelude/78_canvas_2d.js`: a context of the kind `2d` has the methods
//! and properties of the web's, records what it draws and hands it over at the end of the task.
//!
//! Differs from the client: `isPointInPath` and `isPointInStroke` are always false.

use crate::api::{Class, Cx, sync};
use crate::crypto::base64_text;
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::canvas::{Canvas, Format, picture};

/// The class.
pub const CLASS: Class = Class {
    name: "OffscreenCanvas",
    methods: &[sync(
        &ApiSpec {
            name: "OffscreenCanvas.toDataURL",
            group: Group::Canvas,
            summary: "Gives a picture of the canvas as a data URL.",
            since: Version(2, 11, 0),
            support: Support::Partial("what was drawn: the picture has one colour"),
            ..ApiSpec::SYNC
        },
        to_data_url,
    )],
    members: &[],
    missing: &[],
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn to_data_url(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let place = cx.world.canvas_of(cx.this());
    let canvas = place.and_then(|place| cx.world.canvas(place));
    let (width, height) = canvas.map_or((0, 0), Canvas::size);
    let side = |side: u32| u16::try_from(side).ok().filter(|side| *side > 0);
    let (Some(width), Some(height)) = (side(width), side(height)) else {
        return Ok("data:,".into());
    };
    let (format, kind) = match arguments.first().and_then(Value::as_str) {
        Some("image/jpeg") => (Format::Jpeg, "jpeg"),
        _ => (Format::Png, "png"),
    };
    let bytes = base64_text::encode(&picture(format, width, height));
    Ok(format!("data:image/{kind};base64,{bytes}").into())
}
