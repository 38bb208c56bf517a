//! `wx.onBeforeAppRoute`: tells of a route before it happens.
//!
//! Official page: `api/base/app/app-route/wx.onBeforeAppRoute`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".
//! `wx.rewriteRoute` leads it elsewhere.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBeforeAppRoute",
    group: Group::Base,
    summary: "Listens: a route is about to happen.",
    since: Version(3, 5, 5),
    form: Form::On("onBeforeAppRoute"),
    examples: &[Example {
        title: "Where the user goes",
        js: "wx.onBeforeAppRoute(({ path, openType }) => console.log(path, openType))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
