//! `wx.offBLEPeripheralConnectionStateChanged`: removes one listener of `wx.onBLEPeripheralConnectionStateChanged`, or all of them.
//!
//! Official page: `api/device/bluetooth-peripheral/wx.offBLEPeripheralConnectionStateChanged`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offBLEPeripheralConnectionStateChanged",
    group: Group::Bluetooth,
    summary: "Removes one listener of `wx.onBLEPeripheralConnectionStateChanged`, or all.",
    since: Version(2, 10, 3),
    form: Form::Off("onBLEPeripheralConnectionStateChanged"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offBLEPeripheralConnectionStateChanged()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
