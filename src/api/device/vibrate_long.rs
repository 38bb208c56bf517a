//! `wx.vibrateLong`: a long vibration, 400 ms.
//!
//! Official page: `api/device/vibrate/wx.vibrateLong`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "vibrateLong",
    group: Group::Device,
    summary: "Vibrates for 400 ms.",
    since: Version(1, 2, 0),
    examples: &[Example {
        title: "Time is over",
        js: "wx.vibrateLong()",
        replies: "vibrateLong:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
