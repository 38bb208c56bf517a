//! `wx.openBluetoothAdapter`: opens Bluetooth for the program.
//!
//! Official page: `api/device/bluetooth/wx.openBluetoothAdapter`. Guarded by `scope.bluetooth` since 2022-02-21; fails
//! while Bluetooth is off, and the program hears when it is switched on.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::bluetooth::OpenAdapter;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openBluetoothAdapter",
    group: Group::Bluetooth,
    summary: "Opens Bluetooth for the program.",
    since: Version(1, 1, 0),
    params: &[Param {
        since: Version(2, 10, 0),
        ..Param::optional("mode", Class::String)
    }],
    guard: Guard::Scope("scope.bluetooth"),
    privacy: Some(PrivacyItem::Bluetooth),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::BluetoothOff,
    ],
    support: Support::Partial("devices to find"),
    examples: &[Example {
        title: "Open it",
        js: "wx.openBluetoothAdapter()",
        replies: "openBluetoothAdapter:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(OpenAdapter(true));
    if cx.world.is_bluetooth_on() {
        Ok(Vec::new())
    } else {
        Err(Reason::BluetoothOff)
    }
}
