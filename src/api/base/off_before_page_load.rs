//! `wx.offBeforePageLoad`: removes one listener of `wx.onBeforePageLoad`, or all of them.
//!
//! Official page: `api/base/app/app-route/wx.offBeforePageLoad`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offBeforePageLoad",
    group: Group::Base,
    summary: "Removes one listener of `wx.onBeforePageLoad`, or all.",
    since: Version(3, 5, 5),
    form: Form::Off("onBeforePageLoad"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offBeforePageLoad()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
