//! `wx.onAfterPageLoad`: tells of a page that was made.
//!
//! Official page: `api/base/app/app-route/wx.onAfterPageLoad`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAfterPageLoad",
    group: Group::Base,
    summary: "Listens: a page was made and shown.",
    since: Version(3, 5, 5),
    form: Form::On("onAfterPageLoad"),
    examples: &[Example {
        title: "Hand over what was loaded meanwhile",
        js: "wx.onAfterPageLoad(({ path, page }) => console.log(path, page.is))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
