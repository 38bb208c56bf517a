//! `wx.getSystemInfoAsync`: gives system, window, device and client in one object.
//!
//! Official page: `api/base/system/system-info/wx.getSystemInfoAsync`.
//!
//! Differs from the client: the device is one common model for each platform.

use crate::api::{Api, Cx, Reply, answer, system_info};
use crate::spec::{ApiSpec, Example, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSystemInfoAsync",
    group: Group::Base,
    summary: "Gives system, window, device and client in one object.",
    since: Version(2, 14, 1),
    promise: false,
    support: Support::Partial("navigationStyle custom, rotation, font size"),
    examples: &[Example {
        title: "Read one figure",
        js: "wx.getSystemInfoAsync({ success: ({ platform }) => console.log(platform) })",
        replies: "getSystemInfoAsync:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(system_info::system(cx))
}
