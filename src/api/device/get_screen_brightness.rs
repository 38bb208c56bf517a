//! `wx.getScreenBrightness`: how bright the screen is.
//!
//! Official page: `api/device/screen/wx.getScreenBrightness`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getScreenBrightness",
    group: Group::Device,
    summary: "Gives the brightness of the screen, 0 to 1.",
    since: Version(1, 2, 0),
    examples: &[Example {
        title: "Remember it",
        js: "wx.getScreenBrightness({ success: ({ value }) => console.log(value) })",
        replies: "getScreenBrightness:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![(
        "value".to_owned(),
        Value::Number(cx.world.brightness()),
    )])
}
