//! `BackgroundAudioManager`: the one sound that goes on in the background.
//!
//! Official page: `api/media/background-audio/BackgroundAudioManager`. Setting `src` plays at once; a `title` is needed
//! before. In the background it goes on only if app.json lists `audio` in `requiredBackgroundModes`.
//!
//! Differs from the client: nobody taps the panel of the system, so `onPrev` and `onNext` never come; scripts are
//! suspended after five seconds in the background though it plays.
//! Unverified: the words of errors; without a title `onError` tells -1.

use crate::api::sound_members::{self as members, drive, seek};
use crate::api::{Class, listener, sync};
use crate::spec::{ApiSpec, Form, Group};
use crate::version::Version;
use crate::world::sound::{BACKGROUND, Order};

/// The class.
pub const CLASS: Class = Class {
    name: BACKGROUND,
    methods: METHODS,
    members: &[
        members::SRC,
        members::START_TIME,
        members::TITLE,
        members::EPNAME,
        members::SINGER,
        members::COVER_IMG_URL,
        members::WEB_URL,
        members::PROTOCOL,
        members::PLAYBACK_RATE,
        members::REFERRER_POLICY,
        members::DURATION,
        members::CURRENT_TIME,
        members::PAUSED,
        members::BUFFERED,
    ],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Media,
    since: Version(1, 2, 0),
    ..ApiSpec::SYNC
};

const METHODS: &[crate::api::Api] = &[
    sync(
        &ApiSpec {
            name: "BackgroundAudioManager.play",
            summary: "Plays.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Play),
    ),
    sync(
        &ApiSpec {
            name: "BackgroundAudioManager.pause",
            summary: "Pauses.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Pause),
    ),
    sync(
        &ApiSpec {
            name: "BackgroundAudioManager.stop",
            summary: "Stops; playing begins at the beginning then.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Stop),
    ),
    sync(
        &ApiSpec {
            name: "BackgroundAudioManager.seek",
            summary: "Moves to a second.",
            ..METHOD
        },
        seek,
    ),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onCanplay",
        summary: "Listens: it can be played.",
        form: Form::On("onCanplay"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onPlay",
        summary: "Listens: it plays.",
        form: Form::On("onPlay"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onPause",
        summary: "Listens: it pauses.",
        form: Form::On("onPause"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onStop",
        summary: "Listens: it stops.",
        form: Form::On("onStop"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onEnded",
        summary: "Listens: it is over.",
        form: Form::On("onEnded"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onTimeUpdate",
        summary: "Listens: it goes on.",
        form: Form::On("onTimeUpdate"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onError",
        summary: "Listens: it cannot be played.",
        form: Form::On("onError"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onWaiting",
        summary: "Listens: it waits for data.",
        form: Form::On("onWaiting"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onPrev",
        summary: "Listens: the user taps the former sound.",
        form: Form::On("onPrev"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onNext",
        summary: "Listens: the user taps the next sound.",
        form: Form::On("onNext"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onSeeking",
        summary: "Listens: it is moved.",
        form: Form::On("onSeeking"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BackgroundAudioManager.onSeeked",
        summary: "Listens: it was moved.",
        form: Form::On("onSeeked"),
        ..METHOD
    }),
];
