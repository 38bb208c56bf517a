//! `wx.offBluetoothAdapterStateChange`: stops one listener of `wx.onBluetoothAdapterStateChange`, or all of them.
//!
//! Official page: `api/bluetooth/wx.offBluetoothAdapterStateChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offBluetoothAdapterStateChange",
    group: Group::Bluetooth,
    summary: "Stops one listener of `wx.onBluetoothAdapterStateChange`, or all of them.",
    since: Version(2, 9, 0),
    form: Form::Off("onBluetoothAdapterStateChange"),
    examples: &[Example {
        title: "Stop all",
        js: "wx.offBluetoothAdapterStateChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
