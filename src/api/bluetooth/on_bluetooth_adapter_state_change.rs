//! `wx.onBluetoothAdapterStateChange`: Bluetooth is switched on or off.
//!
//! Official page: `api/bluetooth/wx.onBluetoothAdapterStateChange`. Comes after `wx.openBluetoothAdapter`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onBluetoothAdapterStateChange",
    group: Group::Bluetooth,
    summary: "Listens: Bluetooth is switched on or off.",
    since: Version(1, 1, 0),
    form: Form::On("onBluetoothAdapterStateChange"),
    examples: &[Example {
        title: "Say that it is off",
        js: "wx.onBluetoothAdapterStateChange((result) => console.log(result))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
