//! `wx.reportAnalytics`: reports an event, in the old way.
//!
//! Official page: `api/data-analysis/wx.reportAnalytics`. The trace shows it; nothing else comes
//! of it.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "reportAnalytics",
    group: Group::Analytics,
    summary: "Reports an event to the analysis of the mini program.",
    examples: &[Example {
        title: "A purchase",
        js: "wx.reportAnalytics('buy', { price: 120 })",
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
