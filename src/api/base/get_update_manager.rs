//! `wx.getUpdateManager`: tells of newer versions of the mini program.
//!
//! Official page: `api/base/update/wx.getUpdateManager`. There is one such object in a run.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::update::OpenUpdateManager;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getUpdateManager",
    group: Group::Base,
    summary: "Gives the object that tells of newer versions.",
    since: Version(1, 9, 90),
    form: Form::Object("UpdateManager"),
    support: Support::Partial("newer versions"),
    examples: &[Example {
        title: "Ask for a restart when a version is ready",
        js: "wx.getUpdateManager().onCheckForUpdate(({ hasUpdate }) => console.log(hasUpdate))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<ObjectId, Reason> {
    Ok(cx.world.apply(OpenUpdateManager))
}
