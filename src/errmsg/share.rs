//! Failures of sharing and of what a card was opened from.
//!
//! Official pages: `wx.getShareInfo`, `wx.getGroupEnterInfo` (its errors 40097 and 65206). The words for a scene
//! that is none of a group are those that developers report.
//!
//! Unverified: the words for a bad ticket and for a group that the user has left.

use super::meaning::{Meaning, text};

/// Why nothing is said about a card or a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareProblem {
    /// The ticket is not one of this run, or not of such a card.
    BadTicket,
    /// The program was not opened from a chat that counts.
    BadScene,
    /// The user is no longer in the group.
    NotInGroup,
}

impl ShareProblem {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::BadTicket => "invalid shareTicket",
            Self::BadScene => "invalid scene",
            Self::NotInGroup => "user not in group",
        }
    }

    pub(super) const fn err_code(self) -> Option<i64> {
        match self {
            Self::BadTicket => None,
            Self::BadScene => Some(40_097),
            Self::NotInGroup => Some(65_206),
        }
    }

    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::BadTicket => text(
                "The shareTicket is not of this run of the program, or its card does not lie in a group (for authPrivateMessage: is no private message).",
                "shareTicket 不属于本次运行，或对应的卡片不在群聊中（authPrivateMessage：不是私密消息）。",
                "Take shareTicket from App.onShow each time; it is missing in chats of two. Call wx.showShareMenu({withShareTicket: true}) before the card is shared.",
                "每次从 App.onShow 读取 shareTicket；单聊中没有。分享前先调用 wx.showShareMenu({withShareTicket: true})。",
            ),
            Self::BadScene => text(
                "The program was not opened from a group (before base library 2.17.3: from the tools of a group).",
                "小程序不是从群聊打开的（基础库 2.17.3 之前：不是从群工具打开的）。",
                "Call it only in scenes 1008, 1044, 1158 and 1160; allowSingleChat admits chats of two since 3.7.8.",
                "仅在场景值 1008、1044、1158、1160 下调用；3.7.8 起 allowSingleChat 可用于单聊。",
            ),
            Self::NotInGroup => text(
                "The user has left the group.",
                "用户已不在该群内。",
                "Show what everybody may see.",
                "展示对所有人公开的内容。",
            ),
        }
    }
}
