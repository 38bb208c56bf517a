//! `<live-pusher>`: appears on a page.
//!
//! Official page: `component/live-pusher`. It asks for `scope.camera` and `scope.record` (and for the agreement) when it appears; a
//! refusal is its event `error` with `errCode` 10001 for the camera and 10002 for the microphone. One on a page at most.
//!
//! Differs from the client: it has no other events, and needs no permission of the account.
//! Unverified: the camera is asked for first; a refused agreement counts as a refused camera; the words of a second one.

use crate::api::file_access::text;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class, Form, Group, Guard, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::live::AttachPusher;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "component.insertLivePusher",
    group: Group::Component,
    summary: "Shows a live pusher on a page.",
    since: Version(1, 7, 0),
    form: Form::Button {
        success: "",
        failure: "error",
    },
    promise: false,
    params: &[Param::optional("url", Class::String)],
    guard: Guard::Scopes(&[("scope.camera", 10_001), ("scope.record", 10_002)]),
    privacy: Some(PrivacyItem::Camera),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::Media(MediaProblem::OnePusher),
    ],
    support: Support::Partial("events of the broadcast"),
    ..ApiSpec::ASYNC
};

/// What happens when it appears.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let url = text(options, "url").to_owned();
    if cx.world.apply(AttachPusher { url }) {
        Ok(Vec::new())
    } else {
        Err(Reason::Media(MediaProblem::OnePusher))
    }
}
