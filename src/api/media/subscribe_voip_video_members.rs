//! `wx.subscribeVoIPVideoMembers`: chooses whose picture is shown in a voice chat with pictures.
//!
//! Official page: `api/media/voip/wx.subscribeVoIPVideoMembers`. Needed in a room of more than two.
//!
//! Unverified: without a room with pictures it fails, in the words for any other failure.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, VoipProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "subscribeVoIPVideoMembers",
    group: Group::Media,
    summary: "Chooses whose picture is shown in a voice chat with pictures.",
    since: Version(2, 11, 0),
    params: &[Param::required("openIdList", Class::Array)],
    fails: &[Reason::Voip(VoipProblem::System)],
    differs: "There are no pictures: the list changes nothing.",
    examples: &[Example {
        title: "Without a chat",
        js: "wx.subscribeVoIPVideoMembers({ openIdList: [], fail: ({ errCode }) => console.log(errCode) })",
        replies: "subscribeVoIPVideoMembers:fail 系统错误",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    match cx.world.voice_chat() {
        Some(chat) if chat.video => Ok(Vec::new()),
        _ => Err(Reason::Voip(VoipProblem::System)),
    }
}
