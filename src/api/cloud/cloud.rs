//! `wx.cloud`: cloud development.
//!
//! Official page: `wxcloud/reference-sdk-api/Cloud`. Its members have rows of their own; the prelude puts
//! them into the object.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud",
    group: Group::Cloud,
    summary: "Holds cloud development: functions, files, the database.",
    since: Version(2, 2, 3),
    form: Form::Holder,
    support: Support::Partial("containers, extensions and services"),
    examples: &[Example {
        title: "Only where there is cloud development",
        js: "if (wx.cloud) wx.cloud.init()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
