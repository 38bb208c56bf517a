//! `wx.onAudioInterruptionEnd`: tells that sounds may be heard again.
//!
//! Official page: `api/base/app/app-event/wx.onAudioInterruptionEnd`.
//!
//! The step `event onAudioInterruptionEnd` makes it happen.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAudioInterruptionEnd",
    group: Group::Base,
    summary: "Listens: the sounds of the program may be heard again.",
    since: Version(2, 6, 2),
    form: Form::On("onAudioInterruptionEnd"),
    examples: &[Example {
        title: "Go on with the lesson",
        js: "wx.onAudioInterruptionEnd(() => console.log('audible'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
