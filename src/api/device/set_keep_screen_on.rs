//! `wx.setKeepScreenOn`: keeps the screen on while the program runs.
//!
//! Official page: `api/device/screen/wx.setKeepScreenOn`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::power::KeepScreenOn;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setKeepScreenOn",
    group: Group::Device,
    summary: "Keeps the screen on, or no longer.",
    since: Version(1, 4, 0),
    params: &[Param::required("keepScreenOn", Class::Boolean)],
    examples: &[Example {
        title: "Show a code for scanning",
        js: "wx.setKeepScreenOn({ keepScreenOn: true })",
        replies: "setKeepScreenOn:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let on = options.get("keepScreenOn").as_bool() == Some(true);
    cx.world.apply(KeepScreenOn(on));
    Ok(Vec::new())
}
