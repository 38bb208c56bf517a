//! `wx.cloud.CloudID`: stands for open data that a function decrypts.
//!
//! Official page: `wxcloud/reference-sdk-api`. An object, with or without `new`, to hand over to a cloud
//! function, which sees the data in its place.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.CloudID",
    group: Group::Cloud,
    summary: "Marks a value for cloud functions.",
    since: Version(2, 2, 3),
    form: Form::Script,
    examples: &[Example {
        title: "Mark a value",
        js: "console.log(JSON.stringify(new wx.cloud.CloudID('id')))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx.cloud`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
