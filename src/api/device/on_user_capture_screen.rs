//! `wx.onUserCaptureScreen`: tells of pictures that the user takes of the screen.
//!
//! Official page: `api/device/screen/wx.onUserCaptureScreen`.
//!
//! The step `capture` takes one. Only one listener is kept: another takes its place.
//!
//! Unverified: since when only one is kept; here always.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onUserCaptureScreen",
    group: Group::Device,
    summary: "Listens: the user takes a picture of the screen.",
    since: Version(1, 4, 0),
    form: Form::Sets("onUserCaptureScreen"),
    support: Support::Partial("the query for sharing that the listener returns"),
    examples: &[Example {
        title: "Offer to share instead",
        js: "wx.onUserCaptureScreen(() => console.log('captured'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
