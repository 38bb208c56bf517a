//! `wx.getMenuButtonBoundingClientRect`: where the capsule with the menu lies.
//!
//! Official page: `api/ui/menu/wx.getMenuButtonBoundingClientRect`. Programs with a navigation bar of
//! their own lay it out around this rectangle.

use crate::api::{Api, Cx, sync, system_info};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getMenuButtonBoundingClientRect",
    group: Group::Ui,
    summary: "Gives the rectangle of the menu button at the top right.",
    since: Version(2, 1, 0),
    examples: &[Example {
        title: "Height of the button",
        js: "console.log(wx.getMenuButtonBoundingClientRect().height)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(system_info::rectangle(cx.world.capsule()))
}
