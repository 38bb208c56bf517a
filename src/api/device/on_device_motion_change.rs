//! `wx.onDeviceMotionChange`: tells how the phone is held.
//!
//! Official page: `api/device/motion/wx.onDeviceMotionChange`.
//!
//! It is started by
//! `wx.startDeviceMotionListening`. The step `sensor` and the flag `--sensor` say what
//! it reads.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onDeviceMotionChange",
    group: Group::Device,
    summary: "Listens: the orientation of the phone reports.",
    since: Version(2, 3, 0),
    form: Form::On("onDeviceMotionChange"),
    examples: &[Example {
        title: "Show it",
        js: "wx.onDeviceMotionChange(({ alpha, beta, gamma }) => console.log(alpha, beta, gamma))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
