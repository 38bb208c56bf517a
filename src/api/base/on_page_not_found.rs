//! `wx.onPageNotFound`: tells when the page to open does not exist.
//!
//! Official page: `api/base/app/app-event/wx.onPageNotFound`. Fires at the same moment as `App.onPageNotFound`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onPageNotFound",
    group: Group::Base,
    summary: "Listens: the page to open does not exist.",
    since: Version(2, 1, 2),
    form: Form::On("onPageNotFound"),
    examples: &[Example {
        title: "Show another page instead",
        js: "wx.onPageNotFound(() => wx.redirectTo({ url: '/pages/index/index' }))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
