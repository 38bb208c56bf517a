//! `wx.hideKeyboard`: takes the keyboard away.
//!
//! Official page: `api/device/keyboard/wx.hideKeyboard`.
//!
//! Differs from the client: no keyboard is simulated, and it succeeds without one.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideKeyboard",
    group: Group::Device,
    summary: "Hides the keyboard.",
    since: Version(2, 8, 2),
    differs: "It succeeds without a keyboard.",
    examples: &[Example {
        title: "When the form is sent",
        js: "wx.hideKeyboard()",
        replies: "hideKeyboard:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
