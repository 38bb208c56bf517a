//! `SocketTask`: a WebSocket.
//!
//! Official page: `api/network/websocket/SocketTask`. Listeners add up, unlike those of `wx.onSocketX`.
//! Its results begin with the names of the members of `wx`; only a message that cannot be sent yet
//! or any more is refused under the method's own name.
//!
//! `readyState` and its four values are there on clients, though the manual does not name them.
//! Unverified: a close while it is connecting ends it without an error; the words for a reason that is too
//! long; methods give no promise.

use crate::api::{Class, Cx, Member, Reply, answer, listener};
use crate::errmsg::{Reason, SocketProblem};
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Param};
use crate::value::Value;
use crate::world::socket::{CloseSocket, Phase, SendMessage, TASKS_SINCE};
use crate::world::socket_rule::Message;

/// The class.
pub const CLASS: Class = Class {
    name: "SocketTask",
    methods: &[
        answer(&SEND, send),
        answer(&CLOSE, close),
        listener(&ApiSpec {
            name: "SocketTask.onOpen",
            summary: "Listens: the socket is open.",
            form: Form::On("onOpen"),
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "SocketTask.onMessage",
            summary: "Listens: the server sent a message.",
            form: Form::On("onMessage"),
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "SocketTask.onError",
            summary: "Listens: the connection failed.",
            form: Form::On("onError"),
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "SocketTask.onClose",
            summary: "Listens: the socket is closed.",
            form: Form::On("onClose"),
            ..METHOD
        }),
    ],
    members: &[
        Member {
            name: "readyState",
            get: |cx| number(cx.world.socket(cx.this())),
            set: None,
        },
        Member {
            name: "CONNECTING",
            get: |_| number(Phase::Connecting),
            set: None,
        },
        Member {
            name: "OPEN",
            get: |_| number(Phase::Open),
            set: None,
        },
        Member {
            name: "CLOSING",
            get: |_| number(Phase::Closing),
            set: None,
        },
        Member {
            name: "CLOSED",
            get: |_| number(Phase::Closed),
            set: None,
        },
    ],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Network,
    since: TASKS_SINCE,
    ..ApiSpec::SYNC
};

const SEND: ApiSpec = ApiSpec {
    name: "SocketTask.send",
    replies_as: "sendSocketMessage",
    summary: "Sends a text or bytes.",
    form: Form::Async,
    params: &[Param::optional("data", Kind::Any)],
    fails: SEND_FAILS,
    ..METHOD
};

const CLOSE: ApiSpec = ApiSpec {
    name: "SocketTask.close",
    replies_as: "closeSocket",
    summary: "Closes the socket.",
    form: Form::Async,
    params: CLOSE_PARAMS,
    fails: &[
        Reason::Socket(SocketProblem::Gone),
        Reason::Socket(SocketProblem::BadCode),
        Reason::Socket(SocketProblem::ReasonTooLong),
    ],
    ..METHOD
};

/// What sending can fail with on a socket.
const SEND_FAILS: &[Reason] = &[
    Reason::Socket(SocketProblem::NotOpen),
    Reason::Socket(SocketProblem::BadData),
];

/// Options of a close.
pub(super) const CLOSE_PARAMS: &[Param] = &[
    Param::optional("code", Kind::Number),
    Param::optional("reason", Kind::String),
];

/// Bytes of a close reason.
const REASON_BYTES_MAX: usize = 123;

fn number(phase: Phase) -> Value {
    (phase as u32).into()
}

fn send(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let socket = cx.this();
    if cx.world.socket(socket) != Phase::Open {
        return Err(Reason::Socket(SocketProblem::NotOpen));
    }
    let message = message(options)?;
    cx.world.apply(SendMessage { socket, message })?;
    Ok(Vec::new())
}

/// The message of the options.
///
/// # Errors
/// It is neither text nor an ArrayBuffer.
pub(super) fn message(options: &Value) -> Result<Message, Reason> {
    match options.get("data") {
        Value::String(text) => Ok(Message::Text(text.clone())),
        Value::Bytes("ArrayBuffer", bytes) => Ok(Message::Bytes(bytes.clone())),
        _ => Err(Reason::Socket(SocketProblem::BadData)),
    }
}

fn close(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let socket = cx.this();
    let (code, reason) = farewell(options)?;
    cx.world.apply(CloseSocket {
        socket,
        code,
        reason,
    })?;
    Ok(Vec::new())
}

/// Code and reason of the options; a code that is no number counts as none.
///
/// # Errors
/// They must not be used.
pub(super) fn farewell(options: &Value) -> Result<(u16, String), Reason> {
    let given = options.get("code").as_f64();
    let code = given.map_or(Some(1_000), |code| {
        let mut allowed = (3_000..5_000).chain([1_000]);
        allowed.find(|known| f64::from(*known).total_cmp(&code).is_eq())
    });
    let code = code.ok_or(Reason::Socket(SocketProblem::BadCode))?;
    let reason = options.get("reason").as_str().unwrap_or_default();
    if reason.len() > REASON_BYTES_MAX {
        return Err(Reason::Socket(SocketProblem::ReasonTooLong));
    }
    Ok((code, reason.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::farewell;
    use crate::errmsg::{Reason, SocketProblem};
    use crate::value::Value;

    #[test]
    fn a_program_closes_with_a_code_of_its_own_or_1000() {
        let with = |code: Value| farewell(&Value::object([("code", code)]));
        let number = |code: f64| with(Value::Number(code)).map(|(code, _)| code);
        assert_eq!(with(Value::Undefined), Ok((1_000, String::new())));
        assert_eq!(with("4000".into()), Ok((1_000, String::new())), "no number");
        for code in [1_000.0, 3_000.0, 4_999.0] {
            assert_eq!(number(code).map(f64::from), Ok(code));
        }
        for code in [
            999.0,
            1_001.0,
            2_999.0,
            5_000.0,
            3_000.5,
            -1.0,
            f64::INFINITY,
        ] {
            assert_eq!(
                number(code),
                Err(Reason::Socket(SocketProblem::BadCode)),
                "{code}"
            );
        }
    }

    #[test]
    fn a_reason_is_counted_in_bytes() {
        let with = |reason: String| farewell(&Value::object([("reason", reason.into())]));
        assert!(with("茶".repeat(41)).is_ok());
        assert_eq!(
            with("茶".repeat(41) + "a"),
            Err(Reason::Socket(SocketProblem::ReasonTooLong))
        );
    }
}
