//! `wx.getExtConfigSync`: the same, at once.
//!
//! Official page: `api/ext/wx.getExtConfigSync`.
//!
//! The data is `ext` of ext.json, where `extEnable` is true; `{}` in a program without a third-party
//! platform.

use serde_json::Value as Json;

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getExtConfigSync",
    group: Group::Ext,
    summary: "Gives the data of ext.json.",
    since: Version(1, 1, 0),
    examples: &[Example {
        title: "Which shop it is",
        js: "console.log(wx.getExtConfigSync())",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::from(&Json::Object(
        cx.world.app().ext_config.clone(),
    )))
}
