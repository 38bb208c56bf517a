//! Failures of biometric authentication (SOTER).
//!
//! Official pages: "Biometric authentication", `wx.startSoterAuthentication`. The words and numbers are those of
//! the table that WeChat gave developers, which unrelated implementations quote; a blank stands before
//! the words on every platform.
//!
//! Unverified: the table has no words for numbers 90002, 90004 and 90005, so there are none here.

use super::meaning::{Meaning, text};

/// What a member is when there is nothing to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The empty text.
    Text,
    /// `false`.
    No,
}

/// Why a person was not recognised, or not asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoterProblem {
    /// The phone has no SOTER.
    NoSoter,
    /// The user does not allow WeChat to use it.
    NotAllowed,
    /// The phone has none of the modes that the program asks for.
    NoMode,
    /// The challenge is missing or too long.
    BadChallenge,
    /// The text of the dialog is too long.
    LongContent,
    /// The phone's key could not be renewed.
    KeyUpdate,
    /// Something else runs.
    Busy,
    /// The user closed the dialog.
    Cancelled,
    /// Not the person.
    NotRecognised,
    /// Too many tries; nobody is asked.
    Frozen,
    /// Nothing is enrolled for the mode.
    NotEnrolled(&'static str),
    /// The mode whose enrolment is asked for is not there.
    UnknownMode,
}

impl SoterProblem {
    /// The words after `fail`.
    pub(super) fn text(self) -> String {
        let fixed = match self {
            Self::NotEnrolled(mode) => return format!("no {mode} enrolled"),
            Self::NoSoter => "not support soter",
            Self::NoMode => "no corresponding mode",
            Self::KeyUpdate => "auth key update error",
            Self::Busy => {
                "authenticate error: add SOTER task to queue failed. check the logcat for further information"
            }
            Self::Cancelled => "cancel",
            Self::Frozen => "authenticate freeze. please try again later",
            Self::UnknownMode => "not support",
            Self::NotAllowed | Self::BadChallenge | Self::LongContent | Self::NotRecognised => "",
        };
        fixed.to_owned()
    }

    /// `errCode`.
    pub(super) const fn code(self) -> Option<i64> {
        Some(match self {
            Self::NoSoter => 90_001,
            Self::NotAllowed => 90_002,
            Self::NoMode => 90_003,
            Self::BadChallenge => 90_004,
            Self::LongContent => 90_005,
            Self::KeyUpdate | Self::Busy => 90_007,
            Self::Cancelled => 90_008,
            Self::NotRecognised => 90_009,
            Self::Frozen => 90_010,
            Self::NotEnrolled(_) => 90_011,
            Self::UnknownMode => return None,
        })
    }

    /// Members that a failure has like a success.
    pub(super) const fn blank_members(self) -> &'static [(&'static str, Blank)] {
        match self {
            Self::UnknownMode => &[("isEnrolled", Blank::No)],
            _ => &[
                ("authMode", Blank::Text),
                ("resultJSON", Blank::Text),
                ("resultJSONSignature", Blank::Text),
            ],
        }
    }

    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::NoSoter | Self::NoMode | Self::UnknownMode | Self::NotEnrolled(_) => {
                self.of_phone()
            }
            Self::NotAllowed => text(
                "The user does not allow WeChat to use the recognition of the phone.",
                "用户未授权微信使用该生物认证接口。",
                "Offer a password; the user can allow it in the settings of the phone.",
                "提供密码等其他方式；用户可以在系统设置中允许。",
            ),
            Self::BadChallenge => text(
                "The challenge is missing or has more than 512 characters.",
                "challenge 为空，或超过 512 个字符。",
                "Get a short, single-use challenge from your server.",
                "由后台生成一次性的、较短的 challenge。",
            ),
            Self::LongContent => text(
                "`authContent` has more than 42 characters.",
                "authContent 超过 42 个字符。",
                "Shorten the text.",
                "缩短提示文字。",
            ),
            Self::KeyUpdate => text(
                "The phone could not renew its key.",
                "设备密钥更新失败。",
                "Try again later, and offer a password.",
                "稍后重试，并提供密码等其他方式。",
            ),
            Self::Busy => text(
                "Another authentication runs.",
                "已有生物认证任务在执行。",
                "Wait until the first call is answered; offer a password.",
                "等待上一次调用结束；并提供密码等其他方式。",
            ),
            Self::Cancelled => text(
                "The user closed the dialog of the recognition.",
                "用户取消了生物认证。",
                "This is no error; offer a password.",
                "这不是错误；可以提供密码等其他方式。",
            ),
            Self::NotRecognised => text(
                "The person was not recognised; on iOS also the first time that there were too many tries.",
                "识别失败；iOS 上首次重试次数过多时也返回该错误。",
                "Offer a password.",
                "提供密码等其他方式。",
            ),
            Self::Frozen => text(
                "There were too many tries; the phone recognises nobody for a while.",
                "重试次数过多，生物认证被冻结。",
                "Offer a password; do not call again at once.",
                "提供密码等其他方式；不要立即重试。",
            ),
        }
    }

    /// Meanings of what the phone does not have.
    fn of_phone(self) -> Meaning {
        match self {
            Self::NoMode | Self::UnknownMode => text(
                "The phone does not have the mode, or the mode is not open yet.",
                "设备不支持所请求的生物认证方式，或该方式尚未开放。",
                "Ask wx.checkIsSupportSoterAuthentication first, and request what it names.",
                "先调用 wx.checkIsSupportSoterAuthentication，只请求返回的方式。",
            ),
            Self::NotEnrolled(_) => text(
                "The user has enrolled no fingerprint or face on the phone.",
                "用户没有在设备中录入指纹或人脸。",
                "Ask wx.checkIsSoterEnrolledInDevice first, and offer a password.",
                "先调用 wx.checkIsSoterEnrolledInDevice，并提供密码等其他方式。",
            ),
            _ => text(
                "The device does not support SOTER.",
                "设备不支持 SOTER。",
                "Offer a password; wx.checkIsSupportSoterAuthentication tells beforehand.",
                "提供密码等其他方式；可先用 wx.checkIsSupportSoterAuthentication 判断。",
            ),
        }
    }
}
