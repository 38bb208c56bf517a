//! `wx.enableAlertBeforeUnload`: asks the user before the page is left by the back button.
//!
//! Official page: `api/ui/interaction/wx.enableAlertBeforeUnload`.
//!
//! The step `back` then asks `leavePage`, unless the page is the first one. Routing APIs do not ask.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::AskBeforeLeaving;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "enableAlertBeforeUnload",
    group: Group::Ui,
    summary: "Asks the user before the page is left by the back button.",
    since: Version(2, 12, 0),
    params: &[Param::required("message", Class::String)],
    promise: false,
    examples: &[Example {
        title: "A form that was not sent",
        js: "wx.enableAlertBeforeUnload({ message: 'Leave without saving?' })",
        replies: "enableAlertBeforeUnload:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let message = options.get("message").as_str().unwrap_or_default();
    cx.world.apply(AskBeforeLeaving(Some(message.to_owned())));
    Ok(Vec::new())
}
