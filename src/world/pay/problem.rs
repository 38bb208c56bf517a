//! Why WeChat Pay refuses what a merchant's server asks for: its error codes.
//!
//! Official pages of WeChat Pay: the error codes of "Unified order", "JSAPI order", "Closing an order".

/// A refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderProblem {
    /// Nothing is registered under the appid.
    NoApp,
    /// There is no such user.
    NoUser,
    /// The merchant is not bound to the program.
    NotBound,
    /// The total is higher than the merchant may take.
    Limit,
    /// The order is paid.
    Paid,
    /// The order is closed.
    Closed,
    /// The number belongs to another user's order.
    NumberUsed,
    /// The order of that number has another content.
    Changed,
    /// There is no such order.
    NoOrder,
}

impl OrderProblem {
    /// WeChat Pay's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoApp => "APPID_NOT_EXIST",
            Self::NoUser => "PARAM_ERROR",
            Self::NotBound => "APPID_MCHID_NOT_MATCH",
            Self::Limit => "RULE_LIMIT",
            Self::Paid => "ORDERPAID",
            Self::Closed => "ORDERCLOSED",
            Self::NumberUsed => "OUT_TRADE_NO_USED",
            Self::Changed => "INVALID_REQUEST",
            Self::NoOrder => "ORDERNOTEXIST",
        }
    }

    /// What it means.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoApp => "APPID不存在",
            Self::NoUser => "openid不存在",
            Self::NotBound => "appid和mch_id不匹配",
            Self::Limit => "超出商户单笔限额",
            Self::Paid => "商户订单已支付",
            Self::Closed => "订单已关闭",
            Self::NumberUsed => "商户订单号重复",
            Self::Changed => "201 商户订单号重复",
            Self::NoOrder => "订单不存在",
        }
    }
}
