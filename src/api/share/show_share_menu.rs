//! `wx.showShareMenu`: shows the items of the menu by which the page is shared.
//!
//! Official page: `api/share/wx.showShareMenu`. For the page on top, until it is closed. What follows is in
//! [`share_menu`](crate::world::share_menu). Unverified: names in `menus` that there are not are passed over.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::share_menu::{EditShareMenu, ShareItem};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showShareMenu",
    group: Group::Share,
    summary: "Shows the items by which the page on top is shared.",
    since: Version(1, 1, 0),
    params: &[Param::defaulted("withShareTicket", Class::Boolean), MENUS],
    examples: &[Example {
        title: "Learn in which group the card is opened",
        js: "wx.showShareMenu({ withShareTicket: true })",
        replies: "showShareMenu:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The items that a call is about.
pub(super) const MENUS: Param = Param {
    since: MENUS_SINCE,
    ..Param::defaulted("menus", Class::Array)
};
const MENUS_SINCE: Version = Version(2, 11, 3);

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let items = items(cx, options, &[ShareItem::Message]);
    let with_ticket = options.get("withShareTicket").as_bool() == Some(true);
    cx.world.apply(EditShareMenu::Show(items, with_ticket));
    Ok(Vec::new())
}

/// The items that `menus` names, or the usual ones.
pub(super) fn items(cx: &Cx<'_>, options: &Value, usual: &[ShareItem]) -> Vec<ShareItem> {
    let menus = options.get("menus");
    if !matches!(menus, Value::Array(_)) || cx.world.profile().sdk < MENUS_SINCE {
        return usual.to_vec();
    }
    let names = menus.items().iter().filter_map(Value::as_str);
    names.filter_map(ShareItem::parse).collect()
}
