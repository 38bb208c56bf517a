//! `wx.offLocationChange`: stops one listener of `wx.onLocationChange`, or all of them.
//!
//! Official page: `api/location/wx.offLocationChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offLocationChange",
    group: Group::Location,
    summary: "Stops one listener of `wx.onLocationChange`, or all of them.",
    since: Version(2, 8, 1),
    form: Form::Off("onLocationChange"),
    examples: &[Example {
        title: "Stop all",
        js: "wx.offLocationChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
