//! `wx.onBackgroundAudioPause`: listens for the music pauses.
//!
//! Official page: `api/media/background-audio/wx.onBackgroundAudioPause`. Not maintained; `wx.getBackgroundAudioManager` takes its place.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBackgroundAudioPause",
    group: Group::Media,
    summary: "Listens: the music pauses.",
    form: Form::On("onBackgroundAudioPause"),
    examples: &[Example {
        title: "Listen",
        js: "wx.onBackgroundAudioPause(() => console.log('pause'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
