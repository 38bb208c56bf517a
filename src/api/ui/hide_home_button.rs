//! `wx.hideHomeButton`: takes away the button that leads home.
//!
//! Official page: `api/ui/navigation-bar/wx.hideHomeButton`. Succeeds when the page has none.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::navigation_bar::{BarEdit, EditNavigationBar};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideHomeButton",
    group: Group::Ui,
    summary: "Hides the home button in the navigation bar.",
    since: Version(2, 8, 3),
    examples: &[Example {
        title: "On a page that stands alone",
        js: "wx.hideHomeButton()",
        replies: "hideHomeButton:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(EditNavigationBar(BarEdit::HideHomeButton));
    Ok(Vec::new())
}
