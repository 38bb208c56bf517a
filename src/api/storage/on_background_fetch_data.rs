//! `wx.onBackgroundFetchData`: tells of data that WeChat fetched.
//!
//! Official page: `api/storage/background-fetch/wx.onBackgroundFetchData`.
//!
//! The step `fetched pre TEXT` lets data come. What came before somebody listens is not told.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBackgroundFetchData",
    group: Group::Storage,
    summary: "Listens: data were fetched.",
    since: Version(2, 8, 0),
    form: Form::On("onBackgroundFetchData"),
    examples: &[Example {
        title: "Show what came early",
        js: "wx.onBackgroundFetchData(({ fetchedData }) => console.log(fetchedData))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
