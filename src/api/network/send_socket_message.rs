//! `wx.sendSocketMessage`: sends a message on the open socket.
//!
//! Official page: `api/network/websocket/wx.sendSocketMessage`: to be called after `wx.onSocketOpen`. With
//! several sockets the SocketTask should be used.
//!
//! Unverified: with several, it is the oldest one that is not closed.

use super::socket_task::message;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, SocketProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::world::socket::SendMessage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "sendSocketMessage",
    group: Group::Network,
    summary: "Sends a text or bytes on the open socket.",
    params: &[Param::optional("data", Class::Any)],
    latency_ms: 0,
    fails: &[
        Reason::Socket(SocketProblem::NotConnected),
        Reason::Socket(SocketProblem::BadData),
    ],
    examples: &[Example {
        title: "Send when there is a connection",
        js: "wx.sendSocketMessage({ data: 'hi', fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "sendSocketMessage:fail WebSocket is not connected",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let socket = cx
        .world
        .main_socket()
        .ok_or(Reason::Socket(SocketProblem::NotConnected))?;
    let message = message(options)?;
    cx.world.apply(SendMessage { socket, message })?;
    Ok(Vec::new())
}
