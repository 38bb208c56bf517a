//! `wx.offThemeChange`: takes listeners away.
//!
//! Official page: `api/base/app/app-event/wx.offThemeChange`. Fires at the same moment as `App.onThemeChange`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offThemeChange",
    group: Group::Base,
    summary: "Stops one listener of `wx.onThemeChange`, or all of them.",
    since: Version(2, 11, 0),
    form: Form::Off("onThemeChange"),
    examples: &[Example {
        title: "Stop all listeners",
        js: "wx.offThemeChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
