//! `wx.preloadWebview`: makes the web view of the next page ready.
//!
//! Official page: `api/base/performance/wx.preloadWebview`.
//!
//! Differs from the client: there is nothing to make ready.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "preloadWebview",
    group: Group::Base,
    summary: "Makes the web view of the next page ready.",
    since: Version(2, 15, 0),
    promise: false,
    differs: "There is nothing to make ready.",
    examples: &[Example {
        title: "Before the user goes on",
        js: "wx.preloadWebview()",
        replies: "preloadWebview:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
