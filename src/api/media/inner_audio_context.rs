//! `InnerAudioContext`: a sound.
//!
//! Official page: `api/media/audio/InnerAudioContext`. Events have no argument, except `onError`: `errCode` 10001 to 10004 or -1.
//! `currentTime` can be written since base library 2.26.2, which is a seek.
//!
//! Unverified: `buffered` is the whole sound once it can be played; `onWaiting` never comes; the words of errors.

use crate::api::sound_members::{self as members, drive, seek};
use crate::api::{Class, Member, listener, sync};
use crate::spec::{ApiSpec, Form, Group};
use crate::version::Version;
use crate::world::sound::Order;

/// The class.
pub const CLASS: Class = Class {
    name: "InnerAudioContext",
    methods: METHODS,
    members: &[
        members::SRC,
        members::START_TIME,
        members::AUTOPLAY,
        members::LOOP,
        members::OBEY_MUTE_SWITCH,
        members::VOLUME,
        members::PLAYBACK_RATE,
        members::REFERRER_POLICY,
        members::DURATION,
        Member {
            set: Some(members::set_current_time),
            ..members::CURRENT_TIME
        },
        members::PAUSED,
        members::BUFFERED,
    ],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Media,
    since: Version(1, 6, 0),
    ..ApiSpec::SYNC
};

const METHODS: &[crate::api::Api] = &[
    sync(
        &ApiSpec {
            name: "InnerAudioContext.play",
            summary: "Plays.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Play),
    ),
    sync(
        &ApiSpec {
            name: "InnerAudioContext.pause",
            summary: "Pauses.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Pause),
    ),
    sync(
        &ApiSpec {
            name: "InnerAudioContext.stop",
            summary: "Stops; playing begins at the beginning then.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Stop),
    ),
    sync(
        &ApiSpec {
            name: "InnerAudioContext.seek",
            summary: "Moves to a second.",
            ..METHOD
        },
        seek,
    ),
    sync(
        &ApiSpec {
            name: "InnerAudioContext.destroy",
            summary: "Gives the sound up.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Destroy),
    ),
    listener(&ApiSpec {
        name: "InnerAudioContext.onCanplay",
        summary: "Listens: it can be played.",
        form: Form::On("onCanplay"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offCanplay",
        summary: "Stops listening: it can be played.",
        form: Form::Off("onCanplay"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onPlay",
        summary: "Listens: it plays.",
        form: Form::On("onPlay"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offPlay",
        summary: "Stops listening: it plays.",
        form: Form::Off("onPlay"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onPause",
        summary: "Listens: it pauses.",
        form: Form::On("onPause"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offPause",
        summary: "Stops listening: it pauses.",
        form: Form::Off("onPause"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onStop",
        summary: "Listens: it stops.",
        form: Form::On("onStop"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offStop",
        summary: "Stops listening: it stops.",
        form: Form::Off("onStop"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onEnded",
        summary: "Listens: it is over.",
        form: Form::On("onEnded"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offEnded",
        summary: "Stops listening: it is over.",
        form: Form::Off("onEnded"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onTimeUpdate",
        summary: "Listens: it goes on.",
        form: Form::On("onTimeUpdate"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offTimeUpdate",
        summary: "Stops listening: it goes on.",
        form: Form::Off("onTimeUpdate"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onError",
        summary: "Listens: it cannot be played.",
        form: Form::On("onError"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offError",
        summary: "Stops listening: it cannot be played.",
        form: Form::Off("onError"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onWaiting",
        summary: "Listens: it waits for data.",
        form: Form::On("onWaiting"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offWaiting",
        summary: "Stops listening: it waits for data.",
        form: Form::Off("onWaiting"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onSeeking",
        summary: "Listens: it is moved.",
        form: Form::On("onSeeking"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offSeeking",
        summary: "Stops listening: it is moved.",
        form: Form::Off("onSeeking"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.onSeeked",
        summary: "Listens: it was moved.",
        form: Form::On("onSeeked"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "InnerAudioContext.offSeeked",
        summary: "Stops listening: it was moved.",
        form: Form::Off("onSeeked"),
        since: Version(1, 9, 0),
        ..METHOD
    }),
];
