//! `wx.offAppRouteDone`: removes one listener of `wx.onAppRouteDone`, or all of them.
//!
//! Official page: `api/base/app/app-route/wx.offAppRouteDone`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAppRouteDone",
    group: Group::Base,
    summary: "Removes one listener of `wx.onAppRouteDone`, or all.",
    since: Version(3, 5, 5),
    form: Form::Off("onAppRouteDone"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offAppRouteDone()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
