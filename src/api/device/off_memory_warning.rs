//! `wx.offMemoryWarning`: removes one listener of `wx.onMemoryWarning`, or all of them.
//!
//! Official page: `api/device/memory/wx.offMemoryWarning`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offMemoryWarning",
    group: Group::Device,
    summary: "Removes one listener of `wx.onMemoryWarning`, or all.",
    since: Version(2, 9, 0),
    form: Form::Off("onMemoryWarning"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offMemoryWarning()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
