//! `wx.updateWeChatApp`: opens the page that updates WeChat.
//!
//! Official page: `api/base/update/wx.updateWeChatApp`.
//!
//! Differs from the client: the program stays in the foreground, and WeChat stays as it is.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "updateWeChatApp",
    group: Group::Base,
    summary: "Opens the page that updates WeChat.",
    since: Version(2, 12, 0),
    differs: "The program stays in the foreground, and WeChat stays as it is.",
    examples: &[Example {
        title: "WeChat is too old for this",
        js: "wx.updateWeChatApp()",
        replies: "updateWeChatApp:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
