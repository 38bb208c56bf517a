//! `wx.disableAlertBeforeUnload`: leaves the page without asking again.
//!
//! Official page: `api/ui/interaction/wx.disableAlertBeforeUnload`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::AskBeforeLeaving;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "disableAlertBeforeUnload",
    group: Group::Ui,
    summary: "Lets the page be left without a question again.",
    since: Version(2, 12, 0),
    promise: false,
    examples: &[Example {
        title: "The form was sent",
        js: "wx.disableAlertBeforeUnload()",
        replies: "disableAlertBeforeUnload:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(AskBeforeLeaving(None));
    Ok(Vec::new())
}
