//! `wx.offUserOffTranslation`: removes one listener of `wx.onUserOffTranslation`, or all of them.
//!
//! Official page: `api/ui/menu/wx.offUserOffTranslation`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offUserOffTranslation",
    group: Group::Ui,
    summary: "Removes one listener of `wx.onUserOffTranslation`, or all.",
    since: Version(3, 14, 2),
    form: Form::Off("onUserOffTranslation"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offUserOffTranslation()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
