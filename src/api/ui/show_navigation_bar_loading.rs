//! `wx.showNavigationBarLoading`: a loading mark in the navigation bar.
//!
//! Official page: `api/ui/navigation-bar/wx.showNavigationBarLoading`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::navigation_bar::{BarEdit, EditNavigationBar};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showNavigationBarLoading",
    group: Group::Ui,
    summary: "Shows a loading mark beside the title.",
    examples: &[Example {
        title: "While data comes",
        js: "wx.showNavigationBarLoading()",
        replies: "showNavigationBarLoading:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(EditNavigationBar(BarEdit::Loading(true)));
    Ok(Vec::new())
}
