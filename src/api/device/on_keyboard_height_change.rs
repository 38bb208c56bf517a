//! `wx.onKeyboardHeightChange`: tells how high the keyboard is.
//!
//! Official page: `api/device/keyboard/wx.onKeyboardHeightChange`.
//!
//! The step `keyboard HEIGHT` brings it up; 0 takes it away.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onKeyboardHeightChange",
    group: Group::Device,
    summary: "Listens: the keyboard has another height.",
    since: Version(2, 7, 0),
    form: Form::On("onKeyboardHeightChange"),
    examples: &[Example {
        title: "Keep the field above the keyboard",
        js: "wx.onKeyboardHeightChange(({ height }) => console.log(height))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
