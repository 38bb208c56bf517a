//! `wx.openSystemBluetoothSetting`: opens the Bluetooth page of the phone.
//!
//! Official page: `api/base/system/wx.openSystemBluetoothSetting`.
//!
//! Unverified: the text of the failure elsewhere.
//!
//! Differs from the client: the program stays in the foreground; the step `switch bluetooth on` is what the user does.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::profile::Platform;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openSystemBluetoothSetting",
    group: Group::Base,
    summary: "Opens the Bluetooth page of the phone (Android only).",
    since: Version(2, 20, 1),
    fails: &[Reason::NotSupported],
    differs: "The program stays in the foreground; the step `switch bluetooth on` is what the user does.",
    examples: &[Example {
        title: "Android only",
        js: "wx.openSystemBluetoothSetting({ fail: () => {} })",
        replies: "openSystemBluetoothSetting:fail not supported",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    match cx.world.profile().platform {
        Platform::Android => Ok(Vec::new()),
        _ => Err(Reason::NotSupported),
    }
}
