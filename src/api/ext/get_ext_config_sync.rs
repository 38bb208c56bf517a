//! `wx.getExtConfigSync`: the same, at once.
//!
//! Official page: `api/ext/wx.getExtConfigSync`.
//!
//! Differs from the client: ext.json is not read, so that the data is `{}`, as in a program
//! without a third-party platform.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getExtConfigSync",
    group: Group::Ext,
    summary: "Gives the data of ext.json.",
    since: Version(1, 1, 0),
    support: Support::Partial("ext.json"),
    differs: "The data is always empty.",
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
fn call(_: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(Vec::new()))
}
