//! `wx.onBeforePageLoad`: tells of a page before it is made.
//!
//! Official page: `api/base/app/app-route/wx.onBeforePageLoad`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBeforePageLoad",
    group: Group::Base,
    summary: "Listens: a page is about to be made.",
    since: Version(3, 5, 5),
    form: Form::On("onBeforePageLoad"),
    examples: &[Example {
        title: "Ask for the data of the page early",
        js: "wx.onBeforePageLoad(({ path, query }) => console.log(path, query))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
