//! `wx.offCompassChange`: removes one listener of `wx.onCompassChange`, or all of them.
//!
//! Official page: `api/device/compass/wx.offCompassChange`.
//! The sensor goes on.
use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offCompassChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onCompassChange`, or all.",
    since: Version(2, 9, 3),
    form: Form::Off("onCompassChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offCompassChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
