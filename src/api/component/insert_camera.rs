//! `<camera>`: appears on a page.
//!
//! Official page: `component/camera`. It asks for `scope.camera` (and for the agreement) when it appears;
//! a refusal is its event `error`. One on a page at most.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group, Guard};
use crate::value::Value;
use crate::version::Version;
use crate::world::camera::AttachCamera;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "component.insertCamera",
    group: Group::Component,
    summary: "Shows the camera on a page.",
    since: Version(1, 6, 0),
    form: Form::Button {
        success: "initdone",
        failure: "error",
    },
    promise: false,
    guard: Guard::Scope("scope.camera"),
    privacy: Some(PrivacyItem::Camera),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::OneCamera,
    ],
    ..ApiSpec::ASYNC
};

/// What happens when it appears.
pub const API: Api = answer(&SPEC, call);

/// Largest zoom of the simulated camera.
const MAX_ZOOM: u32 = 10;

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    if cx.world.apply(AttachCamera) {
        Ok(vec![("maxZoom".to_owned(), MAX_ZOOM.into())])
    } else {
        Err(Reason::OneCamera)
    }
}
