//! `wx.offError`: takes listeners away.
//!
//! Official page: `api/base/app/app-event/wx.offError`. Fires at the same moment as `App.onError`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offError",
    group: Group::Base,
    summary: "Stops one listener of `wx.onError`, or all of them.",
    since: Version(2, 1, 2),
    form: Form::Off("onError"),
    examples: &[Example {
        title: "Stop all listeners",
        js: "wx.offError()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
