//! What can go wrong with sockets.
//!
//! Texts: what programs report of the clients (`wcwss` is the clients' own module), and for
//! [`SocketProblem::ReasonTooLong`] a guess.

use super::meaning::{Meaning, text};

/// A failure of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SocketProblem {
    /// As many sockets as there may be at a time.
    TooMany,
    /// A message for a socket that is not open.
    NotOpen,
    /// `wx.sendSocketMessage` and `wx.closeSocket` without an open socket.
    NotConnected,
    /// A socket that was closed already is closed.
    Gone,
    /// A close code that programs must not use.
    BadCode,
    /// The reason of a close is too long.
    ReasonTooLong,
    /// A message that is neither text nor bytes.
    BadData,
}

impl SocketProblem {
    /// The words.
    pub const fn text(self) -> &'static str {
        match self {
            // The word `fail` stands twice on clients.
            Self::TooMany => "fail reach max websocket connect count 5",
            Self::NotOpen => "SocketTask.readyState is not OPEN",
            Self::NotConnected => "WebSocket is not connected",
            Self::Gone => "wcwss taskID not exist",
            Self::BadCode => {
                "wcwss invalid code, the code must be either 1000, or between 3000 and 4999"
            }
            Self::ReasonTooLong => "wcwss invalid reason, the reason must not exceed 123 bytes",
            Self::BadData => "unknown data",
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::TooMany => text(
                "As many sockets as a mini program may have are open or connecting.",
                "已有的 WebSocket 连接数达到上限。",
                "Close what is no longer needed and wait for `onClose` before you connect again.",
                "关闭不再使用的连接，等 `onClose` 之后再重连。",
            ),
            Self::NotOpen => text(
                "A message was sent on a socket that is still connecting, is closing or is closed.",
                "在连接尚未打开、正在关闭或已关闭时发送消息。",
                "Send after `onOpen`; keep what comes earlier in a list, and connect again after `onClose`.",
                "在 `onOpen` 之后发送；更早的消息先放入队列，`onClose` 之后重连。",
            ),
            Self::NotConnected => text(
                "The members of `wx` found no open socket to send on or to close.",
                "没有已打开的 WebSocket 连接可供发送或关闭。",
                "Call them after `wx.onSocketOpen`, or better use the methods of the SocketTask.",
                "在 `wx.onSocketOpen` 之后调用，最好改用 SocketTask 的方法。",
            ),
            Self::Gone => text(
                "The socket is closed or being closed already.",
                "该连接已经关闭，或正在关闭。",
                "Nothing is wrong: forget the task in `onClose` and `onError`.",
                "这不是故障：在 `onClose` 和 `onError` 里丢弃该任务。",
            ),
            Self::BadCode => text(
                "A program may close with 1000 or with 3000 to 4999 only.",
                "关闭连接的 code 只能是 1000 或 3000 到 4999。",
                "Leave the code out, or take one of your own from 4000 on.",
                "不传 code，或使用 4000 以上的自定义值。",
            ),
            Self::ReasonTooLong => text(
                "The reason of a close is longer than 123 bytes of UTF-8.",
                "关闭原因超过 123 字节（UTF-8）。",
                "Shorten it; a Chinese character takes three bytes.",
                "缩短文本；一个汉字占三个字节。",
            ),
            Self::BadData => text(
                "A message is neither a text nor an ArrayBuffer.",
                "发送的数据既不是字符串也不是 ArrayBuffer。",
                "Use `JSON.stringify`, or the `buffer` of a typed array.",
                "使用 `JSON.stringify`，或类型化数组的 `buffer`。",
            ),
        }
    }
}
