//! `wx.stopVoice`: stops the voice of `wx.playVoice`.
//!
//! Official page: `api/media/audio/wx.stopVoice`. Playing begins at the beginning then.
//!
//! Unverified: it succeeds when nothing plays.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::sound::StopVoice;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "stopVoice",
    group: Group::Media,
    summary: "Stops the voice.",
    examples: &[Example {
        title: "Nothing plays",
        js: "wx.stopVoice()",
        replies: "stopVoice:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(StopVoice);
    Ok(Vec::new())
}
