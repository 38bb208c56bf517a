//! `wx.getSystemSetting`: switches and orientation of the phone.
//!
//! Official page: `api/base/system/wx.getSystemSetting`.
//!
//! The step `switch bluetooth off` turns a switch; `resize` turns the phone.

use crate::api::system_info::system_setting;
use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSystemSetting",
    group: Group::Base,
    summary: "Gives the switches of the phone and how it is held.",
    since: Version(2, 20, 1),
    examples: &[Example {
        title: "Ask for Bluetooth only when it is on",
        js: "console.log(wx.getSystemSetting().bluetoothEnabled)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(system_setting(cx)))
}
