//! `wx.stopPullDownRefresh`: ends the pull-down refresh.
//!
//! Official page: `api/ui/pull-down-refresh/wx.stopPullDownRefresh`. Succeeds when none runs.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::StopPullDown;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "stopPullDownRefresh",
    group: Group::Ui,
    summary: "Ends the pull-down refresh of the page on top.",
    since: Version(1, 5, 0),
    examples: &[Example {
        title: "When the data is there",
        js: "wx.stopPullDownRefresh()",
        replies: "stopPullDownRefresh:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(StopPullDown);
    Ok(Vec::new())
}
