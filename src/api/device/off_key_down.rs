//! `wx.offKeyDown`: removes one listener of `wx.onKeyDown`, or all of them.
//!
//! Official page: `api/device/keyboard/wx.offKeyDown`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offKeyDown",
    group: Group::Device,
    summary: "Removes one listener of `wx.onKeyDown`, or all.",
    since: Version(3, 6, 0),
    form: Form::Off("onKeyDown"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offKeyDown()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
