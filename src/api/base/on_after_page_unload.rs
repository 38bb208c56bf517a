//! `wx.onAfterPageUnload`: tells of a page that was closed.
//!
//! Official page: `api/base/app/app-route/wx.onAfterPageUnload`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAfterPageUnload",
    group: Group::Base,
    summary: "Listens: a page was closed.",
    since: Version(3, 5, 5),
    form: Form::On("onAfterPageUnload"),
    examples: &[Example {
        title: "Free what belonged to it",
        js: "wx.onAfterPageUnload(({ path }) => console.log(path))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
