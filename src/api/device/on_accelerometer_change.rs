//! `wx.onAccelerometerChange`: tells what the accelerometer reads.
//!
//! Official page: `api/device/accelerometer/wx.onAccelerometerChange`.
//!
//! Listening starts the sensor, unless it runs. The step `sensor` and the flag `--sensor` say what
//! it reads.
//!
//! Unverified: listening again after a stop starts it again; base library 1.4.2 did so only once.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAccelerometerChange",
    group: Group::Device,
    summary: "Listens: the accelerometer reports.",
    since: Version(1, 0, 0),
    form: Form::On("onAccelerometerChange"),
    examples: &[Example {
        title: "Show it",
        js: "wx.onAccelerometerChange(({ x, y, z }) => console.log(x, y, z))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
