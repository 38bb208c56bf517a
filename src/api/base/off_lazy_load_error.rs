//! `wx.offLazyLoadError`: removes one listener of `wx.onLazyLoadError`, or all of them.
//!
//! Official page: `api/base/app/app-event/wx.offLazyLoadError`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offLazyLoadError",
    group: Group::Base,
    summary: "Removes one listener of `wx.onLazyLoadError`, or all.",
    since: Version(2, 24, 3),
    form: Form::Off("onLazyLoadError"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offLazyLoadError()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
