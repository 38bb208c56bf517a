//! `wx.getWindowInfo`: gives the sizes of screen, window and bars.
//!
//! Official page: `api/base/system/wx.getWindowInfo`.
//!
//! Differs from the client: the device is one common model for each platform.

use crate::api::{Api, Cx, sync, system_info};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getWindowInfo",
    group: Group::Base,
    summary: "Gives the sizes of screen, window and bars.",
    since: Version(2, 20, 1),
    support: Support::Partial("navigationStyle custom, rotation, font size"),
    examples: &[Example {
        title: "Read one figure",
        js: "console.log(wx.getWindowInfo().windowHeight)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(system_info::window(cx)))
}
