//! `wx.getBatteryInfo`: the battery of the phone.
//!
//! Official page: `api/device/battery/wx.getBatteryInfo`.

use crate::api::system_info::battery;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBatteryInfo",
    group: Group::Device,
    summary: "Gives level and state of the battery.",
    examples: &[Example {
        title: "Save power",
        js: "wx.getBatteryInfo({ success: ({ level }) => console.log(level) })",
        replies: "getBatteryInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(battery(cx.world))
}
