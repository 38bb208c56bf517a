//! `wx.onKeyUp`: tells of keys that are released on a computer.
//!
//! Official page: `api/device/keyboard/wx.onKeyUp`.
//!
//! The step `event onKeyUp {"key":"a","code":"KeyA"}` makes it happen.
//!
//! Differs from the client: the step makes it happen on phones too.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onKeyUp",
    group: Group::Device,
    summary: "Listens: a key of a computer is released.",
    since: Version(3, 6, 0),
    form: Form::On("onKeyUp"),
    examples: &[Example {
        title: "Shortcuts",
        js: "wx.onKeyUp(({ key, code }) => console.log(key, code))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
