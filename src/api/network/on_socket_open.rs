//! `wx.onSocketOpen`: listens to the opening of a socket.
//!
//! Official page: `api/network/websocket/wx.onSocketOpen`. The former listener is not called any more.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onSocketOpen",
    group: Group::Network,
    summary: "Sets the listener of the socket: it is open.",
    form: Form::Sets("onSocketOpen"),
    examples: &[Example {
        title: "Send after the opening",
        js: "wx.onSocketOpen(({ header }) => console.log({ header }))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
