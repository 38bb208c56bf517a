//! `CameraContext`: the camera of a page.
//!
//! Official page: `api/media/camera/CameraContext`. It speaks for the `<camera>` of the page on which it was made; what asks for
//! the scope is that component. Photos are JPEG files on Android and PNG files on iOS.
//!
//! Differs from the client: photos are gray JPEG files everywhere; a recording does not end by itself, so
//! `timeoutCallback` is never called; `quality`, `selfieMirror` and `compressed` change nothing.
//! Unverified: the words of failures.

use crate::api::chosen_files::temporary;
use crate::api::{Api, Class, Cx, Reply, answer, create};
use crate::errmsg::{MediaProblem, Reason};
use crate::media_format::film::{self, Film};
use crate::media_format::picture::gray_jpeg;
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::camera::{BeginFilm, EndFilm, OpenFrames};

/// The class.
pub const CLASS: Class = Class {
    name: "CameraContext",
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Media,
    since: Version(1, 6, 0),
    form: Form::Async,
    latency_ms: 10,
    fails: &[Reason::Media(MediaProblem::NoCamera)],
    ..ApiSpec::SYNC
};

const METHODS: &[Api] = &[
    answer(
        &ApiSpec {
            name: "CameraContext.takePhoto",
            summary: "Takes a photo.",
            params: &[
                Param::optional("quality", Kind::String),
                Param {
                    since: Version(2, 22, 0),
                    ..Param::optional("selfieMirror", Kind::Boolean)
                },
            ],
            ..METHOD
        },
        take_photo,
    ),
    answer(
        &ApiSpec {
            name: "CameraContext.startRecord",
            summary: "Begins a video.",
            params: &[
                Param::optional("timeoutCallback", Kind::Function),
                Param {
                    since: Version(2, 22, 0),
                    ..Param::optional("timeout", Kind::Number)
                },
                Param {
                    since: Version(2, 22, 0),
                    ..Param::optional("selfieMirror", Kind::Boolean)
                },
            ],
            fails: &[
                Reason::Media(MediaProblem::NoCamera),
                Reason::Media(MediaProblem::RecorderBusy),
            ],
            ..METHOD
        },
        start_record,
    ),
    answer(
        &ApiSpec {
            name: "CameraContext.stopRecord",
            summary: "Ends the video.",
            params: &[Param::optional("compressed", Kind::Boolean)],
            fails: &[
                Reason::Media(MediaProblem::NoCamera),
                Reason::Media(MediaProblem::RecorderNotStarted),
            ],
            ..METHOD
        },
        stop_record,
    ),
    answer(
        &ApiSpec {
            name: "CameraContext.setZoom",
            summary: "Zooms.",
            since: Version(2, 10, 0),
            params: &[Param::required("zoom", Kind::Number)],
            ..METHOD
        },
        set_zoom,
    ),
    create(
        &ApiSpec {
            name: "CameraContext.onCameraFrame",
            summary: "Gives a listener to the frames of the camera.",
            since: Version(2, 7, 0),
            form: Form::Object("CameraFrameListener"),
            latency_ms: 0,
            fails: &[],
            ..METHOD
        },
        |cx, _| {
            let camera = cx.this();
            Ok(cx.world.apply(OpenFrames(camera)))
        },
    ),
];

/// Pixels of a photo.
const PHOTO: (u16, u16) = (1080, 1440);
/// Pixels of a video.
const VIDEO: (u16, u16) = (720, 1280);
/// Largest zoom, as the component's event tells it.
const ZOOM_MAX: f64 = 10.0;

fn there(cx: &Cx<'_>) -> Result<(), Reason> {
    let there = cx.world.has_camera(cx.this());
    there
        .then_some(())
        .ok_or(Reason::Media(MediaProblem::NoCamera))
}

fn take_photo(cx: &mut Cx<'_>, _: &Value) -> Reply {
    there(cx)?;
    let path = temporary(cx, "jpg", gray_jpeg(PHOTO.0, PHOTO.1));
    Ok(vec![("tempImagePath".to_owned(), path.into())])
}

fn start_record(cx: &mut Cx<'_>, _: &Value) -> Reply {
    there(cx)?;
    let begun = cx.world.apply(BeginFilm(cx.this()));
    begun
        .then(Vec::new)
        .ok_or(Reason::Media(MediaProblem::RecorderBusy))
}

fn stop_record(cx: &mut Cx<'_>, _: &Value) -> Reply {
    there(cx)?;
    let length_ms = cx.world.apply(EndFilm(cx.this()));
    let length_ms = length_ms.ok_or(Reason::Media(MediaProblem::RecorderNotStarted))?;
    let still = temporary(cx, "jpg", gray_jpeg(VIDEO.0, VIDEO.1));
    let video = film::mp4(Film {
        width: VIDEO.0.into(),
        height: VIDEO.1.into(),
        duration_ms: u32::try_from(length_ms).unwrap_or(u32::MAX),
    });
    let video = temporary(cx, "mp4", video);
    Ok(vec![
        ("tempThumbPath".to_owned(), still.into()),
        ("tempVideoPath".to_owned(), video.into()),
    ])
}

fn set_zoom(cx: &mut Cx<'_>, options: &Value) -> Reply {
    there(cx)?;
    let zoom = options.get("zoom").as_f64().unwrap_or(1.0);
    let zoom = zoom.clamp(1.0, ZOOM_MAX);
    Ok(vec![("zoom".to_owned(), Value::Number(zoom))])
}
