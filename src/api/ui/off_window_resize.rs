//! `wx.offWindowResize`: removes one listener of `wx.onWindowResize`, or all of them.
//!
//! Official page: `api/ui/window/wx.offWindowResize`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offWindowResize",
    group: Group::Ui,
    summary: "Removes one listener of `wx.onWindowResize`, or all.",
    since: Version(2, 3, 0),
    form: Form::Off("onWindowResize"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offWindowResize()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
