//! `wx.stopRecord`: ends the recording of `wx.startRecord`.
//!
//! Official page: `api/media/recorder/wx.stopRecord`.
//!
//! Unverified: it fails when nothing is recorded, as in other implementations of the API; the success of `wx.startRecord`
//! comes before its own.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::recorder::StopVoiceRecording;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "stopRecord",
    group: Group::Media,
    summary: "Ends the recording of `wx.startRecord`.",
    fails: &[Reason::Media(MediaProblem::Unexplained)],
    examples: &[Example {
        title: "Nothing is recorded",
        js: "wx.stopRecord({ fail() {} })",
        replies: "stopRecord:fail",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let ended = cx.world.apply(StopVoiceRecording);
    ended
        .then(Vec::new)
        .ok_or(Reason::Media(MediaProblem::Unexplained))
}
