//! `wx.onLazyLoadError`: tells that the subpackage of a component was not loaded.
//!
//! Official page: `api/base/app/app-event/wx.onLazyLoadError`.
//!
//! The step `event onLazyLoadError {"subpackage":["packageA"]}` makes it happen: packages are never
//! late here by themselves.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onLazyLoadError",
    group: Group::Base,
    summary: "Listens: the subpackage of a component could not be loaded.",
    since: Version(2, 24, 3),
    form: Form::On("onLazyLoadError"),
    examples: &[Example {
        title: "Offer to try again",
        js: "wx.onLazyLoadError(({ errMsg }) => console.log(errMsg))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
