//! `wx.hideShareMenu`: takes items away from the menu by which the page is shared.
//!
//! Official page: `api/share/wx.hideShareMenu`. For the page on top, until it is closed; share buttons on the
//! page go on. Without `menus` both items go.

use super::show_share_menu::{MENUS, items};
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::share_menu::{EditShareMenu, ShareItem};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideShareMenu",
    group: Group::Share,
    summary: "Takes away the items by which the page on top is shared.",
    since: Version(1, 1, 0),
    params: &[MENUS],
    examples: &[Example {
        title: "A page that is nobody else's business",
        js: "wx.hideShareMenu()",
        replies: "hideShareMenu:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let items = items(cx, options, &[ShareItem::Message, ShareItem::Timeline]);
    cx.world.apply(EditShareMenu::Hide(items));
    Ok(Vec::new())
}
