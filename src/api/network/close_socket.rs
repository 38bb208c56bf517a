//! `wx.closeSocket`: closes the open socket.
//!
//! Official page: `api/network/websocket/wx.closeSocket`: before `wx.onSocketOpen` it does not close.
//!
//! Unverified: with several sockets, it is the oldest one that is not closed.

use super::socket_task::{CLOSE_PARAMS, farewell};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, SocketProblem};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::socket::CloseSocket;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "closeSocket",
    group: Group::Network,
    summary: "Closes the open socket.",
    params: CLOSE_PARAMS,
    latency_ms: 0,
    fails: &[
        Reason::Socket(SocketProblem::NotConnected),
        Reason::Socket(SocketProblem::BadCode),
        Reason::Socket(SocketProblem::ReasonTooLong),
    ],
    examples: &[Example {
        title: "Close when there is a connection",
        js: "wx.closeSocket({ fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "closeSocket:fail WebSocket is not connected",
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
    let (code, reason) = farewell(options)?;
    cx.world.apply(CloseSocket {
        socket,
        code,
        reason,
    })?;
    Ok(Vec::new())
}
