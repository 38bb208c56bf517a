//! `wx.offAfterPageUnload`: removes one listener of `wx.onAfterPageUnload`, or all of them.
//!
//! Official page: `api/base/app/app-route/wx.offAfterPageUnload`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAfterPageUnload",
    group: Group::Base,
    summary: "Removes one listener of `wx.onAfterPageUnload`, or all.",
    since: Version(3, 5, 5),
    form: Form::Off("onAfterPageUnload"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offAfterPageUnload()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
