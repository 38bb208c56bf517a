//! Failures that lie in the program's account: what is blocked, what is called too often.
//!
//! Official pages: the table of error numbers; "Call frequency of interfaces". The words of a call that
//! comes too often after another position are those that published programs compare against.
//!
//! The developer tool puts the number of the server into some texts.
//!
//! Unverified: the words for a number that must be checked contain what was reported of them, `Error:` and
//! `needs to be verified`, and are made up beyond that; the words of the other failures are those of the table of error numbers; the developer tool
//! numbers refusals until base library 2.6.5, and an expired session to this day.

use super::Reason;
use super::meaning::{Meaning, text};
use crate::profile::{Platform, Profile};
use crate::version::Version;

/// Base library since which the developer tool words a refusal as clients do (its changelog speaks of
/// `wx.getUserInfo`).
const TOOL_WORDS_UNTIL: Version = Version(2, 6, 5);

/// What the developer tool says instead, with the number of the server in the text.
pub(super) fn words_of_the_tool(
    api: &str,
    reason: &Reason,
    profile: &Profile,
) -> Option<&'static str> {
    if profile.platform != Platform::Devtools {
        return None;
    }
    let is_old = profile.sdk < TOOL_WORDS_UNTIL;
    match (api, reason) {
        ("checkSession", Reason::SessionTimeout) => {
            Some("系统错误，错误码：-13001,session time out, need relogin")
        }
        ("authorize" | "getUserInfo", Reason::AuthDeny) if is_old => {
            Some("系统错误，错误码：-12006,auth deny")
        }
        ("authorize" | "getUserInfo", Reason::InvalidScope) if is_old => {
            Some("系统错误，错误码：-12001,invalid scope")
        }
        _ => None,
    }
}

/// Why the account does not get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountProblem {
    /// Logging in is blocked for the program.
    LoginBlocked,
    /// Giving phone numbers is blocked.
    PhoneBlocked,
    /// The API is called too often.
    TooFrequent,
    /// A develop or trial build looks for its position too often.
    LocationTooFrequent,
    /// The developer tool runs a program without appid.
    AppIdMissing,
    /// The phone number button is not open to the account, in the words of newer clients.
    PhoneNotPermitted,
    /// The number must be checked by message before it is given.
    PhoneUnverified,
}

impl AccountProblem {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::LoginBlocked => "wxa login is blocked",
            Self::PhoneBlocked => "user getPhoneNumber is blocked",
            Self::TooFrequent => "meet server frequency limit",
            Self::LocationTooFrequent => {
                "频繁调用会增加电量损耗，可考虑使用 wx.onLocationChange 监听地理位置变化"
            }
            Self::AppIdMissing => "系统错误，错误码：41002,appid missing",
            Self::PhoneNotPermitted => "operateWXData:fail jsapi has no permission",
            Self::PhoneUnverified => "Error: phone number needs to be verified",
        }
    }

    pub(super) const fn errno(self) -> Option<u32> {
        match self {
            Self::LoginBlocked => Some(1_402_101),
            Self::PhoneBlocked => Some(1_421_102),
            Self::TooFrequent => Some(1_003),
            Self::PhoneNotPermitted => Some(102),
            Self::LocationTooFrequent | Self::AppIdMissing | Self::PhoneUnverified => None,
        }
    }

    pub(super) const fn err_code(self) -> Option<i64> {
        match self {
            Self::AppIdMissing => Some(41_002),
            _ => None,
        }
    }

    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::LoginBlocked => text(
                "WeChat blocks the login of this mini program.",
                "该小程序的登录能力被封禁。",
                "See the notices in the console; offer what works without a login.",
                "查看公众平台的通知；提供无需登录的功能。",
            ),
            Self::PhoneBlocked => text(
                "WeChat blocks giving the phone number.",
                "获取手机号的能力被封禁。",
                "Offer another way, such as typing the number; see the notices in the console.",
                "提供其他方式，例如手动输入手机号；查看公众平台的通知。",
            ),
            Self::TooFrequent => text(
                "The user calls the API more than four times a second.",
                "单个用户每秒调用该接口超过 4 次。",
                "Call it once and keep the result; let calls at the start share one promise.",
                "只调用一次并缓存结果；启动时的多处调用共用一个 Promise。",
            ),
            Self::LocationTooFrequent => text(
                "A develop or trial build called wx.getLocation again within 30 seconds (since base library 2.17.0).",
                "开发版或体验版在 30 秒内重复调用了 wx.getLocation（基础库 2.17.0 起）。",
                "Keep the position, or use wx.startLocationUpdate with wx.onLocationChange.",
                "缓存位置，或改用 wx.startLocationUpdate 与 wx.onLocationChange。",
            ),
            Self::AppIdMissing => text(
                "The developer tool runs a project without appid.",
                "开发者工具中的项目没有 appid。",
                "Write the appid into project.config.json.",
                "在 project.config.json 中填写 appid。",
            ),
            Self::PhoneUnverified => text(
                "The number of the user's account must be checked by message first.",
                "用户绑定的手机号需要先通过短信验证。",
                "Ask the user to try again and pass the check, or offer to type a number.",
                "提示用户重试并完成短信验证，或提供手动输入手机号的方式。",
            ),
            Self::PhoneNotPermitted => text(
                "The account may not ask for phone numbers: it is a person's, or not verified.",
                "帐号不能获取手机号：个人主体，或没有认证。",
                "Use a verified account of a company or organisation; compare with `no permission`, which both wordings contain.",
                "使用已认证的企业或组织帐号；两种错误文本都包含 `no permission`，可据此判断。",
            ),
        }
    }
}
