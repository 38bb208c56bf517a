//! `wx.setClipboardData`: puts a text onto the clipboard.
//!
//! Official page: `api/device/clipboard/wx.setClipboardData`. The client shows the toast 内容已复制 for
//! 1.5 seconds; it takes the place of what is shown, and `wx.hideToast` in the success callback
//! takes it away.
//!
//! Unverified: an empty text is taken.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::clipboard::SetClipboard;
use crate::world::privacy::PrivacyItem;
use crate::world::ui::{ShowToast, TOAST_MS, Toast};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setClipboardData",
    privacy: Some(PrivacyItem::Clipboard),
    group: Group::Device,
    summary: "Puts a text onto the clipboard and says so in a toast.",
    since: Version(1, 1, 0),
    params: &[Param::required("data", Class::String)],
    examples: &[Example {
        title: "Copy an order number",
        js: "wx.setClipboardData({ data: '17' })",
        replies: "setClipboardData:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = options.get("data").as_str().unwrap_or_default().to_owned();
    let until = cx.world.now().plus(TOAST_MS);
    cx.world.apply(SetClipboard(text));
    cx.world.apply(ShowToast(Toast {
        title: "内容已复制".to_owned(),
        icon: "success".to_owned(),
        mask: false,
        until,
    }));
    Ok(Vec::new())
}
