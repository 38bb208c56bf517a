//! `VKSession`: looks at what the camera sees.
//!
//! Official page: `api/ai/visionkit/VKSession`. `start` is guarded by `scope.camera`, and its function gets a number, 0 for a success.
//! Its listeners (`on`, `off`) and its frames (`requestAnimationFrame`) are a matter of script (`js-prelude/86_vision.js`): a frame comes every
//! sixteen milliseconds of virtual time.
//!
//! Differs from the client: frames have no picture, and no anchor is ever added.
//! Unverified: starting twice succeeds; the number for a dialog of the scope without an answer; the frame of a session that does not
//! run is `null`; the camera looks straight ahead, with an angle of sixty degrees.

use crate::api::{Api, Class, Cx, Member, Reply, answer, sync};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Form, Group, Guard, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::vision::{SESSION, SessionState, SetSession};

/// The class.
pub const CLASS: Class = Class {
    name: SESSION,
    methods: METHODS,
    members: &[
        Member {
            name: "state",
            get: |cx| cx.world.session_of(cx.this()).number().into(),
            set: None,
        },
        Member {
            name: "cameraSize",
            get: |cx| {
                let (width, height) = cx.world.picture_of(cx.this());
                Value::object([("width", width.into()), ("height", height.into())])
            },
            set: None,
        },
    ],
    missing: &[
        "addMarker",
        "addOSDMarker",
        "detectBody",
        "detectDepth",
        "detectFace",
        "detectHand",
        "getAllMarker",
        "getAllOSDMarker",
        "removeMarker",
        "removeOSDMarker",
        "runOCR",
        "setDepthOccRange",
        "update3DMode",
        "updateMaskMode",
        "updateOSDThreshold",
    ],
};

/// What results of `VKSession.start` begin with.
const START: &str = "startVKSession";

const METHOD: ApiSpec = ApiSpec {
    group: Group::Ai,
    since: Version(2, 20, 0),
    ..ApiSpec::SYNC
};

const METHODS: &[Api] = &[
    answer(
        &ApiSpec {
            name: "VKSession.start",
            replies_as: START,
            summary: "Begins to look.",
            form: Form::Async,
            latency_ms: 50,
            guard: Guard::Scope("scope.camera"),
            privacy: Some(PrivacyItem::Camera),
            fails: &[
                Reason::AuthDeny,
                Reason::AuthCanceled,
                Reason::SystemPermissionDenied,
                Reason::NotSupported,
                Reason::Media(MediaProblem::SessionGone),
            ],
            ..METHOD
        },
        start,
    ),
    sync(
        &ApiSpec {
            name: "VKSession.stop",
            summary: "Pauses.",
            ..METHOD
        },
        |cx, _| Ok(set(cx, SessionState::Paused)),
    ),
    sync(
        &ApiSpec {
            name: "VKSession.destroy",
            summary: "Ends the session.",
            ..METHOD
        },
        |cx, _| Ok(set(cx, SessionState::Gone)),
    ),
    sync(
        &ApiSpec {
            name: "VKSession.hitTest",
            summary: "Gives the planes under a point: none.",
            differs: "No plane is ever found.",
            ..METHOD
        },
        |_, _| Ok(Value::Array(Vec::new())),
    ),
    sync(
        &ApiSpec {
            name: "VKSession.getVKFrame",
            summary: "Gives what the camera sees now, or `null`.",
            support: Support::Partial("pictures: textures, depth and JPEG data"),
            ..METHOD
        },
        frame,
    ),
];

fn start(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let session = cx.this();
    if !cx.world.has_version_of(session) {
        return Err(Reason::NotSupported);
    }
    match cx.world.apply(SetSession(session, SessionState::Runs)) {
        SessionState::Runs => Ok(vec![("status".to_owned(), 0_u32.into())]),
        _ => Err(Reason::Media(MediaProblem::SessionGone)),
    }
}

/// The number that the function given to `start` gets for a failure of that name; none for another API.
pub fn failed_status(name: &str, reason: &Reason) -> Option<u32> {
    (name == START).then(|| match reason {
        Reason::AuthCanceled | Reason::PrivacyRefused => 104,
        Reason::PrivacyUndeclared => 112,
        Reason::PrivacyBanned => 1_025,
        Reason::NotSupported => 2_000_004,
        Reason::SystemPermissionDenied => 2_003_001,
        Reason::AuthDeny => 2_003_002,
        Reason::Media(MediaProblem::SessionGone) => 2_003_000,
        _ => 2_000_000,
    })
}

fn set(cx: &mut Cx<'_>, state: SessionState) -> Value {
    let session = cx.this();
    cx.world.apply(SetSession(session, state));
    Value::Undefined
}

/// When the frame was taken, in nanoseconds of virtual time.
#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn frame(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    if cx.world.session_of(cx.this()) != SessionState::Runs {
        return Ok(Value::Null);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "the program gets a number anyway"
    )]
    let taken = (cx.world.now().0 as f64) * 1e6;
    Ok(Value::object([("timestamp", Value::Number(taken))]))
}

#[cfg(test)]
mod tests {
    use super::{Reason, failed_status};

    #[test]
    fn each_failure_has_the_number_of_the_page() {
        let of = |reason: Reason| failed_status("startVKSession", &reason);
        assert_eq!(of(Reason::AuthDeny), Some(2_003_002));
        assert_eq!(of(Reason::SystemPermissionDenied), Some(2_003_001));
        assert_eq!(of(Reason::PrivacyUndeclared), Some(112));
        assert_eq!(of(Reason::NoPermission), Some(2_000_000));
        assert_eq!(failed_status("start", &Reason::AuthDeny), None);
    }
}
