//! `wx.offScreenRecordingStateChanged`: removes one listener of `wx.onScreenRecordingStateChanged`, or all of them.
//!
//! Official page: `api/device/screen/wx.offScreenRecordingStateChanged`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offScreenRecordingStateChanged",
    group: Group::Device,
    summary: "Removes one listener of `wx.onScreenRecordingStateChanged`, or all.",
    since: Version(2, 24, 0),
    form: Form::Off("onScreenRecordingStateChanged"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offScreenRecordingStateChanged()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
