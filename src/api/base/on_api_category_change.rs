//! `wx.onApiCategoryChange`: tells that other APIs are open than before.
//!
//! Official page: `api/base/app/life-cycle/wx.onApiCategoryChange`.
//!
//! The category follows from how the program is opened; coming back by another scene changes it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onApiCategoryChange",
    group: Group::Base,
    summary: "Listens: the program comes to the foreground in another category.",
    since: Version(2, 33, 0),
    form: Form::On("onApiCategoryChange"),
    examples: &[Example {
        title: "Hide what cannot be used",
        js: "wx.onApiCategoryChange(({ apiCategory }) => console.log(apiCategory))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
