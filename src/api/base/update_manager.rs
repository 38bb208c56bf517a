//! `UpdateManager`: tells of newer versions of the mini program.
//!
//! Official page: `api/base/update/UpdateManager`. There is never a newer version here:
//! `onCheckForUpdate` hears `hasUpdate: false` once in a run of the program, the other listeners
//! nothing, and `applyUpdate` does nothing.
//!
//! Unverified: a listener that is added after the result hears nothing.

use crate::api::{Class, Cx, listener, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The class.
pub const CLASS: Class = Class {
    name: "UpdateManager",
    methods: &[
        listener(&ApiSpec {
            name: "UpdateManager.onCheckForUpdate",
            summary: "Listens: WeChat has looked for a newer version.",
            form: Form::On("onCheckForUpdate"),
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "UpdateManager.onUpdateReady",
            summary: "Listens: a newer version was loaded.",
            form: Form::On("onUpdateReady"),
            support: Support::Partial("newer versions"),
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "UpdateManager.onUpdateFailed",
            summary: "Listens: a newer version could not be loaded.",
            form: Form::On("onUpdateFailed"),
            support: Support::Partial("newer versions"),
            ..METHOD
        }),
        sync(
            &ApiSpec {
                name: "UpdateManager.applyUpdate",
                summary: "Starts the program again with the newer version.",
                support: Support::Partial("newer versions"),
                ..METHOD
            },
            apply_update,
        ),
    ],
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Base,
    since: Version(1, 9, 90),
    ..ApiSpec::SYNC
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn apply_update(_: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Undefined)
}
