//! `wx.requirePrivacyAuthorize`: asks for agreement to the privacy guide.
//!
//! Official page: `api/open-api/privacy/wx.requirePrivacyAuthorize`. Succeeds at once when the user
//! agreed before; else it goes the way of an API that collects something. No promise form.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row. The gate asks while anything that the guide names is not agreed to.
pub const SPEC: ApiSpec = ApiSpec {
    name: "requirePrivacyAuthorize",
    group: Group::Privacy,
    summary: "Asks the user to agree to the privacy guide, unless that was done.",
    since: Version(2, 32, 3),
    promise: false,
    needs_agreement: true,
    examples: &[Example {
        title: "Ask before the function is used",
        js: "wx.requirePrivacyAuthorize({ success: () => console.log('go on') })",
        replies: "requirePrivacyAuthorize:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
