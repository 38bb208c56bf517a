//! `wx.onGyroscopeChange`: tells what the gyroscope reads.
//!
//! Official page: `api/device/gyroscope/wx.onGyroscopeChange`.
//!
//! It is started by
//! `wx.startGyroscope`. The step `sensor` and the flag `--sensor` say what
//! it reads.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onGyroscopeChange",
    group: Group::Device,
    summary: "Listens: the gyroscope reports.",
    since: Version(2, 3, 0),
    form: Form::On("onGyroscopeChange"),
    examples: &[Example {
        title: "Show it",
        js: "wx.onGyroscopeChange(({ x, y, z }) => console.log(x, y, z))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
