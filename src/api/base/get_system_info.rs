//! `wx.getSystemInfo`: gives system, window, device and client in one object.
//!
//! Official page: `api/base/system/system-info/wx.getSystemInfo`, which says that the callbacks of
//! this API come before the call returns.
//!
//! Differs from the client: the device is one common model for each platform.

use crate::api::{Api, Cx, Reply, answer, system_info};
use crate::spec::{ApiSpec, Example, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSystemInfo",
    group: Group::Base,
    summary: "Gives system, window, device and client in one object.",
    since: Version(1, 0, 0),
    calls_back_at_once: true,
    support: Support::Partial("navigationStyle custom, rotation, font size"),
    examples: &[Example {
        title: "Read one figure",
        js: "wx.getSystemInfo({ success: ({ platform }) => console.log(platform) })",
        replies: "getSystemInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(system_info::system(cx))
}
