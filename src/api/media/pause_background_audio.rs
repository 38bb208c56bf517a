//! `wx.pauseBackgroundAudio`: pauses the music.
//!
//! Official page: `api/media/background-audio/wx.pauseBackgroundAudio`. Not maintained; `wx.getBackgroundAudioManager` takes its place, and both
//! speak of the same player.

use crate::api::{Api, Cx, Reply, answer, sound_members};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::sound::{DriveSound, Order};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "pauseBackgroundAudio",
    group: Group::Media,
    summary: "Pauses the music.",
    examples: &[Example {
        title: "Pauses the music",
        js: "wx.playBackgroundAudio({ dataUrl: 'https://example.com/a.mp3' });\n\
             wx.pauseBackgroundAudio()",
        replies: "playBackgroundAudio:ok\npauseBackgroundAudio:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let object = sound_members::player(cx);
    let order = Order::Pause;
    cx.world.apply(DriveSound { object, order });
    Ok(Vec::new())
}
