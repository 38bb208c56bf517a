//! `wx.offKeyboardHeightChange`: removes one listener of `wx.onKeyboardHeightChange`, or all of them.
//!
//! Official page: `api/device/keyboard/wx.offKeyboardHeightChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offKeyboardHeightChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onKeyboardHeightChange`, or all.",
    since: Version(2, 9, 2),
    form: Form::Off("onKeyboardHeightChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offKeyboardHeightChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
