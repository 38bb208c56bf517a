//! `wx.onAudioInterruptionBegin`: tells that a call or an alarm silences all sounds.
//!
//! Official page: `api/base/app/app-event/wx.onAudioInterruptionBegin`.
//!
//! The step `event onAudioInterruptionBegin` makes it happen. After it sounds and the recording pause, until
//! `onAudioInterruptionEnd` none can begin, and nothing goes on by itself.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAudioInterruptionBegin",
    group: Group::Base,
    summary: "Listens: the system silences the sounds of the program.",
    since: Version(2, 6, 2),
    form: Form::On("onAudioInterruptionBegin"),
    examples: &[Example {
        title: "Pause the lesson",
        js: "wx.onAudioInterruptionBegin(() => console.log('silent'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
