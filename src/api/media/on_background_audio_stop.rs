//! `wx.onBackgroundAudioStop`: listens for the music stops.
//!
//! Official page: `api/media/background-audio/wx.onBackgroundAudioStop`. Not maintained; `wx.getBackgroundAudioManager` takes its place.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBackgroundAudioStop",
    group: Group::Media,
    summary: "Listens: the music stops.",
    form: Form::On("onBackgroundAudioStop"),
    examples: &[Example {
        title: "Listen",
        js: "wx.onBackgroundAudioStop(() => console.log('stop'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
