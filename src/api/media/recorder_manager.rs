//! `RecorderManager`: records sound.
//!
//! Official page: `api/media/recorder/RecorderManager`. Starting is guarded by `scope.record`. Its methods have no callbacks:
//! a failure is told by `onError`, whose text names `operateRecorder`. Each sample rate has its range of bit rates.
//!
//! Differs from the client: nothing interrupts a recording, so `onInterruptionBegin` and
//! `onInterruptionEnd` never come.
//! Unverified: pausing twice and going on twice are ignored; the words for values that do not fit.

use crate::api::file_access::text;
use crate::api::{Api, Class, Cx, Reply, answer, listener};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::recorder::{Recipe, RecorderBusy, RecorderOrder, UseRecorder};

/// The class.
pub const CLASS: Class = Class {
    name: "RecorderManager",
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Media,
    since: Version(1, 6, 0),
    ..ApiSpec::SYNC
};

/// A method whose failures are told by `onError`.
const ORDER: ApiSpec = ApiSpec {
    replies_as: "operateRecorder",
    form: Form::Async,
    failure_event: "onError",
    fails: &[Reason::Media(MediaProblem::RecorderNotStarted)],
    ..METHOD
};

const START: ApiSpec = ApiSpec {
    name: "RecorderManager.start",
    summary: "Begins a recording.",
    params: &[
        Param::optional("duration", Kind::Number),
        Param::optional("sampleRate", Kind::Number),
        Param::optional("numberOfChannels", Kind::Number),
        Param::optional("encodeBitRate", Kind::Number),
        Param::optional("format", Kind::String),
        Param::optional("frameSize", Kind::Number),
        Param {
            since: Version(2, 1, 0),
            ..Param::optional("audioSource", Kind::String)
        },
    ],
    guard: Guard::Scope("scope.record"),
    privacy: Some(PrivacyItem::Microphone),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::Media(MediaProblem::RecorderBusy),
        Reason::InvalidValue("duration", String::new()),
        Reason::InvalidValue("sampleRate", String::new()),
        Reason::InvalidValue("numberOfChannels", String::new()),
        Reason::InvalidValue("encodeBitRate", String::new()),
        Reason::InvalidValue("format", String::new()),
    ],
    ..ORDER
};

const METHODS: &[Api] = &[
    answer(&START, |cx, options| {
        let recipe = recipe(options)?;
        order(cx, RecorderOrder::Start(recipe))
    }),
    answer(
        &ApiSpec {
            name: "RecorderManager.pause",
            summary: "Pauses the recording.",
            ..ORDER
        },
        |cx, _| order(cx, RecorderOrder::Pause),
    ),
    answer(
        &ApiSpec {
            name: "RecorderManager.resume",
            summary: "Goes on with the recording.",
            ..ORDER
        },
        |cx, _| order(cx, RecorderOrder::Resume),
    ),
    answer(
        &ApiSpec {
            name: "RecorderManager.stop",
            summary: "Ends the recording.",
            ..ORDER
        },
        |cx, _| order(cx, RecorderOrder::Stop),
    ),
    listener(&ApiSpec {
        name: "RecorderManager.onStart",
        summary: "Listens: the recording begins.",
        form: Form::On("onStart"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onResume",
        summary: "Listens: it goes on.",
        form: Form::On("onResume"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onPause",
        summary: "Listens: it pauses.",
        form: Form::On("onPause"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onStop",
        summary: "Listens: it is over.",
        form: Form::On("onStop"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onFrameRecorded",
        summary: "Listens: a frame is full.",
        form: Form::On("onFrameRecorded"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onError",
        summary: "Listens: the recorder does not do as it was told.",
        form: Form::On("onError"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onInterruptionBegin",
        summary: "Listens: the system needs the microphone.",
        form: Form::On("onInterruptionBegin"),
        since: Version(2, 3, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "RecorderManager.onInterruptionEnd",
        summary: "Listens: the microphone is free again.",
        form: Form::On("onInterruptionEnd"),
        since: Version(2, 3, 0),
        ..METHOD
    }),
];

fn order(cx: &mut Cx<'_>, order: RecorderOrder) -> Reply {
    let object = cx.this();
    let done = cx.world.apply(UseRecorder { object, order });
    done.map(|()| Vec::new()).map_err(|why| match why {
        RecorderBusy::Recording => Reason::Media(MediaProblem::RecorderBusy),
        RecorderBusy::NotStarted => Reason::Media(MediaProblem::RecorderNotStarted),
    })
}

/// Longest recording, in milliseconds, and the usual one.
const DURATION_MAX: i64 = 600_000;
const DURATION: i64 = 60_000;
/// Sample rates with their bit rates.
const RATES: [(i64, i64, i64); 9] = [
    (8_000, 16_000, 48_000),
    (11_025, 16_000, 48_000),
    (12_000, 24_000, 64_000),
    (16_000, 24_000, 96_000),
    (22_050, 32_000, 128_000),
    (24_000, 32_000, 128_000),
    (32_000, 48_000, 192_000),
    (44_100, 64_000, 320_000),
    (48_000, 64_000, 320_000),
];

/// What the options ask for.
fn recipe(options: &Value) -> Result<Recipe, Reason> {
    #[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
    let number = |key: &str| options.get(key).as_f64().map(|number| number as i64);
    let wrong = |key: &'static str, value: i64| Err(Reason::InvalidValue(key, value.to_string()));
    let duration_ms = number("duration").unwrap_or(DURATION);
    if !(1..=DURATION_MAX).contains(&duration_ms) {
        return wrong("duration", duration_ms);
    }
    let sample_rate = number("sampleRate").unwrap_or(8_000);
    let Some(row) = RATES.iter().find(|row| row.0 == sample_rate) else {
        return wrong("sampleRate", sample_rate);
    };
    let bit_rate = number("encodeBitRate").unwrap_or(48_000);
    if !(row.1..=row.2).contains(&bit_rate) {
        return wrong("encodeBitRate", bit_rate);
    }
    let channels = number("numberOfChannels").unwrap_or(2);
    if !(1..=2).contains(&channels) {
        return wrong("numberOfChannels", channels);
    }
    let format = match text(options, "format") {
        "" => "aac",
        format @ ("mp3" | "aac" | "wav" | "PCM") => format,
        other => return Err(Reason::InvalidValue("format", other.to_owned())),
    };
    let frame = number("frameSize").filter(|kilobytes| *kilobytes > 0);
    let frame_bytes = frame.and_then(|kilobytes| usize::try_from(kilobytes * 1_024).ok());
    Ok(Recipe {
        duration_ms,
        format: format.to_owned(),
        sample_rate,
        channels,
        bit_rate,
        frame_bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::recipe;
    use crate::errmsg::Reason;
    use crate::value::Value;

    #[test]
    fn sample_rates_have_their_bit_rates() {
        let with = |sample: f64, bits: f64| {
            recipe(&Value::object([
                ("sampleRate", Value::Number(sample)),
                ("encodeBitRate", Value::Number(bits)),
            ]))
            .map(|recipe| recipe.bit_rate)
        };
        assert_eq!(with(44_100.0, 192_000.0), Ok(192_000));
        assert_eq!(with(8_000.0, 16_000.0), Ok(16_000));
        let wrong = |key, value: &str| Err(Reason::InvalidValue(key, value.to_owned()));
        assert_eq!(with(8_000.0, 48_001.0), wrong("encodeBitRate", "48001"));
        assert_eq!(with(9_000.0, 48_000.0), wrong("sampleRate", "9000"));
        assert!(
            recipe(&Value::Undefined).is_ok(),
            "everything has a default"
        );
    }
}
