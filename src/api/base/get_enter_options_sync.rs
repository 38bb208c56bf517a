//! `wx.getEnterOptionsSync`: values of the latest entry to the foreground.
//!
//! Official page: `api/base/app/life-cycle/wx.getEnterOptionsSync`. Each call gives a new object, as since base
//! library 3.10.1.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::enter_options::EnterOptions;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getEnterOptionsSync",
    group: Group::Base,
    summary: "Gives the values of the latest entry to the foreground.",
    since: Version(2, 9, 4),
    examples: &[Example {
        title: "Where the user comes from this time",
        js: "console.log(wx.getEnterOptionsSync().scene)",
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
        .enter_options()
        .map_or(Value::Undefined, EnterOptions::to_value))
}
