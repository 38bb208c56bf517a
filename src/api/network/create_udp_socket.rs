//! `wx.createUDPSocket`: gives a UDP socket.
//!
//! Official page: `api/network/udp/wx.createUDPSocket`. Its methods are not simulated.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::{NewObject, ObjectId};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createUDPSocket",
    group: Group::Network,
    summary: "Gives a UDP socket.",
    since: Version(2, 7, 0),
    form: Form::Object("UDPSocket"),
    support: Support::Partial("every method of the socket"),
    examples: &[Example {
        title: "Make a socket",
        js: "wx.createUDPSocket()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<ObjectId, Reason> {
    Ok(cx.world.apply(NewObject("UDPSocket")))
}
