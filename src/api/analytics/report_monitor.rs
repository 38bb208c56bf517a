//! `wx.reportMonitor`: reports a number that is watched.
//!
//! Official page: `api/data-analysis/wx.reportMonitor`. The trace shows it; nothing else comes of
//! it.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "reportMonitor",
    group: Group::Analytics,
    summary: "Reports a number that is watched in the administration console.",
    since: Version(2, 0, 1),
    examples: &[Example {
        title: "Count a failure",
        js: "wx.reportMonitor('1', 1)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Undefined)
}
