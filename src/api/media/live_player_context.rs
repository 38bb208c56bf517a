//! `LivePlayerContext`: a live player of a page.
//!
//! Official page: `api/media/live/LivePlayerContext`. Results begin with the client's own name for all methods. `mute` silences and, called
//! again, no longer does. An order that does not fit what goes on succeeds and changes nothing, as on Android. Casting needs a tap.
//!
//! Differs from the client: there is no component, so any id counts as there, and the account needs no permission (on a phone
//! `operateLivePlayer:fail no permission`); pictures are gray; no screen to cast to is ever found.
//! Unverified: a picture of nothing fails without a word; width and height are numbers, though the manual says texts;
//! casting succeeds when no screen is found.

use super::live_pusher_context::picture;
use crate::api::{Api, Class, Cx, Reply, answer, sync};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::live::{DrivePlayer, PlayerOrder};

/// The class.
pub const CLASS: Class = Class {
    name: "LivePlayerContext",
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    replies_as: "operateLivePlayer",
    group: Group::Media,
    since: Version(1, 7, 0),
    form: Form::Async,
    latency_ms: 10,
    ..ApiSpec::SYNC
};

/// What the rows of other screens have in common.
const CASTING: ApiSpec = ApiSpec {
    since: Version(2, 32, 0),
    tap_since: Some(Version(2, 32, 0)),
    ..METHOD
};

const METHODS: &[Api] = &[
    answer(
        &ApiSpec {
            name: "LivePlayerContext.play",
            summary: "Plays.",
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::Play),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.stop",
            summary: "Stops.",
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::Stop),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.mute",
            summary: "Silences it, or no longer.",
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::Mute),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.pause",
            summary: "Pauses.",
            since: Version(1, 9, 90),
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::Pause),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.resume",
            summary: "Goes on.",
            since: Version(1, 9, 90),
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::Resume),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.requestFullScreen",
            summary: "Fills the screen.",
            params: &[Param::optional("direction", Kind::Number)],
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::FullScreen(true)),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.exitFullScreen",
            summary: "Leaves full screen.",
            ..METHOD
        },
        |cx, _| drive(cx, PlayerOrder::FullScreen(false)),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.snapshot",
            summary: "Takes a picture of what it shows.",
            since: Version(2, 7, 1),
            params: &[
                Param::since("quality", Kind::String, Version(2, 10, 0)),
                Param::since("sourceType", Kind::String, Version(2, 25, 0)),
            ],
            fails: &[Reason::Media(MediaProblem::Unexplained)],
            ..METHOD
        },
        snapshot,
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.exitPictureInPicture",
            summary: "Ends picture in picture.",
            ..METHOD
        },
        |_, _| Ok(Vec::new()),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.startCasting",
            summary: "Looks for a screen to show it on.",
            ..CASTING
        },
        |_, _| Ok(Vec::new()),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.reconnectCasting",
            summary: "Connects the screen again.",
            ..CASTING
        },
        |_, _| Ok(Vec::new()),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.switchCasting",
            summary: "Takes another screen.",
            ..CASTING
        },
        |_, _| Ok(Vec::new()),
    ),
    answer(
        &ApiSpec {
            name: "LivePlayerContext.exitCasting",
            summary: "Shows it on the phone again.",
            ..CASTING
        },
        |_, _| Ok(Vec::new()),
    ),
    sync(
        &ApiSpec {
            name: "LivePlayerContext.requestBackgroundPlayback",
            summary: "Plays on in the background.",
            since: Version(2, 14, 3),
            group: Group::Media,
            ..ApiSpec::SYNC
        },
        |cx, _| {
            let object = cx.this();
            let order = PlayerOrder::Background(true);
            cx.world.apply(DrivePlayer { object, order });
            Ok(Value::Undefined)
        },
    ),
    sync(
        &ApiSpec {
            name: "LivePlayerContext.exitBackgroundPlayback",
            summary: "No longer plays on in the background.",
            since: Version(2, 14, 3),
            group: Group::Media,
            ..ApiSpec::SYNC
        },
        |cx, _| {
            let object = cx.this();
            let order = PlayerOrder::Background(false);
            cx.world.apply(DrivePlayer { object, order });
            Ok(Value::Undefined)
        },
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "the shape of methods")]
fn drive(cx: &mut Cx<'_>, order: PlayerOrder) -> Reply {
    let object = cx.this();
    cx.world.apply(DrivePlayer { object, order });
    Ok(Vec::new())
}

fn snapshot(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let stage = cx.world.player(cx.this()).map(|player| player.stage);
    picture(cx, options, stage)
}
