//! The error codes of WeChat Pay with their usual texts; all of them stand here.
//!
//! Official pages of WeChat Pay: the error codes of each interface, "Common error codes" (v3).
//!
//! Unverified: some HTTP statuses of version 3.

/// A code of version 2: its name and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct V2(pub(super) &'static str, pub(super) &'static str);

/// A code of version 3: its HTTP status, its name and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct V3(
    pub(super) u16,
    pub(super) &'static str,
    pub(super) &'static str,
);

/// Declares codes of a version and the list of all.
macro_rules! codes {
    ($kind:ident: $($name:ident = ($($part:expr),+);)*) => {
        $(pub(in super::super) const $name: super::$kind = super::$kind($($part),+);)*
        /// All of them.
        pub(in super::super) const ALL: &[super::$kind] = &[$($name),*];
    };
}

/// Version 2.
pub(super) mod v2 {
    codes! { V2:
        NOAUTH = ("NOAUTH", "商户无此接口权限");
        NOTENOUGH = ("NOTENOUGH", "余额不足");
        ORDERPAID = ("ORDERPAID", "商户订单已支付");
        ORDERCLOSED = ("ORDERCLOSED", "订单已关闭");
        SYSTEMERROR = ("SYSTEMERROR", "系统错误");
        APPID_NOT_EXIST = ("APPID_NOT_EXIST", "APPID不存在");
        MCHID_NOT_EXIST = ("MCHID_NOT_EXIST", "MCHID不存在");
        APPID_MCHID_NOT_MATCH = ("APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配");
        LACK_PARAMS = ("LACK_PARAMS", "缺少参数");
        OUT_TRADE_NO_USED = ("OUT_TRADE_NO_USED", "商户订单号重复");
        SIGNERROR = ("SIGNERROR", "签名错误");
        XML_FORMAT_ERROR = ("XML_FORMAT_ERROR", "XML格式错误");
        REQUIRE_POST_METHOD = ("REQUIRE_POST_METHOD", "请使用post方法");
        POST_DATA_EMPTY = ("POST_DATA_EMPTY", "post数据为空");
        NOT_UTF8 = ("NOT_UTF8", "编码格式错误");
        PARAM_ERROR = ("PARAM_ERROR", "参数错误");
        INVALID_REQUEST = ("INVALID_REQUEST", "参数错误");
        ORDERNOTEXIST = ("ORDERNOTEXIST", "order not exist");
        REFUNDNOTEXIST = ("REFUNDNOTEXIST", "not exist");
        TRADE_OVERDUE = ("TRADE_OVERDUE", "订单已经超过退款期限");
        ERROR = ("ERROR", "业务错误");
        USER_ACCOUNT_ABNORMAL = ("USER_ACCOUNT_ABNORMAL", "退款请求失败");
        INVALID_TRANSACTIONID = ("INVALID_TRANSACTIONID", "无效transaction_id");
        BIZERR_NEED_RETRY = ("BIZERR_NEED_RETRY", "退款业务流程错误，需要商户触发重试来解决");
        FREQUENCY_LIMITED = ("FREQUENCY_LIMITED", "频率限制");
    }
}

/// Version 3.
pub(super) mod v3 {
    codes! { V3:
        PARAM_ERROR = (400, "PARAM_ERROR", "参数错误");
        INVALID_REQUEST = (400, "INVALID_REQUEST", "无效请求");
        APPID_MCHID_NOT_MATCH = (400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配");
        MCH_NOT_EXISTS = (400, "MCH_NOT_EXISTS", "商户号不存在");
        ORDER_CLOSED = (400, "ORDER_CLOSED", "订单已关闭");
        SIGN_ERROR = (401, "SIGN_ERROR", "签名错误");
        NO_AUTH = (403, "NO_AUTH", "商户无权限");
        RULE_LIMIT = (403, "RULE_LIMIT", "业务规则限制");
        TRADE_ERROR = (403, "TRADE_ERROR", "交易错误");
        OUT_TRADE_NO_USED = (403, "OUT_TRADE_NO_USED", "商户订单号重复");
        ACCOUNT_ERROR = (403, "ACCOUNT_ERROR", "账号异常");
        NOT_ENOUGH = (403, "NOT_ENOUGH", "余额不足");
        USER_ACCOUNT_ABNORMAL = (403, "USER_ACCOUNT_ABNORMAL", "退款请求失败");
        ORDER_NOT_EXIST = (404, "ORDER_NOT_EXIST", "订单不存在");
        RESOURCE_NOT_EXISTS = (404, "RESOURCE_NOT_EXISTS", "查询的资源不存在");
        NOT_FOUND = (404, "NOT_FOUND", "请求的资源不存在");
        METHOD_NOT_ALLOWED = (405, "METHOD_NOT_ALLOWED", "不支持的请求方法");
        FREQUENCY_LIMITED = (429, "FREQUENCY_LIMITED", "频率限制");
        SYSTEM_ERROR = (500, "SYSTEM_ERROR", "系统错误");
        OPENID_MISMATCH = (500, "OPENID_MISMATCH", "openid和appid不匹配");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_code_stands_once_in_its_list() {
        let names: BTreeSet<&str> = super::v2::ALL.iter().map(|it| it.0).collect();
        assert_eq!(names.len(), super::v2::ALL.len());
        let names: BTreeSet<&str> = super::v3::ALL.iter().map(|it| it.1).collect();
        assert_eq!(names.len(), super::v3::ALL.len());
        assert!(super::v3::ALL.iter().all(|it| (400..600).contains(&it.0)));
    }
}
