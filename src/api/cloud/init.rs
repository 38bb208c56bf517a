//! `wx.cloud.init`: makes cloud development ready.
//!
//! Official page: `wxcloud/reference-sdk-api/Cloud.init`. `env` names the environment, for all services or
//! for each; without it there is a usual one.
//!
//! Unverified: of an `env` by services, that of the functions counts for all.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::cloud::InitCloud;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.init",
    group: Group::Cloud,
    summary: "Makes cloud development ready.",
    since: Version(2, 2, 3),
    examples: &[Example {
        title: "In App.onLaunch",
        js: "wx.cloud.init({ env: 'test-1a2b3c', traceUser: true })",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx.cloud`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let env = arguments.first().unwrap_or(&Value::Undefined).get("env");
    let name = env.as_str().or_else(|| env.get("functions").as_str());
    cx.world.apply(InitCloud(name.map(str::to_owned)));
    Ok(Value::Undefined)
}
