//! `wx.getSystemInfoSync`: gives system, window, device and client in one object.
//!
//! Official page: `api/base/system/system-info/wx.getSystemInfoSync`.
//!
//! Differs from the client: the device is one common model for each platform.

use crate::api::{Api, Cx, sync, system_info};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSystemInfoSync",
    group: Group::Base,
    summary: "Gives system, window, device and client in one object.",
    since: Version(1, 0, 0),
    support: Support::Partial("navigationStyle custom, rotation, font size"),
    examples: &[Example {
        title: "Read one figure",
        js: "console.log(wx.getSystemInfoSync().SDKVersion)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(system_info::system(cx)))
}
