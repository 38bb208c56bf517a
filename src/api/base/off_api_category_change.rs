//! `wx.offApiCategoryChange`: removes one listener of `wx.onApiCategoryChange`, or all of them.
//!
//! Official page: `api/base/app/life-cycle/wx.offApiCategoryChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offApiCategoryChange",
    group: Group::Base,
    summary: "Removes one listener of `wx.onApiCategoryChange`, or all.",
    since: Version(2, 33, 0),
    form: Form::Off("onApiCategoryChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offApiCategoryChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
