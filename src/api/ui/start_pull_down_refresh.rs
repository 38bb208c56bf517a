//! `wx.startPullDownRefresh`: refreshes the page as if the user had pulled it down.
//!
//! Official page: `api/ui/pull-down-refresh/wx.startPullDownRefresh`. The hook `onPullDownRefresh`
//! runs, in a page with `enablePullDownRefresh`.
//!
//! Unverified: without that switch it succeeds and no hook runs; a page that is being refreshed
//! does not refresh again; the hook comes after the reply.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::StartPullDown;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startPullDownRefresh",
    group: Group::Ui,
    summary: "Starts the pull-down refresh of the page on top.",
    since: Version(1, 5, 0),
    examples: &[Example {
        title: "Refresh by a button",
        js: "wx.startPullDownRefresh()",
        replies: "startPullDownRefresh:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(StartPullDown);
    Ok(Vec::new())
}
