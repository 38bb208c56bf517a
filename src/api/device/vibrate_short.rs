//! `wx.vibrateShort`: a short vibration, 15 ms.
//!
//! Official page: `api/device/vibrate/wx.vibrateShort`.
//!
//! Unverified: the official page calls `type` required; a call without it, or with an unknown one,
//! succeeds.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "vibrateShort",
    group: Group::Device,
    summary: "Vibrates for 15 ms.",
    since: Version(1, 2, 0),
    params: &[Param {
        since: Version(2, 13, 0),
        ..Param::optional("type", Class::String)
    }],
    examples: &[Example {
        title: "Feel the tap",
        js: "wx.vibrateShort({ type: 'medium' })",
        replies: "vibrateShort:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
