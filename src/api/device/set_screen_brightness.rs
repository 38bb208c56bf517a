//! `wx.setScreenBrightness`: makes the screen brighter or darker.
//!
//! Official page: `api/device/screen/wx.setScreenBrightness`. On Android -1 leaves it to the
//! system.
//!
//! Unverified: a value out of range is taken as the nearest one in it.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::power::SetBrightness;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setScreenBrightness",
    group: Group::Device,
    summary: "Sets the brightness of the screen, 0 to 1.",
    since: Version(1, 2, 0),
    params: &[Param::required("value", Class::Number)],
    examples: &[Example {
        title: "Show a code for scanning",
        js: "wx.setScreenBrightness({ value: 1 })",
        replies: "setScreenBrightness:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let value = options.get("value").as_f64().unwrap_or_default();
    cx.world.apply(SetBrightness(value));
    Ok(Vec::new())
}
