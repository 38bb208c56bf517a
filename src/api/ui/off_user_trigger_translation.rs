//! `wx.offUserTriggerTranslation`: removes one listener of `wx.onUserTriggerTranslation`, or all of them.
//!
//! Official page: `api/ui/menu/wx.offUserTriggerTranslation`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offUserTriggerTranslation",
    group: Group::Ui,
    summary: "Removes one listener of `wx.onUserTriggerTranslation`, or all.",
    since: Version(3, 7, 9),
    form: Form::Off("onUserTriggerTranslation"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offUserTriggerTranslation()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
