//! `wx.offAudioInterruptionEnd`: removes one listener of `wx.onAudioInterruptionEnd`, or all of them.
//!
//! Official page: `api/base/app/app-event/wx.offAudioInterruptionEnd`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAudioInterruptionEnd",
    group: Group::Base,
    summary: "Removes one listener of `wx.onAudioInterruptionEnd`, or all.",
    since: Version(2, 6, 2),
    form: Form::Off("onAudioInterruptionEnd"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offAudioInterruptionEnd()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
