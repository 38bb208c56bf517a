//! `wx.offDeviceMotionChange`: removes one listener of `wx.onDeviceMotionChange`, or all of them.
//!
//! Official page: `api/device/motion/wx.offDeviceMotionChange`.
//! The sensor goes on.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offDeviceMotionChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onDeviceMotionChange`, or all.",
    since: Version(2, 9, 3),
    form: Form::Off("onDeviceMotionChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offDeviceMotionChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
