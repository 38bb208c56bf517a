//! `wx.onBLEPeripheralConnectionStateChanged`: tells that a central connects or leaves.
//!
//! Official page: `api/device/bluetooth-peripheral/wx.onBLEPeripheralConnectionStateChanged`.
//!
//! The step `event onBLEPeripheralConnectionStateChanged {"connected":true}` makes it happen, while a server advertises.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBLEPeripheralConnectionStateChanged",
    group: Group::Bluetooth,
    summary: "Listens: a central connects or leaves.",
    since: Version(2, 10, 3),
    form: Form::On("onBLEPeripheralConnectionStateChanged"),
    differs: "It happens by a step alone.",
    examples: &[Example {
        title: "Listen",
        js: "wx.onBLEPeripheralConnectionStateChanged(({ connected }) => console.log(connected))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
