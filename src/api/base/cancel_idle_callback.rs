//! `wx.cancelIdleCallback`: takes a function of `wx.requestIdleCallback` back.
//!
//! Official page: `api/base/performance/wx.cancelIdleCallback`. The behaviour
//! is a matter of script.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cancelIdleCallback",
    group: Group::Base,
    summary: "Takes a waiting idle function back.",
    since: Version(3, 10, 0),
    form: Form::Script,
    examples: &[Example {
        title: "The page is left",
        js: "wx.cancelIdleCallback(wx.requestIdleCallback(() => console.log('never')))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
