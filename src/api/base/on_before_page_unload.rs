//! `wx.onBeforePageUnload`: tells of a page before it is closed.
//!
//! Official page: `api/base/app/app-route/wx.onBeforePageUnload`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBeforePageUnload",
    group: Group::Base,
    summary: "Listens: a page is about to be closed.",
    since: Version(3, 5, 5),
    form: Form::On("onBeforePageUnload"),
    examples: &[Example {
        title: "Keep its data",
        js: "wx.onBeforePageUnload(({ path, page }) => console.log(path, page.data))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
