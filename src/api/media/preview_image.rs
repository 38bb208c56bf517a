//! `wx.previewImage`: shows pictures over the page.
//!
//! Official page: `api/media/image/wx.previewImage`. Nothing is loaded by the call itself, so addresses are not
//! looked at.
//!
//! Unverified: the page stays shown for its hooks.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "previewImage",
    group: Group::Media,
    summary: "Shows pictures over the page.",
    params: &[
        Param::required("urls", Class::Array),
        Param::optional("current", Class::String),
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
        title: "One picture",
        js: "wx.previewImage({ urls: ['https://example.com/a.png'] })",
        replies: "previewImage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
