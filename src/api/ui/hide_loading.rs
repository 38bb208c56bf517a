//! `wx.hideLoading`: hides the loading.
//!
//! Official page: `api/ui/interaction/wx.hideLoading`.
//!
//! The page does not tell of failures; see [`hideToast`](super::hide_toast).
//!
//! Unverified: since which version it fails when nothing of the kind is shown.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::ui::HideLoading;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideLoading",
    group: Group::Ui,
    summary: "Hides the loading.",
    since: Version(1, 1, 0),
    params: &[Param {
        since: Version(2, 22, 1),
        ..Param::optional("noConflict", Class::Boolean)
    }],
    fails: &[Reason::NothingShown("toast")],
    examples: &[Example {
        title: "When it has loaded",
        js: "wx.showLoading({ title: 'Loading', success: () => wx.hideLoading() })",
        replies: "showLoading:ok\nhideLoading:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let no_conflict = options.get("noConflict").as_bool() == Some(true);
    cx.world.apply(HideLoading { no_conflict })?;
    Ok(Vec::new())
}
