//! `wx.onThemeChange`: tells when the system theme switches (app.json `darkmode`).
//!
//! Official page: `api/base/app/app-event/wx.onThemeChange`. Fires at the same moment as `App.onThemeChange`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onThemeChange",
    group: Group::Base,
    summary: "Listens: the system theme switches (app.json `darkmode`).",
    since: Version(2, 11, 0),
    form: Form::On("onThemeChange"),
    examples: &[Example {
        title: "Follow the theme",
        js: "wx.onThemeChange(({ theme }) => this.setData({ theme }))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
