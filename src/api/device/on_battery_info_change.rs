//! `wx.onBatteryInfoChange`: tells whether the phone saves power.
//!
//! Official page: `api/device/battery/wx.onBatteryInfoChange`.
//!
//! The step `battery {"isLowPowerModeEnabled":true}` makes it save; other changes of the battery
//! are not told.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBatteryInfoChange",
    group: Group::Device,
    summary: "Listens: the phone begins or ends to save power.",
    since: Version(3, 5, 0),
    form: Form::On("onBatteryInfoChange"),
    examples: &[Example {
        title: "Stop what only looks nice",
        js: "wx.onBatteryInfoChange(({ isLowPowerModeEnabled }) => console.log(isLowPowerModeEnabled))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
