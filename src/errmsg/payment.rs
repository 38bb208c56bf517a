//! Why a payment fails.
//!
//! Official page: `wx.requestPayment`: a failure has the detail that the server of WeChat Pay gives. The
//! words for a wrong prepay_id, a wrong signature, an order of another account, and an order that ran out
//! are those that reports of developers quote; the numbers are those of the table of error numbers.
//!
//! Unverified: the words of the others, which follow the descriptions of WeChat Pay's own error codes
//! (`ORDERPAID`, `ORDERCLOSED`, `NOTENOUGH`); which platform puts a colon before them.

use super::meaning::{Meaning, text};

/// A failure of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentProblem {
    /// The program may not ask for payments, in the words of newer clients; its appid.
    NotPermitted(String),
    /// Payments of the program are blocked.
    Limited,
    /// `package` names no order of the program that can be paid now.
    NoOrder,
    /// `paySign` is another one.
    Signature,
    /// The order is another user's.
    OtherPayer,
    /// The order ran out.
    Expired,
    /// The order is paid already.
    Paid,
    /// The merchant closed the order.
    Closed,
    /// The user does not have so much.
    NotEnough,
    /// The user typed wrong passwords too often.
    Locked,
    /// The user closed the cashier of a client up to 6.5.2.
    OldCancel,
}

impl PaymentProblem {
    pub(super) fn text(&self) -> String {
        let words = match self {
            Self::NotPermitted(app_id) => return format!("no permission, appId={app_id}"),
            Self::Limited => "limited use",
            Self::NoOrder => "调用支付JSAPI缺少参数：total_fee",
            Self::Signature => "支付验证签名失败",
            Self::OtherPayer => "下单账号与支付账号不一致，请核实后再支付",
            Self::Expired => "该订单已过期，请重新下单",
            Self::Paid => "该订单已支付",
            Self::Closed => "该订单已关闭，请重新下单",
            Self::NotEnough => "余额不足",
            Self::Locked => "支付密码输入错误次数过多，请稍后再试",
            Self::OldCancel => "cancel",
        };
        words.to_owned()
    }

    pub(super) const fn errno(&self) -> Option<u32> {
        match self {
            Self::NotPermitted(_) => Some(102),
            Self::Limited => Some(700_001),
            Self::Signature => Some(702_003),
            _ => None,
        }
    }

    /// The problem with an ellipsis where the text depends on the program.
    #[must_use]
    pub fn sample(&self) -> Self {
        match self {
            Self::NotPermitted(_) => Self::NotPermitted("…".to_owned()),
            other => other.clone(),
        }
    }

    /// Whether it is the same failure as another, whatever program the two name.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether the words are those of WeChat Pay's server.
    pub(super) const fn is_native(&self) -> bool {
        !matches!(self, Self::NotPermitted(_) | Self::Limited)
    }

    #[expect(clippy::too_many_lines, reason = "one text a problem")]
    pub(super) fn meaning(&self) -> Meaning {
        match self {
            Self::NotPermitted(_) => text(
                "The mini program may not ask for payments: no merchant is bound to it, or its subject is a person or not verified.",
                "小程序没有支付权限：没有绑定商户号，或主体为个人、未认证。",
                "Bind a merchant in the console; in wxsim, see `merchants` of `[app]`.",
                "在公众平台关联商户号；在 wxsim 中见 `[app]` 的 `merchants`。",
            ),
            Self::Limited => text(
                "WeChat blocks payments of this mini program.",
                "该小程序的支付功能被限制使用。",
                "See the notices in the console and of the merchant.",
                "查看公众平台与商户平台的通知。",
            ),
            Self::NoOrder => text(
                "`package` is not `prepay_id=` with an order of this mini program, or the prepay_id is older than two hours.",
                "`package` 不是 `prepay_id=` 加本小程序的预支付单号，或预支付单号已超过两小时。",
                "Hand over what the server made for this appid just before; let the server make it anew for each payment.",
                "传入服务端刚刚为该 appid 生成的参数；每次支付都重新生成。",
            ),
            Self::Signature => text(
                "`paySign` does not fit: another key, another signType than the order's, or a field that changed.",
                "`paySign` 不匹配：密钥不对、signType 与下单时不一致，或某个字段被改动。",
                "Sign appId, timeStamp, nonceStr, package (and signType) on the server, with the order's own kind.",
                "在服务端用下单时的签名方式对 appId、timeStamp、nonceStr、package（及 signType）签名。",
            ),
            Self::OtherPayer => text(
                "The order was made for the openid of another user.",
                "下单时的 openid 与当前支付用户不一致。",
                "Make the order for the user who is logged in now; do not keep openids across accounts.",
                "为当前登录用户下单，不要沿用其他帐号的 openid。",
            ),
            Self::Expired => text(
                "The order ran out before it was paid.",
                "订单在支付之前已过期。",
                "Make a new order, and say so on the page.",
                "重新下单，并在页面上提示。",
            ),
            Self::Paid => text(
                "The order is paid already.",
                "该订单已经支付。",
                "Ask the server for the state of the order before paying again.",
                "再次支付前先向服务端查询订单状态。",
            ),
            Self::Closed => text(
                "The merchant closed the order.",
                "商户已关闭该订单。",
                "Make a new order.",
                "重新下单。",
            ),
            Self::NotEnough => text(
                "The user does not have so much money there.",
                "用户余额不足。",
                "Keep the order and let the user pay again.",
                "保留订单，允许用户再次支付。",
            ),
            Self::Locked => text(
                "The user typed a wrong password too often.",
                "用户多次输入错误的支付密码。",
                "Keep the order and let the user pay later.",
                "保留订单，稍后再支付。",
            ),
            Self::OldCancel => text(
                "Clients up to 6.5.2 tell a closed cashier to `complete` alone, as `requestPayment:cancel`.",
                "6.5.2 及之前的客户端在用户取消支付时只触发 complete，errMsg 为 `requestPayment:cancel`。",
                "Take care of it in `complete` as long as such clients are supported.",
                "如需支持这些客户端，在 `complete` 中处理。",
            ),
        }
    }
}
