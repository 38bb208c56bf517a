//! `wx.onSocketError`: listens to failures of a connection.
//!
//! Official page: `api/network/websocket/wx.onSocketError`. The former listener is not called any more.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onSocketError",
    group: Group::Network,
    summary: "Sets the listener of the socket: it failed.",
    form: Form::Sets("onSocketError"),
    examples: &[Example {
        title: "Say why there is no connection",
        js: "wx.onSocketError(({ errMsg }) => console.log({ errMsg }))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
