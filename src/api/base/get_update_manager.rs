//! `wx.getUpdateManager`: tells of newer versions of the mini program.
//!
//! Official page: `api/base/update/wx.getUpdateManager`. There is never a newer version here:
//! `onCheckForUpdate` hears `hasUpdate: false` once in a run of the program, the other listeners
//! nothing.
//!
//! Unverified: a listener that is added after the result hears nothing.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getUpdateManager",
    group: Group::Base,
    summary: "Gives the object that tells of newer versions.",
    since: Version(1, 9, 90),
    form: Form::Script,
    support: Support::Partial("newer versions"),
    examples: &[Example {
        title: "Ask for a restart when a version is ready",
        js: "wx.getUpdateManager().onCheckForUpdate(({ hasUpdate }) => console.log(hasUpdate))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
