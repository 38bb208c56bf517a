//! `wx.updateVoIPChatMuteConfig`: mutes the microphone or the earphone in the voice chat.
//!
//! Official page: `api/media/voip/wx.updateVoIPChatMuteConfig`.
//!
//! Unverified: what `muteConfig` does not say stays; without a chat it fails, in the words for any other failure.

use super::join_voip_chat::muted;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, VoipProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::voip::MuteChat;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "updateVoIPChatMuteConfig",
    group: Group::Media,
    summary: "Mutes the microphone or the earphone in the voice chat.",
    since: Version(2, 7, 0),
    params: &[Param::required("muteConfig", Class::Object)],
    fails: &[Reason::Voip(VoipProblem::System)],
    differs: "There is no sound, so that nobody hears a difference.",
    examples: &[Example {
        title: "Without a chat",
        js: "wx.updateVoIPChatMuteConfig({ muteConfig: { muteMicrophone: true }, fail: ({ errCode }) => console.log(errCode) })",
        replies: "updateVoIPChatMuteConfig:fail 系统错误",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let before = cx.world.voice_chat().map(|chat| chat.muted);
    let muted = muted(options.get("muteConfig"), before.unwrap_or_default());
    cx.world.apply(MuteChat(muted)).map_err(Reason::Voip)?;
    Ok(Vec::new())
}
