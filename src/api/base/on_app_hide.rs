//! `wx.onAppHide`: tells when the mini program goes to the background.
//!
//! Official page: `api/base/app/app-event/wx.onAppHide`. Fires at the same moment as `App.onHide`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAppHide",
    group: Group::Base,
    summary: "Listens: the mini program goes to the background.",
    since: Version(2, 1, 2),
    form: Form::On("onAppHide"),
    examples: &[Example {
        title: "Save when the user leaves",
        js: "wx.onAppHide(() => wx.setStorageSync('left', Date.now()))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
