//! `wx.onWindowStateChange`: tells the state of the window on a computer.
//!
//! Official page: `api/ui/window/wx.onWindowStateChange`.
//!
//! The step `window minimize` makes it happen.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onWindowStateChange",
    group: Group::Ui,
    summary: "Listens: the window on a computer is made small, large, or as before.",
    since: Version(3, 8, 8),
    form: Form::On("onWindowStateChange"),
    examples: &[Example {
        title: "Pause while nobody looks",
        js: "wx.onWindowStateChange(({ state }) => console.log(state))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
