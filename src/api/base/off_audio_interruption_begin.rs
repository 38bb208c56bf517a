//! `wx.offAudioInterruptionBegin`: removes one listener of `wx.onAudioInterruptionBegin`, or all of them.
//!
//! Official page: `api/base/app/app-event/wx.offAudioInterruptionBegin`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAudioInterruptionBegin",
    group: Group::Base,
    summary: "Removes one listener of `wx.onAudioInterruptionBegin`, or all.",
    since: Version(2, 6, 2),
    form: Form::Off("onAudioInterruptionBegin"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offAudioInterruptionBegin()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
