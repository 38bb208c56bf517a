//! `wx.offPageNotFound`: takes listeners away.
//!
//! Official page: `api/base/app/app-event/wx.offPageNotFound`. Fires at the same moment as `App.onPageNotFound`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offPageNotFound",
    group: Group::Base,
    summary: "Stops one listener of `wx.onPageNotFound`, or all of them.",
    since: Version(2, 1, 2),
    form: Form::Off("onPageNotFound"),
    examples: &[Example {
        title: "Stop all listeners",
        js: "wx.offPageNotFound()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
