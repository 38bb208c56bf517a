//! `wx.closeBluetoothAdapter`: closes Bluetooth for the program.
//!
//! Official page: `api/device/bluetooth/wx.closeBluetoothAdapter`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::bluetooth::CloseAdapter;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "closeBluetoothAdapter",
    group: Group::Bluetooth,
    summary: "Closes Bluetooth for the program.",
    since: Version(1, 1, 0),
    fails: &[Reason::BluetoothNotOpen],
    examples: &[Example {
        title: "After it was opened",
        js: "wx.openBluetoothAdapter({ success: () => wx.closeBluetoothAdapter() })",
        replies: "openBluetoothAdapter:ok\ncloseBluetoothAdapter:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    if !cx.world.is_adapter_open() {
        return Err(Reason::BluetoothNotOpen);
    }
    cx.world.apply(CloseAdapter);
    Ok(Vec::new())
}
