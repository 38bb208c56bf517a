//! `wx.getLaunchOptionsSync`: values of the cold start.
//!
//! Official page: `api/base/app/life-cycle/wx.getLaunchOptionsSync`. Each call gives a new object, as since base
//! library 3.10.1.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::enter_options::EnterOptions;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getLaunchOptionsSync",
    group: Group::Base,
    summary: "Gives the values of the cold start.",
    since: Version(2, 1, 2),
    examples: &[Example {
        title: "Where the user came from at the start",
        js: "console.log(wx.getLaunchOptionsSync().query)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(cx
        .world
        .launch_options()
        .map_or(Value::Undefined, EnterOptions::to_value))
}
