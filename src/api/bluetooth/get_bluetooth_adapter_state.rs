//! `wx.getBluetoothAdapterState`: whether Bluetooth can be used.
//!
//! Official page: `api/device/bluetooth/wx.getBluetoothAdapterState`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBluetoothAdapterState",
    group: Group::Bluetooth,
    summary: "Tells whether Bluetooth can be used.",
    since: Version(1, 1, 0),
    fails: &[Reason::BluetoothNotOpen],
    examples: &[Example {
        title: "Not opened",
        js: "wx.getBluetoothAdapterState({ fail() {} })",
        replies: "getBluetoothAdapterState:fail not init",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    if !cx.world.is_adapter_open() {
        return Err(Reason::BluetoothNotOpen);
    }
    Ok(vec![
        ("discovering".to_owned(), false.into()),
        ("available".to_owned(), cx.world.is_bluetooth_on().into()),
    ])
}
