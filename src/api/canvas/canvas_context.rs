//! `CanvasContext`: records drawing, which `draw` hands over.
//!
//! Official page: `api/canvas/CanvasContext`. What it records is in `js-prelude/77_canvas.js`, in the
//! shape of base library 1.4.2: a path is part of the `fillPath`, `strokePath` or `clip` that uses
//! it. `draw` gives the recorded commands to the simulator, forgets them and calls back later;
//! without `reserve` the canvas is emptied first. `measureText` is by
//! [`text_width`](crate::world::text_width).
//!
//! Differs from the client: properties such as `fillStyle` record in every base library (1.9.90 there).
//!
//! Unverified: the callback of `draw` gets `drawCanvas:ok`.

use crate::api::{Class, Cx, Reply, answer};
use crate::spec::{ApiSpec, Group};
use crate::value::Value;

/// The class.
pub const CLASS: Class = Class {
    name: "CanvasContext",
    methods: &[answer(
        &ApiSpec {
            name: "CanvasContext.drawCanvas",
            group: Group::Canvas,
            summary: "Draws what was recorded: `draw`.",
            promise: false,
            latency_ms: 20,
            ..ApiSpec::ASYNC
        },
        drawn,
    )],
    members: &[],
    missing: &[],
};

/// The runtime has recorded the drawing already.
#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn drawn(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
