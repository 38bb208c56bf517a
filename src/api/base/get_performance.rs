//! `wx.getPerformance`: measured times of this run.
//!
//! Official page: `api/base/performance/wx.getPerformance`. What is measured, and what is a guess, is
//! told by the world's module of performance.
//!
//! Unverified: the object is the same each time.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::performance::OpenPerformance;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getPerformance",
    group: Group::Base,
    summary: "Gives the measured times of this run.",
    since: Version(2, 11, 0),
    form: Form::Object("Performance"),
    support: Support::Partial("resources of the view (`resourceTiming`)"),
    differs: "Fetching the main package and running scripts take no virtual time.",
    examples: &[Example {
        title: "How long the start took",
        js: "const [start] = wx.getPerformance().getEntriesByName('appLaunch', 'navigation');\n\
             console.log(start.duration);",
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
    Ok(cx.world.apply(OpenPerformance))
}
