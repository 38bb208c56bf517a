//! `wx.reportEvent`: reports an event.
//!
//! Official page: `api/data-analysis/wx.reportEvent`. The trace shows it; nothing else comes of
//! it.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "reportEvent",
    group: Group::Analytics,
    summary: "Reports an event to the analysis of the mini program.",
    since: Version(2, 14, 4),
    examples: &[Example {
        title: "A purchase",
        js: "wx.reportEvent('buy', { price: 120 })",
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
