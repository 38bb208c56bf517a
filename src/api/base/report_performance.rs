//! `wx.reportPerformance`: reports a measured time.
//!
//! Official page: `api/base/performance/wx.reportPerformance`. The trace shows it; nothing else
//! comes of it.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "reportPerformance",
    group: Group::Base,
    summary: "Reports a measured time to the administration console.",
    since: Version(2, 9, 2),
    examples: &[Example {
        title: "The list was drawn",
        js: "wx.reportPerformance(1101, 680)",
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
