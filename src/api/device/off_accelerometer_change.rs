//! `wx.offAccelerometerChange`: removes one listener of `wx.onAccelerometerChange`, or all of them.
//!
//! Official page: `api/device/accelerometer/wx.offAccelerometerChange`.
//! The sensor goes on.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAccelerometerChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onAccelerometerChange`, or all.",
    since: Version(2, 9, 3),
    form: Form::Off("onAccelerometerChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offAccelerometerChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
