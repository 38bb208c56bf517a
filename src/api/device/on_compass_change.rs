//! `wx.onCompassChange`: tells what the compass reads.
//!
//! Official page: `api/device/compass/wx.onCompassChange`.
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
    name: "onCompassChange",
    group: Group::Device,
    summary: "Listens: the compass reports.",
    since: Version(1, 0, 0),
    form: Form::On("onCompassChange"),
    examples: &[Example {
        title: "Show it",
        js: "wx.onCompassChange(({ direction }) => console.log(direction))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
