//! `wx.hideKeyboard`: takes the keyboard away.
//!
//! Official page: `api/device/keyboard/wx.hideKeyboard`.
//!
//! Unverified: it succeeds without a keyboard.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::keyboard::LowerKeyboard;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideKeyboard",
    group: Group::Device,
    summary: "Hides the keyboard.",
    since: Version(2, 8, 2),
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
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(LowerKeyboard);
    Ok(Vec::new())
}
