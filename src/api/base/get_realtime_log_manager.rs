//! `wx.getRealtimeLogManager`: writes a log that the developer reads online.
//!
//! Official page: `api/base/debug/wx.getRealtimeLogManager`. The lines are console lines of the
//! trace, marked with the object.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getRealtimeLogManager",
    group: Group::Base,
    summary: "Gives an object that writes log lines.",
    since: Version(2, 7, 1),
    form: Form::Script,
    support: Support::Partial("what `getCurrentState` tells"),
    examples: &[Example {
        title: "Log a step",
        js: "wx.getRealtimeLogManager().info('paid', 17)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
