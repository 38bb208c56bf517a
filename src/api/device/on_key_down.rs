//! `wx.onKeyDown`: tells of keys that are pressed on a computer.
//!
//! Official page: `api/device/keyboard/wx.onKeyDown`.
//!
//! The step `event onKeyDown {"key":"a","code":"KeyA"}` makes it happen.
//!
//! Differs from the client: the step makes it happen on phones too.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onKeyDown",
    group: Group::Device,
    summary: "Listens: a key of a computer is pressed.",
    since: Version(3, 6, 0),
    form: Form::On("onKeyDown"),
    examples: &[Example {
        title: "Shortcuts",
        js: "wx.onKeyDown(({ key, code }) => console.log(key, code))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
