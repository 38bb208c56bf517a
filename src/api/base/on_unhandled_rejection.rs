//! `wx.onUnhandledRejection`: tells when a rejected promise has no handler.
//!
//! Official page: `api/base/app/app-event/wx.onUnhandledRejection`. Fires at the same moment as `App.onUnhandledRejection`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onUnhandledRejection",
    group: Group::Base,
    summary: "Listens: a rejected promise has no handler.",
    since: Version(2, 10, 0),
    form: Form::On("onUnhandledRejection"),
    examples: &[Example {
        title: "See which call failed",
        js: "wx.onUnhandledRejection(({ reason }) => console.log(reason.errMsg))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
