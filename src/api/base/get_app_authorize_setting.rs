//! `wx.getAppAuthorizeSetting`: what the operating system allows WeChat.
//!
//! Official page: `api/base/system/wx.getAppAuthorizeSetting`.
//!
//! The flag and step `system camera=denied` change it. Some members are told on iOS only.
//!
//! Differs from the client: notifications are always authorized, and the location is always exact.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::profile::Platform;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::device::SystemPermission;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getAppAuthorizeSetting",
    group: Group::Base,
    summary: "Gives what the operating system allows WeChat.",
    since: Version(2, 20, 1),
    differs: "Notifications are always authorized, and the location is always exact.",
    examples: &[Example {
        title: "May WeChat use the camera?",
        js: "console.log(wx.getAppAuthorizeSetting().cameraAuthorized)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    let profile = cx.world.profile();
    let ios = profile.platform == Platform::Ios;
    let tells_bluetooth = ios || profile.sdk >= BLUETOOTH_ON_ANDROID_SINCE;
    let mut members = Vec::new();
    for permission in SystemPermission::ALL {
        let told = match permission {
            SystemPermission::Album => ios,
            SystemPermission::Bluetooth => tells_bluetooth,
            _ => true,
        };
        if told {
            let state = cx.world.system_permission(permission);
            members.push((
                format!("{}Authorized", permission.name()),
                state.name().into(),
            ));
        }
    }
    if ios {
        members.push(("locationReducedAccuracy".to_owned(), false.into()));
        for part in ["Alert", "Badge", "Sound"] {
            members.push((format!("notification{part}Authorized"), "authorized".into()));
        }
    }
    members.push(("notificationAuthorized".to_owned(), "authorized".into()));
    Ok(Value::Object(members))
}

/// Base library in which Android began to tell of Bluetooth.
const BLUETOOTH_ON_ANDROID_SINCE: Version = Version(3, 5, 0);
