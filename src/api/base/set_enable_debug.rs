//! `wx.setEnableDebug`: turns the debugging panel on or off.
//!
//! Official page: `api/base/debug/wx.setEnableDebug`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setEnableDebug",
    group: Group::Base,
    summary: "Turns the debugging panel on or off.",
    since: Version(1, 4, 0),
    params: &[Param::required("enableDebug", Class::Boolean)],
    examples: &[Example {
        title: "Debug the published version",
        js: "wx.setEnableDebug({ enableDebug: true })",
        replies: "setEnableDebug:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
