//! `LivePusherContext`: the live pusher of a page.
//!
//! Official page: `api/media/live/LivePusherContext`. It speaks for the `<live-pusher>` of the page on which it was made; what asks for
//! the scopes is that component. Results begin with the client's own name for all of them. An order that does not fit what goes on
//! succeeds and changes nothing, as on Android; so does `start` without a `url`.
//!
//! Differs from the client: pictures are gray; nobody sees filters, stickers and paint, and their files are not looked for.
//! Unverified: without a component everything fails in the words of Android; a picture of nothing fails without a word;
//! width and height are numbers, though the manual says texts; which keys are checked.

use crate::api::chosen_files::temporary;
use crate::api::file_access::text;
use crate::api::{Api, Class, Cx, Reply, answer};
use crate::errmsg::{MediaProblem, Reason};
use crate::media_format::picture::gray_jpeg;
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::live::{DrivePusher, PusherOrder, Stage};

/// The class.
pub const CLASS: Class = Class {
    name: "LivePusherContext",
    methods: METHODS,
    members: &[],
    missing: &["createOffscreenCanvas", "onCustomRendererEvent"],
};

const METHOD: ApiSpec = ApiSpec {
    replies_as: "operateLivePusher",
    group: Group::Media,
    since: Version(1, 7, 0),
    form: Form::Async,
    latency_ms: 10,
    fails: &[Reason::Media(MediaProblem::NoPusher)],
    ..ApiSpec::SYNC
};

/// What the rows of make-up have in common.
const MAKEUP: ApiSpec = ApiSpec {
    since: Version(2, 14, 0),
    params: &[
        Param::required("path", Kind::String),
        Param::required("alpha", Kind::Number),
    ],
    ..METHOD
};

const METHODS: &[Api] = &[
    answer(
        &ApiSpec {
            name: "LivePusherContext.start",
            summary: "Sends, with the camera.",
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::Start),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.stop",
            summary: "Sends nothing and closes the camera.",
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::Stop),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.pause",
            summary: "Pauses.",
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::Pause),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.resume",
            summary: "Goes on.",
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::Resume),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.switchCamera",
            summary: "Takes the other camera.",
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::SwitchCamera),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.startPreview",
            summary: "Opens the camera.",
            since: Version(2, 7, 0),
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::StartPreview),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.stopPreview",
            summary: "Closes the camera.",
            since: Version(2, 7, 0),
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::StopPreview),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.toggleTorch",
            summary: "Puts the lamp on or out.",
            since: Version(2, 1, 0),
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::ToggleTorch),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.snapshot",
            summary: "Takes a picture of what the camera sees.",
            since: Version(1, 9, 90),
            params: &[
                Param::since("quality", Kind::String, Version(2, 10, 0)),
                Param::since("sourceType", Kind::String, Version(2, 25, 0)),
            ],
            fails: &[
                Reason::Media(MediaProblem::NoPusher),
                Reason::Media(MediaProblem::Unexplained),
            ],
            ..METHOD
        },
        snapshot,
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.playBGM",
            summary: "Plays music behind the voice.",
            since: Version(2, 4, 0),
            params: &[
                Param::required("url", Kind::String),
                Param::since("startTimeMs", Kind::Number, Version(2, 31, 0)),
                Param::since("endTimeMs", Kind::Number, Version(2, 31, 0)),
            ],
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::PlayMusic),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.stopBGM",
            summary: "Ends the music.",
            since: Version(2, 4, 0),
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::StopMusic),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.pauseBGM",
            summary: "Pauses the music.",
            since: Version(2, 4, 0),
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::PauseMusic),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.resumeBGM",
            summary: "Goes on with the music.",
            since: Version(2, 4, 0),
            ..METHOD
        },
        |cx, _| drive(cx, PusherOrder::ResumeMusic),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.setBGMVolume",
            summary: "Says how loud the music is.",
            since: Version(2, 4, 0),
            params: &[Param::optional("volume", Kind::Any)],
            ..METHOD
        },
        |cx, options| with_number(cx, options, "volume", PusherOrder::MusicVolume),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.setMICVolume",
            summary: "Says how loud the microphone is.",
            since: Version(2, 10, 0),
            params: &[Param::required("volume", Kind::Number)],
            ..METHOD
        },
        |cx, options| with_number(cx, options, "volume", PusherOrder::MicrophoneVolume),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.sendMessage",
            summary: "Sends a text to the players.",
            since: Version(2, 10, 0),
            params: &[Param::required("msg", Kind::String)],
            ..METHOD
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.getMaxZoom",
            summary: "Tells how far it zooms.",
            since: Version(2, 31, 0),
            ..METHOD
        },
        max_zoom,
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.setZoom",
            summary: "Zooms.",
            since: Version(2, 31, 0),
            params: &[Param::required("zoom", Kind::Number)],
            ..METHOD
        },
        set_zoom,
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.exitPictureInPicture",
            summary: "Ends picture in picture.",
            since: Version(2, 25, 0),
            ..METHOD
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applyFilter",
            summary: "Colours the picture.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("path", Kind::String),
                Param::required("alpha", Kind::Number),
                Param::optional("md5", Kind::String),
            ],
            ..METHOD
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applySticker",
            summary: "Puts stickers on faces.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("type", Kind::String),
                Param::required("stickers", Kind::Array),
            ],
            ..METHOD
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applyBlusherStickMakeup",
            summary: "Reddens cheeks.",
            ..MAKEUP
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applyEyeBrowMakeup",
            summary: "Paints eyebrows.",
            ..MAKEUP
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applyEyeShadowMakeup",
            summary: "Paints eyelids.",
            ..MAKEUP
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applyFaceContourMakeup",
            summary: "Shades faces.",
            ..MAKEUP
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.applyLipStickMakeup",
            summary: "Paints lips.",
            ..MAKEUP
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.clearFilters",
            summary: "Takes colours away.",
            since: Version(2, 14, 0),
            ..METHOD
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.clearStickers",
            summary: "Takes stickers away.",
            since: Version(2, 14, 0),
            ..METHOD
        },
        |cx, _| there(cx),
    ),
    answer(
        &ApiSpec {
            name: "LivePusherContext.clearMakeups",
            summary: "Takes the paint away.",
            since: Version(2, 14, 0),
            ..METHOD
        },
        |cx, _| there(cx),
    ),
];

