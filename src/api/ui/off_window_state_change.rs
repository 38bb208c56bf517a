//! `wx.offWindowStateChange`: removes one listener of `wx.onWindowStateChange`, or all of them.
//!
//! Official page: `api/ui/window/wx.offWindowStateChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offWindowStateChange",
    group: Group::Ui,
    summary: "Removes one listener of `wx.onWindowStateChange`, or all.",
    since: Version(3, 8, 8),
    form: Form::Off("onWindowStateChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offWindowStateChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
