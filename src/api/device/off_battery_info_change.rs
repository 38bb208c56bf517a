//! `wx.offBatteryInfoChange`: removes one listener of `wx.onBatteryInfoChange`, or all of them.
//!
//! Official page: `api/device/battery/wx.offBatteryInfoChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offBatteryInfoChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onBatteryInfoChange`, or all.",
    since: Version(3, 5, 0),
    form: Form::Off("onBatteryInfoChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offBatteryInfoChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
