//! `CameraFrameListener`: hears the frames of a camera.
//!
//! Official page: `api/media/camera/CameraFrameListener`. `CameraContext.onCameraFrame` gives it, with the function that gets the frames
//! (`js-prelude/81_camera.js`).
//!
//! Differs from the client: frames are gray and small, whatever the component's `frame-size`; a worker gets none.
//! Unverified: starting twice and stopping what does not run succeed; the words of failures.

use crate::api::{Api, Class, Cx, Reply, answer};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Param};
use crate::version::Version;
use crate::world::camera::SetFrames;

/// The class.
pub const CLASS: Class = Class {
    name: "CameraFrameListener",
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Media,
    since: Version(2, 7, 0),
    form: Form::Async,
    latency_ms: 10,
    fails: &[Reason::Media(MediaProblem::NoCamera)],
    ..ApiSpec::SYNC
};

const METHODS: &[Api] = &[
    answer(
        &ApiSpec {
            name: "CameraFrameListener.start",
            summary: "Begins to listen to frames.",
            params: &[Param::since("worker", Kind::Object, Version(2, 25, 1))],
            ..METHOD
        },
        |cx, _| set(cx, true),
    ),
    answer(
        &ApiSpec {
            name: "CameraFrameListener.stop",
            summary: "Ends listening to frames.",
            ..METHOD
        },
        |cx, _| set(cx, false),
    ),
];

fn set(cx: &mut Cx<'_>, on: bool) -> Reply {
    let listener = cx.this();
    let there = cx.world.apply(SetFrames { listener, on });
    there
        .then(Vec::new)
        .ok_or(Reason::Media(MediaProblem::NoCamera))
}
