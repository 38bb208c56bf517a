//! `AudioContext`: drives an `<audio>` of a page.
//!
//! Official page: `api/media/audio/AudioContext`. Methods give nothing; what happens is told by events of the component.
//!
//! Unverified: `play` before `setSrc` does nothing.

use crate::api::sound_members::{drive, seek, set_source};
use crate::api::{Api, Class, sync};
use crate::spec::{ApiSpec, Group};
use crate::value::Value;
use crate::world::sound::Order;

/// The class.
pub const CLASS: Class = Class {
    name: "AudioContext",
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Media,
    ..ApiSpec::SYNC
};

const METHODS: &[Api] = &[
    sync(
        &ApiSpec {
            name: "AudioContext.setSrc",
            summary: "Says what it plays.",
            ..METHOD
        },
        |cx, arguments| {
            if let Some(src) = arguments.first().and_then(Value::as_str) {
                set_source(cx, src);
            }
            Ok(Value::Undefined)
        },
    ),
    sync(
        &ApiSpec {
            name: "AudioContext.play",
            summary: "Plays.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Play),
    ),
    sync(
        &ApiSpec {
            name: "AudioContext.pause",
            summary: "Pauses.",
            ..METHOD
        },
        |cx, _| drive(cx, Order::Pause),
    ),
    sync(
        &ApiSpec {
            name: "AudioContext.seek",
            summary: "Moves to a second.",
            ..METHOD
        },
        seek,
    ),
];
