//! `wx.onError`: tells when a script error is not caught.
//!
//! Official page: `api/base/app/app-event/wx.onError`. Fires at the same moment as `App.onError`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onError",
    group: Group::Base,
    summary: "Listens: a script error is not caught.",
    since: Version(2, 1, 2),
    form: Form::On("onError"),
    examples: &[Example {
        title: "Count errors",
        js: "wx.onError((text) => console.log(text.length))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
