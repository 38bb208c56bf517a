//! `wx.seekBackgroundAudio`: moves in the music.
//!
//! Official page: `api/media/background-audio/wx.seekBackgroundAudio`. Not maintained; `wx.getBackgroundAudioManager` takes its place, and both
//! speak of the same player.

use crate::api::{Api, Cx, Reply, answer, sound_members};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::world::sound::{DriveSound, Order};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "seekBackgroundAudio",
    group: Group::Media,
    summary: "Moves in the music.",
    params: &[Param::required("position", Class::Number)],
    examples: &[Example {
        title: "To the fifth second",
        js: "wx.playBackgroundAudio({ dataUrl: 'https://example.com/a.mp3' });\n\
             wx.seekBackgroundAudio({ position: 5 })",
        replies: "playBackgroundAudio:ok\nseekBackgroundAudio:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let object = sound_members::player(cx);
    let order = Order::Seek(options.get("position").as_f64().unwrap_or_default());
    cx.world.apply(DriveSound { object, order });
    Ok(Vec::new())
}
