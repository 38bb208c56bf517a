//! `wx.openBluetoothAdapter`: opens Bluetooth for the program.
//!
//! Official page: `api/device/bluetooth/wx.openBluetoothAdapter`. Guarded by `scope.bluetooth` since 2022-02-21. Fails
//! while Bluetooth is off; it is open all the same, and the program hears when it is switched on. On iOS the
//! failure has `state`, and each `mode` is opened by a call of its own; elsewhere there is one for both.
//!
//! Clients of which published programs know say `already opened` the second time; whether this one does is a rule
//! ([`Rules::bluetooth_opens_once`](crate::profile::Rules::bluetooth_opens_once)).
//!
//! Differs from the client: the states 0 (unknown), 1 (resetting) and 2 (not supported) of iOS do not come.
//! Unverified: another word in `mode` is `central`; `already opened` has no `errCode` and no `errno`, and comes
//! also while Bluetooth is off; the words for WeChat without the permission of the system (`state` 3) on iOS.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::bluetooth::{Mode, OpenAdapter};
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openBluetoothAdapter",
    group: Group::Bluetooth,
    summary: "Opens Bluetooth for the program.",
    since: Version(1, 1, 0),
    params: &[Param {
        since: MODE_SINCE,
        ..Param::optional("mode", Class::String)
    }],
    guard: Guard::Scope("scope.bluetooth"),
    privacy: Some(PrivacyItem::Bluetooth),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::BluetoothOff,
        Reason::BluetoothOpen,
    ],
    examples: &[Example {
        title: "Open it",
        js: "wx.openBluetoothAdapter()",
        replies: "openBluetoothAdapter:ok",
    }],
    ..ApiSpec::ASYNC
};

const MODE_SINCE: Version = Version(2, 10, 0);

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let profile = cx.world.profile();
    let has_modes = profile.platform == Platform::Ios && profile.sdk >= MODE_SINCE;
    let mode = match options.get("mode").as_str() {
        Some("peripheral") if has_modes => Mode::Peripheral,
        _ => Mode::Central,
    };
    if profile.rules.bluetooth_opens_once && cx.world.is_adapter_open_as(mode) {
        return Err(Reason::BluetoothOpen);
    }
    cx.world.apply(OpenAdapter(mode));
    if cx.world.is_bluetooth_on() {
        Ok(Vec::new())
    } else {
        Err(Reason::BluetoothOff)
    }
}
