//! `wx.onUserTriggerTranslation`: tells that the user wants a translation.
//!
//! Official page: `api/ui/menu/wx.onUserTriggerTranslation`.
//!
//! The step `event onUserTriggerTranslation {"locale":"en_US"}` makes it happen.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onUserTriggerTranslation",
    group: Group::Ui,
    summary: "Listens: the user wants the program in another language.",
    since: Version(3, 7, 9),
    form: Form::On("onUserTriggerTranslation"),
    examples: &[Example {
        title: "Translate what the program draws itself",
        js: "wx.onUserTriggerTranslation(({ locale }) => console.log(locale))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
