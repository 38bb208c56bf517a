//! What can go wrong with advertisements.
//!
//! Official pages: the tables of error codes of `InterstitialAd.onError` and `InterstitialAd.show`.
//!
//! Unverified: the words, of which the tables only give the Chinese meaning; the codes of an
//! advertisement that was not loaded and of one that was given up.

use super::meaning::{Meaning, text};

/// A failure of an advertisement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdProblem {
    /// `adUnitId` is none.
    InvalidUnit,
    /// There is none to show.
    NoAd,
    /// Another one is being shown.
    Showing,
    /// It was not loaded.
    NotLoaded,
    /// The program gave it up.
    Destroyed,
}

impl AdProblem {
    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::InvalidUnit => "invalid ad unit",
            Self::NoAd => "no advertisement",
            Self::Showing => "an advertisement is being shown",
            Self::NotLoaded => "the advertisement is not loaded",
            Self::Destroyed => "the advertisement was destroyed",
        }
    }

    /// `errCode`.
    pub const fn code(self) -> u32 {
        match self {
            Self::InvalidUnit => 1002,
            Self::NoAd | Self::NotLoaded => 1004,
            Self::Showing => 2003,
            Self::Destroyed => 2004,
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::InvalidUnit => text(
                "The id of the ad unit is missing or wrong.",
                "广告单元 id 缺失或无效。",
                "Copy `adUnitId` from the console.",
                "从公众平台复制 `adUnitId`。",
            ),
            Self::NoAd | Self::NotLoaded => text(
                "There is no advertisement for this user now. That is usual.",
                "当前没有适合该用户的广告，属于正常情况。",
                "Go on without it; in wxsim, `--ads` makes some.",
                "提供没有广告时的流程；在 wxsim 中用 `--ads` 提供广告。",
            ),
            Self::Showing => text(
                "One advertisement is shown at a time.",
                "同一时间只能展示一个广告。",
                "Wait for `onClose`.",
                "等待 `onClose`。",
            ),
            Self::Destroyed => text(
                "The program called `destroy` before.",
                "之前已调用 `destroy`。",
                "Create it again.",
                "重新创建广告实例。",
            ),
        }
    }
}
