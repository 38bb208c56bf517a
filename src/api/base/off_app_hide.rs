//! `wx.offAppHide`: takes listeners away.
//!
//! Official page: `api/base/app/app-event/wx.offAppHide`. Fires at the same moment as `App.onHide`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAppHide",
    group: Group::Base,
    summary: "Stops one listener of `wx.onAppHide`, or all of them.",
    since: Version(2, 1, 2),
    form: Form::Off("onAppHide"),
    examples: &[Example {
        title: "Stop all listeners",
        js: "wx.offAppHide()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
