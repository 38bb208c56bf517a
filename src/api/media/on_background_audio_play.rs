//! `wx.onBackgroundAudioPlay`: listens for the music plays.
//!
//! Official page: `api/media/background-audio/wx.onBackgroundAudioPlay`. Not maintained; `wx.getBackgroundAudioManager` takes its place.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBackgroundAudioPlay",
    group: Group::Media,
    summary: "Listens: the music plays.",
    form: Form::On("onBackgroundAudioPlay"),
    examples: &[Example {
        title: "Listen",
        js: "wx.onBackgroundAudioPlay(() => console.log('play'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
