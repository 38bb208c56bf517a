//! `wx.getBackgroundAudioPlayerState`: how far the music is.
//!
//! Official page: `api/media/background-audio/wx.getBackgroundAudioPlayerState`. Not maintained; `wx.getBackgroundAudioManager` takes its place, and both
//! speak of the same player.

use crate::api::{Api, Cx, Reply, answer, sound_members};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBackgroundAudioPlayerState",
    group: Group::Media,
    summary: "Tells how far the music is.",
    examples: &[Example {
        title: "Nothing plays",
        js: "wx.getBackgroundAudioPlayerState({ success: ({ status }) => console.log(status) })",
        replies: "getBackgroundAudioPlayerState:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

/// `status` of the result.
const PAUSED: u32 = 0;
const PLAYING: u32 = 1;
const NO_MUSIC: u32 = 2;

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let object = sound_members::player(cx);
    let now = cx.world.now();
    let sound = cx.world.sound(object).filter(|sound| !sound.stopped());
    let Some(sound) = sound else {
        return Ok(vec![("status".to_owned(), NO_MUSIC.into())]);
    };
    let status = if sound.paused() { PAUSED } else { PLAYING };
    let mut members = vec![("status", Value::from(status))];
    if status == PLAYING {
        members.extend([
            ("duration", Value::Number(sound.duration())),
            ("currentPosition", Value::Number(sound.position(now))),
            ("downloadPercent", 100.into()),
            ("dataUrl", sound.src.as_str().into()),
        ]);
    }
    let members = members.into_iter();
    Ok(members
        .map(|(key, value)| (key.to_owned(), value))
        .collect())
}
