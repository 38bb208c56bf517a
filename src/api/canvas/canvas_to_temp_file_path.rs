//! `wx.canvasToTempFilePath`: makes a picture file of a canvas.
//!
//! Official page: `api/canvas/wx.canvasToTempFilePath`. The file has the size that was asked for: by
//! default the part from `x`, `y` to the canvas's end, times the phone's pixel ratio. A canvas that
//! was never drawn onto is empty (the words with their odd blank are quoted in many reports); call it
//! in the callback of `draw`.
//!
//! Differs from the client: the picture has one colour.
//!
//! Unverified: `create bitmap failed`, which Android phones report, on the other platforms; which
//! sizes are too large for it.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CanvasProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::canvas::{Canvas, Format, Place, picture};
use crate::world::files::MakeTempFile;
use crate::world::object::ObjectId;

const SINCE_1_2: Version = Version(1, 2, 0);

const fn number(name: &'static str) -> Param {
    Param {
        since: SINCE_1_2,
        ..Param::optional(name, Class::Number)
    }
}

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "canvasToTempFilePath",
    group: Group::Canvas,
    summary: "Makes a picture file of a part of a canvas.",
    params: &[
        Param::optional("canvasId", Class::String),
        Param::optional("canvas", Class::Object),
        number("x"),
        number("y"),
        number("width"),
        number("height"),
        number("destWidth"),
        number("destHeight"),
        Param {
            since: Version(1, 7, 0),
            ..Param::optional("fileType", Class::String)
        },
        Param {
            since: Version(1, 7, 0),
            ..Param::optional("quality", Class::Number)
        },
    ],
    latency_ms: 50,
    fails: &[
        Reason::Parameter(String::new()),
        Reason::Canvas(CanvasProblem::Empty),
        Reason::Canvas(CanvasProblem::NoBitmap),
    ],
    support: Support::Partial("what was drawn: the picture has one colour"),
    examples: &[Example {
        title: "Save a drawing",
        js: "wx.createCanvasContext('c').draw(false, () => wx.canvasToTempFilePath({ canvasId: 'c' }))",
        replies: "drawCanvas:ok\ncanvasToTempFilePath:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

/// Longest side of a picture, in pixels.
const SIDE_MAX: f64 = 16_384.0;

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let place = place(cx, options)?;
    let canvas = cx
        .world
        .canvas(&place)
        .ok_or(Reason::Canvas(CanvasProblem::Empty))?;
    let whole = canvas.size();
    let ratio = cx.world.phone().pixel_ratio;
    let number = |key: &str, usual: f64| match options.get(key) {
        Value::Undefined | Value::Null => usual,
        given => given.as_f64().unwrap_or(f64::NAN),
    };
    let side = |from: &str, length: &str, target: &str, all: u32| {
        let length = number(length, f64::from(all) - number(from, 0.0));
        let target = number(target, length * ratio);
        pixels(target).filter(|_| length > 0.0)
    };
    let width =
        side("x", "width", "destWidth", whole.0).ok_or(Reason::Canvas(CanvasProblem::NoBitmap))?;
    let height = side("y", "height", "destHeight", whole.1)
        .ok_or(Reason::Canvas(CanvasProblem::NoBitmap))?;
    let (format, ending) = match options.get("fileType").as_str() {
        Some("jpg") => (Format::Jpeg, "jpg"),
        _ => (Format::Png, "png"),
    };
    let path = cx.world.apply(MakeTempFile {
        caller: cx.caller.clone(),
        ending: ending.to_owned(),
        content: picture(format, width, height),
    });
    Ok(vec![("tempFilePath".to_owned(), path.into())])
}

/// The canvas that is asked for.
fn place(cx: &Cx<'_>, options: &Value) -> Result<Place, Reason> {
    let own = options.get("canvas").get("_id").as_f64();
    if let Some(number) = own {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "float casts saturate"
        )]
        let object = ObjectId(number as u32);
        let known = cx.world.canvas_of(object).cloned();
        return known.ok_or(Reason::Canvas(CanvasProblem::Empty));
    }
    let id = options.get("canvasId");
    let Some(text) = id.as_str() else {
        let class = id.class();
        let text = format!("parameter.canvasId should be String instead of {class};");
        return Err(Reason::Parameter(text));
    };
    let place = cx
        .world
        .canvas_place(text)
        .ok_or(Reason::Canvas(CanvasProblem::Empty))?;
    let drawn = cx.world.canvas(&place).is_some_and(Canvas::is_drawn);
    drawn
        .then_some(place)
        .ok_or(Reason::Canvas(CanvasProblem::Empty))
}

/// A side of a picture; `None` when there is no such picture.
fn pixels(side: f64) -> Option<u16> {
    let side = side.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the range"
    )]
    (1.0..=SIDE_MAX).contains(&side).then_some(side as u16)
}
