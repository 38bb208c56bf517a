//! `wx.exitVoIPChat`: leaves the voice chat.
//!
//! Official page: `api/media/voip/wx.exitVoIPChat`.
//!
//! Unverified: without a chat it fails, in the words for any other failure.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, VoipProblem};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::voip::ExitChat;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "exitVoIPChat",
    group: Group::Media,
    summary: "Leaves the voice chat.",
    since: Version(2, 7, 0),
    fails: &[Reason::Voip(VoipProblem::System)],
    examples: &[Example {
        title: "Without a chat",
        js: "wx.exitVoIPChat({ fail: ({ errCode }) => console.log(errCode) })",
        replies: "exitVoIPChat:fail 系统错误",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(ExitChat).map_err(Reason::Voip)?;
    Ok(Vec::new())
}
