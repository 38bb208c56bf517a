//! `VideoContext`: drives a video of a page.
//!
//! Official page: `api/media/video/VideoContext`. Methods give nothing; what happens is told by events of the component.
//!
//! Differs from the client: there is no component yet, so any id counts as there; no screen to cast to is ever found, so
//! the methods for that change nothing, in a tap or not; no video is ever small.
//! Unverified: `exitPictureInPicture` succeeds when no video is small.

use crate::api::{Api, Class, Cx, answer, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::video::{DriveVideo, VideoOrder};

/// The class.
pub const CLASS: Class = Class {
    name: "VideoContext",
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
            name: "VideoContext.play",
            summary: "Plays.",
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::Play),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.pause",
            summary: "Pauses.",
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::Pause),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.stop",
            summary: "Stops.",
            since: Version(1, 7, 0),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::Stop),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.seek",
            summary: "Moves to a second.",
            ..METHOD
        },
        |cx, arguments| with_number(cx, arguments, VideoOrder::Seek),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.sendDanmu",
            summary: "Shows a text over the video.",
            ..METHOD
        },
        |_, _| Ok(Value::Undefined),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.playbackRate",
            summary: "Says how fast it plays.",
            since: Version(1, 4, 0),
            ..METHOD
        },
        |cx, arguments| with_number(cx, arguments, VideoOrder::Rate),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.requestFullScreen",
            summary: "Fills the screen.",
            since: Version(1, 4, 0),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::FullScreen(true)),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.exitFullScreen",
            summary: "Leaves full screen.",
            since: Version(1, 4, 0),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::FullScreen(false)),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.showStatusBar",
            summary: "Shows the status bar in full screen.",
            since: Version(2, 1, 0),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::StatusBar(true)),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.hideStatusBar",
            summary: "Hides the status bar in full screen.",
            since: Version(2, 1, 0),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::StatusBar(false)),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.requestBackgroundPlayback",
            summary: "Plays on in the background.",
            since: Version(2, 14, 3),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::Background(true)),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.exitBackgroundPlayback",
            summary: "No longer plays on in the background.",
            since: Version(2, 14, 3),
            ..METHOD
        },
        |cx, _| drive(cx, VideoOrder::Background(false)),
    ),
    answer(
        &ApiSpec {
            name: "VideoContext.exitPictureInPicture",
            summary: "Ends picture in picture.",
            form: Form::Async,
            latency_ms: 10,
            ..METHOD
        },
        |_, _| Ok(Vec::new()),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.startCasting",
            summary: "Looks for a screen to show the video on.",
            since: Version(2, 32, 0),
            ..METHOD
        },
        |_, _| Ok(Value::Undefined),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.reconnectCasting",
            summary: "Connects the screen again.",
            since: Version(2, 32, 0),
            ..METHOD
        },
        |_, _| Ok(Value::Undefined),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.switchCasting",
            summary: "Takes another screen.",
            since: Version(2, 32, 0),
            ..METHOD
        },
        |_, _| Ok(Value::Undefined),
    ),
    sync(
        &ApiSpec {
            name: "VideoContext.exitCasting",
            summary: "Shows the video on the phone again.",
            since: Version(2, 32, 0),
            ..METHOD
        },
        |_, _| Ok(Value::Undefined),
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "the shape of methods")]
fn drive(cx: &mut Cx<'_>, order: VideoOrder) -> Result<Value, Reason> {
    let object = cx.this();
    cx.world.apply(DriveVideo { object, order });
    Ok(Value::Undefined)
}

fn with_number(
    cx: &mut Cx<'_>,
    arguments: &[Value],
    order: fn(f64) -> VideoOrder,
) -> Result<Value, Reason> {
    match arguments.first().and_then(Value::as_f64) {
        Some(number) => drive(cx, order(number)),
        None => Ok(Value::Undefined),
    }
}
