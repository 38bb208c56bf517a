//! `wx.getPrivacySetting`: whether the user must still agree to the privacy guide.
//!
//! Official page: `api/open-api/privacy/wx.getPrivacySetting`. No promise form.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getPrivacySetting",
    group: Group::Privacy,
    summary: "Tells whether the user must still agree to the privacy guide.",
    since: Version(2, 32, 3),
    promise: false,
    examples: &[Example {
        title: "Show an own dialog when it is needed",
        js: "wx.getPrivacySetting({ success: (it) => console.log(it.needAuthorization) })",
        replies: "getPrivacySetting:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let needed = cx.world.needs_privacy_agreement(&cx.caller);
    Ok(vec![
        ("needAuthorization".to_owned(), needed.into()),
        (
            "privacyContractName".to_owned(),
            cx.world.privacy_contract_name().into(),
        ),
    ])
}
