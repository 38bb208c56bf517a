//! `wx.onUserOffTranslation`: tells that the user ends the translation.
//!
//! Official page: `api/ui/menu/wx.onUserOffTranslation`.
//!
//! The step `event onUserOffTranslation` makes it happen.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onUserOffTranslation",
    group: Group::Ui,
    summary: "Listens: the user wants the program in its own language again.",
    since: Version(3, 14, 2),
    form: Form::On("onUserOffTranslation"),
    examples: &[Example {
        title: "Back to the texts as written",
        js: "wx.onUserOffTranslation(() => console.log('as written'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
