//! `wx.openPrivacyContract`: shows the privacy guide.
//!
//! Official page: `api/open-api/privacy/wx.openPrivacyContract`. Reading it is no agreement. No promise
//! form.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openPrivacyContract",
    group: Group::Privacy,
    summary: "Shows the privacy guide.",
    since: Version(2, 32, 3),
    promise: false,
    examples: &[Example {
        title: "Let the user read the guide",
        js: "wx.openPrivacyContract({})",
        replies: "openPrivacyContract:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
