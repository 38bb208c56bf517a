//! `wx.offUserCaptureScreen`: removes one listener of `wx.onUserCaptureScreen`, or all of them.
//!
//! Official page: `api/device/screen/wx.offUserCaptureScreen`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offUserCaptureScreen",
    group: Group::Device,
    summary: "Removes one listener of `wx.onUserCaptureScreen`, or all.",
    since: Version(2, 9, 3),
    form: Form::Off("onUserCaptureScreen"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offUserCaptureScreen()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
