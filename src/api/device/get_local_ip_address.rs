//! `wx.getLocalIPAddress`: the address of the phone in its network.
//!
//! Official page: `api/device/network/wx.getLocalIPAddress`.
//!
//! Unverified: without a connection it fails, in words of our own.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::connection::Connection;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getLocalIPAddress",
    group: Group::Device,
    summary: "Gives the address of the phone in its network.",
    since: Version(2, 20, 1),
    promise: false,
    fails: &[Reason::Device(DeviceProblem::NoNetwork)],
    examples: &[Example {
        title: "Find a printer in the same network",
        js: "wx.getLocalIPAddress({ success: ({ localip }) => console.log(localip) })",
        replies: "getLocalIPAddress:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let (address, mask) = match cx.world.connection() {
        Connection::None => return Err(Reason::Device(DeviceProblem::NoNetwork)),
        Connection::Wifi => ("192.168.1.100", "255.255.255.0"),
        _ => ("10.0.0.100", "255.0.0.0"),
    };
    let mut members = vec![("localip".to_owned(), address.into())];
    if cx.world.profile().sdk >= NETMASK_SINCE {
        members.push(("netmask".to_owned(), mask.into()));
    }
    Ok(members)
}

/// Base library in which the mask was added.
const NETMASK_SINCE: Version = Version(2, 24, 0);
