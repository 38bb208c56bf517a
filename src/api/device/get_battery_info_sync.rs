//! `wx.getBatteryInfoSync`: the battery of the phone, at once.
//!
//! Official page: `api/device/battery/wx.getBatteryInfoSync`.
//!
//! Differs from the client: it answers on iOS too, where the official page says that it is not
//! available, but not what it does.

use crate::api::system_info::battery;
use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBatteryInfoSync",
    group: Group::Device,
    summary: "Gives level and state of the battery.",
    differs: "It answers on iOS too, where the official page says that it is not available.",
    examples: &[Example {
        title: "Save power",
        js: "console.log(wx.getBatteryInfoSync().level)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(battery(cx.world)))
}
