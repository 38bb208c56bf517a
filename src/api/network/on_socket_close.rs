//! `wx.onSocketClose`: listens to the end of a socket.
//!
//! Official page: `api/network/websocket/wx.onSocketClose`. The former listener is not called any more.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onSocketClose",
    group: Group::Network,
    summary: "Sets the listener of the socket: it is closed.",
    form: Form::Sets("onSocketClose"),
    examples: &[Example {
        title: "Connect again later",
        js: "wx.onSocketClose(({ code }) => console.log({ code }))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
