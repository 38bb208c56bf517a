//! `wx.offUnhandledRejection`: takes listeners away.
//!
//! Official page: `api/base/app/app-event/wx.offUnhandledRejection`. Fires at the same moment as `App.onUnhandledRejection`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offUnhandledRejection",
    group: Group::Base,
    summary: "Stops one listener of `wx.onUnhandledRejection`, or all of them.",
    since: Version(2, 10, 0),
    form: Form::Off("onUnhandledRejection"),
    examples: &[Example {
        title: "Stop all listeners",
        js: "wx.offUnhandledRejection()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
