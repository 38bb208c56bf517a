//! `wx.checkIsOpenAccessibility`: whether the phone reads the screen aloud.
//!
//! Official page: `api/device/accessibility/wx.checkIsOpenAccessibility`.
//!
//! Differs from the client: it is always off.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "checkIsOpenAccessibility",
    group: Group::Device,
    summary: "Tells whether the phone reads the screen aloud.",
    since: Version(2, 13, 0),
    differs: "It is always off.",
    examples: &[Example {
        title: "Longer pauses for listeners",
        js: "wx.checkIsOpenAccessibility({ success: ({ open }) => console.log(open) })",
        replies: "checkIsOpenAccessibility:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![("open".to_owned(), false.into())])
}
