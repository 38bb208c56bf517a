//! `wx.getSkylineInfoSync`: whether pages can be rendered by Skyline.
//!
//! Official page: `api/base/system/wx.getSkylineInfoSync`.
//!
//! Unverified: the version, and that computers do not have it.

use crate::api::system_info::skyline;
use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSkylineInfoSync",
    group: Group::Base,
    summary: "Tells whether the Skyline renderer is there, at once.",
    since: Version(2, 26, 2),
    differs: "No page is rendered; the version is a guess.",
    examples: &[Example {
        title: "Which renderer there is",
        js: "console.log(wx.getSkylineInfoSync().isSupported)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(skyline(cx)))
}
