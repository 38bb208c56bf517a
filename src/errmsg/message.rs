//! Failures of asking for messages.
//!
//! Official page: `wx.requestSubscribeMessage`, the table of `errCode`; the texts are those of the table.
//! `requestFormId:fail deprecated` is what published programs see in `detail.formId`.

use super::meaning::{Meaning, text};

/// Why the user cannot be asked for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageProblem {
    /// `tmplIds` is empty.
    NoIds,
    /// The list of templates could not be fetched.
    ListUnreachable,
    /// The answer could not be sent.
    AnswerUnsent,
    /// An id is no text.
    InvalidId,
    /// The program is in the background.
    CannotShow,
    /// The program has no such template.
    NoTemplate,
    /// One-time and long-term templates at once.
    MixedTypes,
    /// Too many templates.
    TooMany,
    /// The user turned the main switch off.
    SwitchedOff,
    /// The program may not ask for messages.
    Banned,
    /// A template of a device.
    DeviceTemplate,
    /// Forms give no formId any more.
    FormIdDeprecated,
}

impl MessageProblem {
    /// Every problem of asking.
    pub const OF_ASKING: [Self; 11] = [
        Self::NoIds,
        Self::ListUnreachable,
        Self::AnswerUnsent,
        Self::InvalidId,
        Self::CannotShow,
        Self::NoTemplate,
        Self::MixedTypes,
        Self::TooMany,
        Self::SwitchedOff,
        Self::Banned,
        Self::DeviceTemplate,
    ];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::NoIds => "TmplIds can't be empty",
            Self::ListUnreachable => "Request list fail",
            Self::AnswerUnsent => "Request subscribe fail",
            Self::InvalidId => "Invalid template id",
            Self::CannotShow => "Cannot show subscribe message UI",
            Self::NoTemplate => "No template data return, verify the template id exist",
            Self::MixedTypes => "Templates type must be same",
            Self::TooMany => "Templates count out of max bounds",
            Self::SwitchedOff => "The main switch is switched off",
            Self::Banned => "This mini program was banned from subscribing messages",
            Self::DeviceTemplate => "Reject DeviceMsg Template",
            Self::FormIdDeprecated => "deprecated",
        }
    }

    pub(super) const fn err_code(self) -> Option<i64> {
        Some(match self {
            Self::NoIds => 10_001,
            Self::ListUnreachable => 10_002,
            Self::AnswerUnsent => 10_003,
            Self::InvalidId => 10_004,
            Self::CannotShow => 10_005,
            Self::NoTemplate => 20_001,
            Self::MixedTypes => 20_002,
            Self::TooMany => 20_003,
            Self::SwitchedOff => 20_004,
            Self::Banned => 20_005,
            Self::DeviceTemplate => 20_013,
            Self::FormIdDeprecated => return None,
        })
    }

    #[expect(clippy::too_many_lines, reason = "one entry a problem")]
    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::NoIds => text(
                "`tmplIds` is an empty list.",
                "`tmplIds` 为空。",
                "Pass the ids of one to three templates; look whether the server's answer had come.",
                "传入一到三个模板 ID；检查服务器返回的列表是否已到达。",
            ),
            Self::ListUnreachable => text(
                "The phone has no connection, so the templates could not be fetched.",
                "网络问题，请求消息列表失败。",
                "Let the user try again.",
                "允许用户重试。",
            ),
            Self::AnswerUnsent => text(
                "The connection went away before the user's answer was sent; nothing is subscribed.",
                "网络问题，订阅请求发送失败，用户的选择没有生效。",
                "Let the user try again.",
                "允许用户重试。",
            ),
            Self::InvalidId => text(
                "An element of `tmplIds` is no text.",
                "`tmplIds` 中有非字符串或空的元素。",
                "Pass the ids as the console shows them, as texts.",
                "按公众平台显示的模板 ID 传字符串。",
            ),
            Self::CannotShow => text(
                "The mini program is in the background, so the sheet cannot be shown.",
                "无法展示订阅界面，一般是小程序已退到后台。",
                "Ask in the handler of a tap, not after something that takes long.",
                "在点击事件中直接调用，不要等待耗时操作之后再调用。",
            ),
            Self::NoTemplate => text(
                "The mini program has no template of that id, or not in its category.",
                "没有模板数据，一般是模板 ID 不存在，或与类目不对应。",
                "Copy the id from the console of this appid (`[[templates]]` in wxsim.toml).",
                "从该 appid 的公众平台复制模板 ID（wxsim.toml 中为 `[[templates]]`）。",
            ),
            Self::MixedTypes => text(
                "One-time and long-term templates stand in one call.",
                "同一次调用中既有一次性模板又有长期模板。",
                "Ask for the two in different calls, each in a tap of its own.",
                "分两次调用，每次由单独的点击触发。",
            ),
            Self::TooMany => text(
                "More templates than the base library takes at once: one before 2.8.4, then three, five since 2.30.0.",
                "模板数量超过上限：基础库 2.8.4 之前为 1 个，之后 3 个，2.30.0 起 5 个。",
                "Ask for the most important ones only.",
                "只请求最重要的几个模板。",
            ),
            Self::SwitchedOff => text(
                "The user turned all messages of the mini program off.",
                "用户关闭了订阅消息的总开关。",
                "wx.getSetting with withSubscriptions tells beforehand; lead to wx.openSetting only when the user wants messages.",
                "可先用 wx.getSetting 的 withSubscriptions 判断；用户需要时再引导到 wx.openSetting。",
            ),
            Self::Banned => text(
                "The platform bans the mini program from asking for messages.",
                "小程序的订阅消息能力被禁封。",
                "See the notices in the console.",
                "查看公众平台的通知。",
            ),
            Self::DeviceTemplate => text(
                "The template is one of a device, which this call does not take.",
                "不允许通过该接口订阅设备消息。",
                "Use wx.requestSubscribeDeviceMessage.",
                "使用 wx.requestSubscribeDeviceMessage。",
            ),
            Self::FormIdDeprecated => text(
                "Template messages ended on 2020-01-10, so forms give no formId.",
                "模板消息已于 2020-01-10 下线，表单不再返回 formId。",
                "Use wx.requestSubscribeMessage.",
                "改用 wx.requestSubscribeMessage。",
            ),
        }
    }
}
