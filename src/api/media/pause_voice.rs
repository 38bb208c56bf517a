//! `wx.pauseVoice`: pauses the voice of `wx.playVoice`.
//!
//! Official page: `api/media/audio/wx.pauseVoice`. Playing the same file again goes on from there.
//!
//! Unverified: it succeeds when nothing plays.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::sound::PauseVoice;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "pauseVoice",
    group: Group::Media,
    summary: "Pauses the voice.",
    examples: &[Example {
        title: "Nothing plays",
        js: "wx.pauseVoice()",
        replies: "pauseVoice:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(PauseVoice);
    Ok(Vec::new())
}
