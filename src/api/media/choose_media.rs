//! `wx.chooseMedia`: the user chooses pictures or videos, or takes one.
//!
//! Official page: `api/media/video/wx.chooseMedia`. With `mix` in `mediaType` pictures and videos may be
//! chosen together, else one kind. At most 9 files, 20 since base library 2.25.0.
//!
//! Differs from the client: `sizeType` and `camera` change nothing.
//! Unverified: a picture has no members for videos; `mix` is the `type` when files of both kinds were
//! chosen.

use serde_json::Value as Json;

use crate::api::chosen_files::{Choice, Chosen, count, names, number, temporary};
use crate::api::media_choice::{self, ask_choice};
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::media_format::picture;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::album::MediaKind;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseMedia",
    group: Group::Media,
    summary: "Lets the user choose pictures or videos, or take one.",
    since: Version(2, 10, 0),
    params: &[
        Param::optional("count", Class::Number),
        Param::optional("mediaType", Class::Array),
        Param::optional("sourceType", Class::Array),
        Param::optional("maxDuration", Class::Number),
        Param::optional("sizeType", Class::Array),
        Param::optional("camera", Class::String),
    ],
    tap_state: TapState::Given,
    privacy: Some(PrivacyItem::ChosenMedia),
    fails: media_choice::FAILS,
    examples: &[Example {
        title: "A video",
        js: "wx.chooseMedia({ mediaType: ['video'], success: ({ tempFiles }) => console.log(tempFiles[0].duration) })",
        replies: "chooseMedia:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Longest video that is taken, in seconds, and the limits of the option.
const DURATION: f64 = 10.0;
const DURATIONS: (f64, f64) = (3.0, 60.0);

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn choice(cx: &Cx<'_>, options: &Value) -> Choice {
    let listed = |word: &str| names(options, "mediaType", word);
    let mixed = listed("mix") && !options.get("mediaType").items().is_empty();
    let kinds = [MediaKind::Image, MediaKind::Video].into_iter();
    let duration = options.get("maxDuration").as_f64().unwrap_or(DURATION);
    Choice {
        kinds: kinds.filter(|kind| mixed || listed(kind.name())).collect(),
        mixed,
        count: count(cx, options),
        album: names(options, "sourceType", "album"),
        camera: names(options, "sourceType", "camera"),
        max_duration: duration.clamp(DURATIONS.0, DURATIONS.1),
    }
}

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    ask_choice(cx, &choice(cx, options))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let files = choice(cx, options).files(cx, answer)?;
    let has = |kind: MediaKind| files.iter().any(|file| file.kind == kind);
    let kind = match (has(MediaKind::Image), has(MediaKind::Video)) {
        (true, true) => "mix",
        (false, true) => "video",
        _ => "image",
    };
    let facts = files.iter().map(|file| facts(cx, file)).collect();
    Ok(vec![
        ("tempFiles".to_owned(), Value::Array(facts)),
        ("type".to_owned(), kind.into()),
    ])
}

fn facts(cx: &mut Cx<'_>, file: &Chosen) -> Value {
    let mut members = vec![
        ("tempFilePath", file.path.as_str().into()),
        ("size", number(file.size)),
        ("fileType", file.kind.name().into()),
    ];
    if file.kind == MediaKind::Video {
        let side = |pixels: u32| u16::try_from(pixels.max(1)).unwrap_or(u16::MAX);
        let still = picture::gray_jpeg(side(file.width), side(file.height));
        members.extend([
            ("duration", Value::Number(file.duration)),
            ("width", file.width.into()),
            ("height", file.height.into()),
            ("thumbTempFilePath", temporary(cx, "jpg", still).into()),
        ]);
    }
    let members = members.into_iter();
    Value::Object(
        members
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}
