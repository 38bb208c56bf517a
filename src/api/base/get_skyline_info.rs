//! `wx.getSkylineInfo`: whether pages can be rendered by Skyline.
//!
//! Official page: `api/base/system/wx.getSkylineInfo`.
//!
//! Unverified: the version, and that computers do not have it.

use crate::api::system_info::skyline;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSkylineInfo",
    group: Group::Base,
    summary: "Tells whether the Skyline renderer is there.",
    since: Version(2, 26, 2),
    promise: false,
    differs: "No page is rendered; the version is a guess.",
    examples: &[Example {
        title: "Which renderer there is",
        js: "wx.getSkylineInfo({ success: ({ isSupported }) => console.log(isSupported) })",
        replies: "getSkylineInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(skyline(cx))
}
