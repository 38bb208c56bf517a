//! `wx.getClipboardData`: the text on the clipboard.
//!
//! Official page: `api/device/clipboard/wx.getClipboardData`.
//!
//! Differs from the client: the privacy guideline that it needs since 2023-09-15 is not asked for.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getClipboardData",
    privacy: Some(PrivacyItem::Clipboard),
    group: Group::Device,
    summary: "Gives the text on the clipboard.",
    since: Version(1, 1, 0),
    differs: "The privacy guideline is not asked for.",
    examples: &[Example {
        title: "Paste",
        js: "wx.getClipboardData({ success: ({ data }) => console.log(data) })",
        replies: "getClipboardData:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![("data".to_owned(), cx.world.clipboard().into())])
}
