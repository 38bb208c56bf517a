//! `wx.createBLEPeripheralServer`: makes the phone a peripheral of Bluetooth Low Energy.
//!
//! Official page: `api/device/bluetooth-peripheral/wx.createBLEPeripheralServer`. Guarded by `scope.bluetooth`; a program may have
//! several servers.
//!
//! Differs from the client: nobody connects of their own accord; the step `event onBLEPeripheralConnectionStateChanged` says who does.
//! Unverified: the adapter has to be open, in the mode `peripheral` or another, and Bluetooth on.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Guard};
use crate::value::Value;
use crate::version::Version;
use crate::world::peripheral::OpenServer;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createBLEPeripheralServer",
    group: Group::Bluetooth,
    summary: "Makes the phone a peripheral: gives a `BLEPeripheralServer` as `server`.",
    since: Version(2, 10, 3),
    guard: Guard::Scope("scope.bluetooth"),
    privacy: Some(PrivacyItem::Bluetooth),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::BluetoothNotOpen,
        Reason::BluetoothOff,
    ],
    differs: "Nobody connects but by a step.",
    examples: &[Example {
        title: "After the adapter was opened",
        js: "wx.openBluetoothAdapter({ mode: 'peripheral', success: () => wx.createBLEPeripheralServer() })",
        replies: "openBluetoothAdapter:ok\ncreateBLEPeripheralServer:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    usable(cx)?;
    let server = cx.world.apply(OpenServer);
    Ok(vec![("server".to_owned(), server.0.into())])
}

/// Whether the adapter is open and on, or why not.
pub(super) fn usable(cx: &Cx<'_>) -> Result<(), Reason> {
    if !cx.world.is_adapter_open() {
        return Err(Reason::BluetoothNotOpen);
    }
    if cx.world.is_bluetooth_on() {
        Ok(())
    } else {
        Err(Reason::BluetoothOff)
    }
}
