//! `wx.playBackgroundAudio`: plays music that goes on in the background.
//!
//! Official page: `api/media/background-audio/wx.playBackgroundAudio`. Not maintained; `wx.getBackgroundAudioManager` takes its place, and both
//! speak of the same player.

use crate::api::file_access::text;
use crate::api::{Api, Cx, Reply, answer, sound_members};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::world::sound::SetSound;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "playBackgroundAudio",
    group: Group::Media,
    summary: "Plays music.",
    params: &[
        Param::required("dataUrl", Class::String),
        Param::optional("title", Class::String),
        Param::optional("coverImgUrl", Class::String),
    ],
    examples: &[Example {
        title: "Play",
        js: "wx.playBackgroundAudio({ dataUrl: 'https://example.com/a.mp3' })",
        replies: "playBackgroundAudio:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let object = sound_members::player(cx);
    let title = text(options, "title");
    let title = if title.is_empty() { UNTITLED } else { title };
    cx.world.apply(SetSound {
        object,
        edit: |sound, title| {
            let title = title.as_str().unwrap_or_default().to_owned();
            sound.words.insert("title".to_owned(), title);
        },
        value: title.into(),
    });
    sound_members::set_source_of(cx, object, text(options, "dataUrl"));
    Ok(Vec::new())
}

/// The title of music without one.
const UNTITLED: &str = " ";
