//! `wx.previewMedia`: shows pictures and videos over the page.
//!
//! Official page: `api/media/image/wx.previewMedia`. Nothing is loaded by the call itself, so addresses are not
//! looked at.
//!
//! Unverified: the page stays shown for its hooks.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "previewMedia",
    group: Group::Media,
    summary: "Shows pictures and videos over the page.",
    since: Version(2, 12, 0),
    params: &[
        Param::required("sources", Class::Array),
        Param::optional("current", Class::Number),
        Param {
            since: Version(2, 13, 0),
            ..Param::optional("showmenu", Class::Boolean)
        },
        Param {
            since: Version(2, 13, 0),
            ..Param::optional("referrerPolicy", Class::String)
        },
    ],
    examples: &[Example {
        title: "A video",
        js: "wx.previewMedia({ sources: [{ url: 'https://example.com/a.mp4', type: 'video' }] })",
        replies: "previewMedia:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
