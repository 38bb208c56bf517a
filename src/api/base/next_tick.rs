//! `wx.nextTick`: runs a function after the present task's own code.
//!
//! Official page: `api/ui/custom-component/wx.nextTick`. The behaviour is a matter of script: a
//! microtask of the prelude.
//!
//! Unverified: the client may run it later, with the next view update.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "nextTick",
    group: Group::Base,
    summary: "Runs a function at the end of the present task.",
    since: Version(2, 2, 3),
    form: Form::Script,
    examples: &[Example {
        title: "After the code that is running",
        js: "wx.nextTick(() => console.log('second')); console.log('first')",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
