//! `wx.offGyroscopeChange`: removes one listener of `wx.onGyroscopeChange`, or all of them.
//!
//! Official page: `api/device/gyroscope/wx.offGyroscopeChange`.
//! The sensor goes on.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offGyroscopeChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onGyroscopeChange`, or all.",
    since: Version(2, 9, 3),
    form: Form::Off("onGyroscopeChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offGyroscopeChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
