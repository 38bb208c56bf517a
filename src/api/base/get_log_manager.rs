//! `wx.getLogManager`: writes a log that the user can send with a complaint.
//!
//! Official page: `api/base/debug/wx.getLogManager`. The lines are console lines of the trace,
//! marked with the object.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getLogManager",
    group: Group::Base,
    summary: "Gives an object that writes log lines.",
    since: Version(2, 1, 0),
    form: Form::Script,
    examples: &[Example {
        title: "Log a step",
        js: "wx.getLogManager().info('paid', 17)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
