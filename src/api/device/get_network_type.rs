//! `wx.getNetworkType`: how the phone is connected.
//!
//! Official page: `api/device/network/wx.getNetworkType`. The step `network` changes it.
//!
//! Unverified: `signalStrength` is 0.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getNetworkType",
    group: Group::Device,
    summary: "Gives the kind of the connection.",
    examples: &[Example {
        title: "Warn before a download",
        js: "wx.getNetworkType({ success: ({ networkType }) => console.log(networkType) })",
        replies: "getNetworkType:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let kind = cx.world.connection().name();
    let sdk = cx.world.profile().sdk;
    let mut members = vec![("networkType".to_owned(), kind.into())];
    if sdk >= Version(2, 22, 1) {
        members.push(("hasSystemProxy".to_owned(), false.into()));
    }
    members.push(("signalStrength".to_owned(), 0_u32.into()));
    if sdk >= Version(3, 5, 3) {
        members.push(("weakNet".to_owned(), false.into()));
    }
    Ok(members)
}
