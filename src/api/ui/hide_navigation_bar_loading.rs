//! `wx.hideNavigationBarLoading`: takes the loading mark away.
//!
//! Official page: `api/ui/navigation-bar/wx.hideNavigationBarLoading`. Succeeds when none is
//! shown.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::navigation_bar::{BarEdit, EditNavigationBar};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideNavigationBarLoading",
    group: Group::Ui,
    summary: "Hides the loading mark beside the title.",
    examples: &[Example {
        title: "When the data is there",
        js: "wx.hideNavigationBarLoading()",
        replies: "hideNavigationBarLoading:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(EditNavigationBar(BarEdit::Loading(false)));
    Ok(Vec::new())
}
