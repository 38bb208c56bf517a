//! Failures of voice chats.
//!
//! Official page: `wx.joinVoIPChat`, the table of `errCode`; the texts are those of the table.

use super::meaning::{Meaning, text};

/// Why there is no voice chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoipProblem {
    /// The user is in a chat.
    Joined,
    /// A call or a recording keeps the microphone.
    MicrophoneInUse,
    /// The user left while the chat was being joined.
    Left,
    /// The client says no more: there is no chat, or none of that kind.
    System,
}

impl VoipProblem {
    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Joined => "当前已在房间内",
            Self::MicrophoneInUse => "录音设备被占用，可能是当前正在使用微信内语音通话或系统通话",
            Self::Left => "加入会话期间退出",
            Self::System => "系统错误",
        }
    }

    /// `errCode` of the result.
    pub const fn code(self) -> i64 {
        match self {
            Self::Joined => -1,
            Self::MicrophoneInUse => -2,
            Self::Left => -3,
            Self::System => -1_000,
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::Joined => text(
                "The user is in a voice chat already.",
                "当前已在语音房间内。",
                "Call wx.exitVoIPChat first.",
                "先调用 wx.exitVoIPChat。",
            ),
            Self::MicrophoneInUse => text(
                "A phone call or a recording keeps the microphone.",
                "麦克风被通话或录音占用。",
                "Stop the recording, or try again after the call.",
                "停止录音，或在通话结束后重试。",
            ),
            Self::Left => text(
                "The user left the mini program before the chat was joined.",
                "加入房间完成之前用户离开了小程序。",
                "Join again in `onShow`.",
                "在 `onShow` 中重新加入。",
            ),
            Self::System => text(
                "There is no voice chat, or it has no pictures.",
                "当前不在语音房间内，或不是视频房间。",
                "Call wx.joinVoIPChat first and wait for its success.",
                "先调用 wx.joinVoIPChat 并等待成功。",
            ),
        }
    }
}
