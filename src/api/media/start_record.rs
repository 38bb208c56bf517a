//! `wx.startRecord`: records sound; succeeds when the recording is over.
//!
//! Official page: `api/media/recorder/wx.startRecord`. Not maintained; `wx.getRecorderManager` takes its place. A recording ends by
//! `wx.stopRecord` or after a minute, and cannot begin while the user is away. It is a SILK file.
//!
//! Unverified: one recorder serves both families; a start while something records, and one while the user is away, fail
//! without a word; leaving ends the recording, and so does a phone call.

use crate::api::{Api, Behaviour, Cx};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Example, Group, Guard};
use crate::value::Value;
use crate::world::object::{NewObject, ObjectId};
use crate::world::privacy::PrivacyItem;
use crate::world::recorder::{Recipe, RecorderOrder, UseRecorder, VOICE};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startRecord",
    group: Group::Media,
    summary: "Records sound, for a minute at most.",
    guard: Guard::Scope("scope.record"),
    privacy: Some(PrivacyItem::Microphone),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::Media(MediaProblem::Unexplained),
    ],
    examples: &[Example {
        title: "A short one",
        js: "wx.authorize({ scope: 'scope.record', success() {\n\
             wx.startRecord();\n\
             wx.stopRecord();\n\
             } })",
        replies: "authorize:ok\nstartRecord:ok\nstopRecord:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Lasts(begin),
};

/// Longest recording, in milliseconds.
const DURATION_MAX: i64 = 60_000;
/// Bits that a second of speech has.
const BIT_RATE: i64 = 24_000;

fn begin(cx: &mut Cx<'_>, _: &Value) -> Result<ObjectId, Reason> {
    let failed = Reason::Media(MediaProblem::Unexplained);
    if cx.world.is_in_background() {
        return Err(failed);
    }
    let object = cx.world.apply(NewObject(VOICE));
    let order = RecorderOrder::Start(Recipe {
        duration_ms: DURATION_MAX,
        format: "silk".to_owned(),
        sample_rate: 16_000,
        channels: 1,
        bit_rate: BIT_RATE,
        frame_bytes: None,
    });
    let begun = cx.world.apply(UseRecorder { object, order });
    begun.map(|()| object).map_err(|_| failed)
}
