//! `wx.onAppRouteDone`: tells that the animation of a route is over.
//!
//! Official page: `api/base/app/app-route/wx.onAppRouteDone`.
//!
//! The order of everything that listeners hear of a route is that of the official page "Listening to page routes".

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAppRouteDone",
    group: Group::Base,
    summary: "Listens: the animation of a route is over.",
    since: Version(3, 5, 5),
    form: Form::On("onAppRouteDone"),
    examples: &[Example {
        title: "Load what can wait",
        js: "wx.onAppRouteDone(({ path }) => console.log(path))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
