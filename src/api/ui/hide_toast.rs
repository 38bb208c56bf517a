//! `wx.hideToast`: hides the toast.
//!
//! Official page: `api/ui/interaction/wx.hideToast`.
//!
//! The page does not tell of failures. Programs report from phones that it fails when nothing of the
//! kind is shown, and that the promise form then rejects; many hand over an empty `fail` because of
//! that.
//!
//! Unverified: since which version.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::ui::HideToast;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideToast",
    group: Group::Ui,
    summary: "Hides the toast.",
    since: Version(1, 0, 0),
    params: &[Param {
        since: Version(2, 22, 1),
        ..Param::optional("noConflict", Class::Boolean)
    }],
    fails: &[Reason::NothingShown("toast")],
    examples: &[Example {
        title: "Take a toast away early",
        js: "wx.showToast({ title: 'Saved', success: () => wx.hideToast() })",
        replies: "showToast:ok\nhideToast:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let no_conflict = options.get("noConflict").as_bool() == Some(true);
    cx.world.apply(HideToast { no_conflict })?;
    Ok(Vec::new())
}
