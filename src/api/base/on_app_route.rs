//! `wx.onAppRoute`: tells of a route after its hooks.
//!
//! Official page: `api/base/app/app-route/wx.onAppRoute`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAppRoute",
    group: Group::Base,
    summary: "Listens: a route has happened.",
    since: Version(3, 5, 5),
    form: Form::On("onAppRoute"),
    examples: &[Example {
        title: "Count visits of pages",
        js: "wx.onAppRoute(({ path, openType }) => console.log(path, openType))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
