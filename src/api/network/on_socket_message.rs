//! `wx.onSocketMessage`: listens to messages of the server.
//!
//! Official page: `api/network/websocket/wx.onSocketMessage`. The former listener is not called any more.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onSocketMessage",
    group: Group::Network,
    summary: "Sets the listener of the socket: a message came.",
    form: Form::Sets("onSocketMessage"),
    examples: &[Example {
        title: "Read messages",
        js: "wx.onSocketMessage(({ data }) => console.log({ data }))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
