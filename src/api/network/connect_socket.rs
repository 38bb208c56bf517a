//! `wx.connectSocket`: opens a WebSocket.
//!
//! Official page: `api/network/websocket/wx.connectSocket`. The callbacks tell only that the call was
//! taken; whether the connection came about tells the SocketTask (base library 1.7.0). At most five
//! sockets at a time; before 1.7.0 one, which the next one replaces.
//!
//! What no rule answers really goes out when the user of wxsim opened the host.
//!
//! Differs from the client: `perMessageDeflate`, `tcpNoDelay` and `forceCellularNetwork` change nothing;
//! real sockets are without compression and delay nothing.
//! Unverified: a domain that is not in the list fails the call, as `wx.request` does (Android's client
//! has told `onError` instead); `ws://` is taken as well as `wss://`; a server that chooses none of the
//! sub-protocols, or one that was not offered, fails the handshake.

use crate::api::exchange::{self, Request};
use crate::api::{Api, Behaviour, Cx};
use crate::errmsg::{Reason, SocketProblem};
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::network::HANDSHAKE;
use crate::world::socket::ConnectSocket;

const fn optional(name: &'static str, class: Class, since: Version) -> Param {
    Param {
        since,
        ..Param::optional(name, class)
    }
}

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "connectSocket",
    group: Group::Network,
    summary: "Opens a WebSocket.",
    form: Form::Opens("SocketTask"),
    promise: false,
    params: &[
        Param::required("url", Class::String),
        Param::optional("header", Class::Object),
        optional("protocols", Class::Array, Version(1, 4, 0)),
        optional("tcpNoDelay", Class::Boolean, Version(2, 4, 0)),
        optional("perMessageDeflate", Class::Boolean, Version(2, 8, 0)),
        optional("timeout", Class::Number, Version(2, 10, 0)),
        optional("forceCellularNetwork", Class::Boolean, Version(2, 29, 0)),
    ],
    latency_ms: 0,
    fails: &[
        Reason::InvalidUrl(String::new()),
        Reason::DomainNotListed,
        Reason::Socket(SocketProblem::TooMany),
    ],
    support: Support::Partial("compression, mobile network"),
    differs: "Declared routes answer, then open hosts (`--allow-host`); without either the domain counts as not listed.",
    examples: &[Example {
        title: "Listen at once",
        js: "wx.connectSocket({ url: 'wss://example.com/chat' }).onOpen(() => console.log('open'))",
        replies: "connectSocket:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Connect(connect),
};

fn connect(cx: &mut Cx<'_>, options: &Value) -> Result<(Request, bool), Reason> {
    let url = options.get("url").as_str().unwrap_or_default().to_owned();
    let lower = url.to_ascii_lowercase();
    if !lower.starts_with("ws://") && !lower.starts_with("wss://") {
        return Err(Reason::InvalidUrl(url));
    }
    let timeout_ms = exchange::timeout_ms(cx, SPEC.name, options);
    let routed = cx.world.apply(ConnectSocket {
        socket: cx.this(),
        url: &url,
        timeout_ms,
    })?;
    let request = Request {
        method: HANDSHAKE.to_owned(),
        url,
        body: String::new(),
    };
    Ok((request, routed))
}
