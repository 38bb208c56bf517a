//! `wx.offKeyUp`: removes one listener of `wx.onKeyUp`, or all of them.
//!
//! Official page: `api/device/keyboard/wx.offKeyUp`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offKeyUp",
    group: Group::Device,
    summary: "Removes one listener of `wx.onKeyUp`, or all.",
    since: Version(3, 6, 0),
    form: Form::Off("onKeyUp"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offKeyUp()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