/// Pixels of what the camera sees.
const PICTURE: (u16, u16) = (360, 640);
/// Largest zoom of the simulated camera.
const ZOOM_MAX: f64 = 10.0;

fn drive(cx: &mut Cx<'_>, order: PusherOrder) -> Reply {
    let object = cx.this();
    let done = cx.world.apply(DrivePusher { object, order });
    done.then(Vec::new)
        .ok_or(Reason::Media(MediaProblem::NoPusher))
}

fn there(cx: &Cx<'_>) -> Reply {
    let pusher = cx.world.pusher(cx.this());
    let there = pusher.map(|_| Vec::new());
    there.ok_or(Reason::Media(MediaProblem::NoPusher))
}

fn with_number(
    cx: &mut Cx<'_>,
    options: &Value,
    key: &str,
    order: fn(f64) -> PusherOrder,
) -> Reply {
    let value = options.get(key);
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
    match number {
        Some(number) => drive(cx, order(number.clamp(0.0, 1.0))),
        None => there(cx),
    }
}

fn snapshot(cx: &mut Cx<'_>, options: &Value) -> Reply {
    there(cx)?;
    let stage = cx.world.pusher(cx.this()).map(|pusher| pusher.stage);
    picture(cx, options, stage)
}

/// A picture of what a broadcast shows; compressed it is half as wide and high.
pub(super) fn picture(cx: &mut Cx<'_>, options: &Value, stage: Option<Stage>) -> Reply {
    if stage.is_none_or(|stage| stage == Stage::Stopped) {
        return Err(Reason::Media(MediaProblem::Unexplained));
    }
    let (width, height) = match text(options, "quality") {
        "compressed" => (PICTURE.0 / 2, PICTURE.1 / 2),
        _ => PICTURE,
    };
    let path = temporary(cx, "jpg", gray_jpeg(width, height));
    Ok(vec![
        ("tempImagePath".to_owned(), path.into()),
        ("width".to_owned(), u32::from(width).into()),
        ("height".to_owned(), u32::from(height).into()),
    ])
}

fn max_zoom(cx: &mut Cx<'_>, _: &Value) -> Reply {
    there(cx)?;
    Ok(vec![("maxZoom".to_owned(), Value::Number(ZOOM_MAX))])
}

fn set_zoom(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let zoom = options.get("zoom").as_f64().unwrap_or(1.0);
    drive(cx, PusherOrder::Zoom(zoom.clamp(1.0, ZOOM_MAX)))
}
