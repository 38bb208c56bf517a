//! `<button open-type="agreePrivacyAuthorization">`: the tap is agreement to the privacy guide.
//!
//! Official pages: `component/button`, "Privacy agreement development guide". Everything that the
//! guide names at that moment is agreed to. Other capabilities of the same button come after it.
//!
//! Unverified: the words of the result.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::AgreePrivacy;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.agreePrivacyAuthorization",
    group: Group::Button,
    summary: "Agrees to the privacy guide.",
    since: Version(2, 32, 3),
    form: Form::Button {
        success: "agreeprivacyauthorization",
        failure: "agreeprivacyauthorization",
    },
    promise: false,
    latency_ms: 0,
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(AgreePrivacy(cx.caller.clone()));
    Ok(Vec::new())
}
