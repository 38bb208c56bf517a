//! `wx.requestIdleCallback`: runs a function when there is nothing else to do.
//!
//! Official page: `api/base/performance/wx.requestIdleCallback`. The behaviour
//! is a matter of script: a timer that is due at once, since the simulated logic layer is never busy.
//!
//! Unverified: the function gets `didTimeout` and `timeRemaining()`, as in browsers.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "requestIdleCallback",
    group: Group::Base,
    summary: "Runs a function when the program has nothing else to do.",
    since: Version(3, 10, 0),
    form: Form::Script,
    examples: &[Example {
        title: "Count visits when there is time",
        js: "wx.requestIdleCallback(() => console.log('idle'), { timeout: 3000 })",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
