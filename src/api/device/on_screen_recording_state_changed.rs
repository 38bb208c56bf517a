//! `wx.onScreenRecordingStateChanged`: tells whether the user films the screen.
//!
//! Official page: `api/device/screen/wx.onScreenRecordingStateChanged`.
//!
//! The step `recording start` begins one, `recording stop` ends it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onScreenRecordingStateChanged",
    group: Group::Device,
    summary: "Listens: the user begins or ends a film of the screen.",
    since: Version(2, 24, 0),
    form: Form::On("onScreenRecordingStateChanged"),
    examples: &[Example {
        title: "Hide what is secret",
        js: "wx.onScreenRecordingStateChanged(({ state }) => console.log(state))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
