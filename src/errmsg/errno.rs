//! The general error numbers (`errno`) that matter here.
//!
//! Official page: `framework/usability/PublicErrno`. Seven digits are two of the class, two of the
//! subclass and three of the error; general numbers are short.

use super::meaning::{Meaning, text};

/// A general error number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno {
    /// The number.
    pub code: u32,
    /// Its text in the official table.
    pub text: &'static str,
    /// In words.
    pub meaning: Meaning,
}

const fn errno(
    code: u32,
    official: &'static str,
    en: &'static str,
    zh: &'static str,
    advice_en: &'static str,
    advice_zh: &'static str,
) -> Errno {
    Errno {
        code,
        text: official,
        meaning: text(en, zh, advice_en, advice_zh),
    }
}

/// The numbers in order.
#[rustfmt::skip]
pub const ERRNOS: &[Errno] = &[
    errno(0, "ok", "The call succeeded.", "调用成功。", "", ""),
    errno(1, "cancel", "The user cancelled.", "用户取消。", "Let the user try again.", "允许用户再次操作。"),
    errno(3, "system permission denied", "The operating system does not give WeChat the permission.", "系统没有授予微信该权限。", "Lead the user to the settings of the phone.", "引导用户到手机系统设置打开权限。"),
    errno(4, "internal error", "A failure inside WeChat.", "微信内部错误。", "Try again; report it if it lasts.", "重试；持续出现时向官方反馈。"),
    errno(5, "time out", "The call took too long.", "超时。", "Try again, or raise `timeout`.", "重试，或调大 timeout。"),
    errno(100, "jsapi not supported", "The client does not have this API.", "当前客户端不支持该接口。", "Ask wx.canIUse first and offer another way.", "先用 wx.canIUse 判断，并提供替代方案。"),
    errno(101, "jsapi invalid request data", "The client could not read the arguments.", "请求数据不合法。", "Check the types of the arguments.", "检查参数类型。"),
    errno(102, "jsapi has no permission", "This mini program may not use the API.", "小程序没有该接口的权限。", "Check the account's kind and the interface settings in the console.", "检查帐号主体与公众平台的接口设置。"),
    errno(103, "jsapi user authorize denied", "The user refused the authorization.", "用户拒绝授权。", "Offer wx.openSetting from a tap.", "在用户点击时用 wx.openSetting 引导。"),
    errno(104, "jsapi user authorize canceled", "The user closed the authorization dialog.", "用户取消授权。", "Ask again when the function is used again.", "再次使用该功能时再询问。"),
    errno(106, "invalid jsapi index", "The call does not exist in the client.", "接口索引不合法。", "Update the client or the base library.", "升级客户端或基础库。"),
    errno(108, "cgi failed for network issues", "WeChat's server could not be reached.", "网络原因导致请求后台失败。", "Try again when there is a network.", "网络恢复后重试。"),
    errno(109, "cgi response null", "WeChat's server answered nothing.", "后台返回为空。", "Try again.", "重试。"),
    errno(110, "scope or scope list empty", "No scope was given.", "scope 为空。", "Hand over the name of a scope.", "传入 scope 的名称。"),
    errno(111, "oom occurs", "The device has too little memory.", "设备内存不足。", "Use less memory: smaller images, shorter lists.", "减少内存占用：压缩图片、缩短列表。"),
    errno(112, "api scope is not declared in the privacy agreement", "The privacy guide of the mini program does not name what the API collects.", "隐私保护指引没有声明该接口收集的信息。", "Complete the privacy guide in the console.", "在公众平台补充用户隐私保护指引。"),
    errno(1001, "invalid request parameter", "A parameter is not valid.", "参数不合法。", "Check the parameters against the API's page.", "对照接口文档检查参数。"),
    errno(1003, "meet server frequency limit", "The API is called too often.", "调用太频繁。", "Call it less often; keep the result.", "降低频率并缓存结果。"),
    errno(1004, "invalid openid", "The openid is not valid.", "openid 不合法。", "Use the openid of this user in this mini program.", "使用该用户在本小程序的 openid。"),
    errno(1005, "invalid appid", "The appid is not valid.", "appid 不合法。", "Check the appid of the project.", "检查项目的 appid。"),
    errno(1020, "code already used", "A login code works once.", "code 已被使用。", "Call wx.login for a new code.", "重新调用 wx.login 获取新的 code。"),
    errno(1021, "code expired", "A login code lives five minutes.", "code 已过期。", "Call wx.login right before the code is sent.", "在发送前再调用 wx.login。"),
    errno(1025, "wxa appid privacy api banned", "The mini program may not use privacy APIs.", "小程序的隐私接口被封禁。", "Complete the privacy guide and appeal in the console.", "完善隐私保护指引并在公众平台申诉。"),
    errno(1026, "wxgame appid privacy api banned", "The mini game may not use privacy APIs.", "小游戏的隐私接口被封禁。", "Complete the privacy guide and appeal in the console.", "完善隐私保护指引并在公众平台申诉。"),
    errno(1032, "invalid signature", "The signature does not fit.", "签名错误。", "Sign again with the present session_key or key.", "用当前的 session_key 或密钥重新签名。"),
    errno(101_100, "interface is not declared in the privacy agreement", "The privacy guide does not name the interface.", "隐私保护指引没有声明该接口。", "Complete the privacy guide in the console.", "在公众平台补充用户隐私保护指引。"),
    errno(101_101, "privacy interface is banned", "The privacy interface is banned.", "隐私接口被封禁。", "See the notices in the console.", "查看公众平台的通知。"),
    errno(101_102, "privacy permission is not authorized", "The user has not agreed to the privacy guide.", "用户没有同意隐私保护指引。", "Show the guide with wx.requirePrivacyAuthorize or an agree button.", "用 wx.requirePrivacyAuthorize 或同意按钮展示指引。"),
    errno(600_000, "unknown network error", "The network failed for a reason that is not known.", "未知的网络错误。", "Let the user try again.", "允许用户重试。"),
    errno(600_001, "cronet component error", "The network component failed; errMsg has its own number.", "网络组件错误，详情见 errMsg 中的错误码。", "Look the number up in Chromium's list of network errors; let the user try again.", "在 Chromium 的网络错误列表中查询该数字；允许用户重试。"),
    errno(600_002, "url not in domain list", "The domain is not in the mini program's list of servers.", "域名不在服务器域名列表中。", "Add the domain in the console; in wxsim, give the answer with `--route`.", "在公众平台添加域名；在 wxsim 里用 `--route` 给出应答。"),
    errno(600_003, "network interrupted error", "The request was cut off, usually in the background.", "网络中断，常见于进入后台之后。", "Send it again when the program is shown.", "回到前台后重新发送。"),
    errno(600_004, "network logic error", "A failure inside the network module.", "网络模块内部逻辑错误。", "Try again; report it if it lasts.", "重试；持续出现时向官方反馈。"),
    errno(600_005, "network argv error", "The network module could not read the arguments.", "网络接口参数错误。", "Check the options against the API's page.", "对照接口文档检查参数。"),
    errno(600_006, "network system error", "The operating system refused something that the network needs.", "网络相关的系统错误。", "Let the user try again.", "允许用户重试。"),
    errno(600_007, "network exceed max task count", "Too many requests at a time.", "超过最大请求数量。", "Send fewer at a time; close sockets that are not needed.", "减少同时发起的请求，关闭不用的连接。"),
    errno(600_008, "network reach the max redirect count", "One redirect led to the next too often.", "超过最大重定向次数。", "Correct the server, or set `redirect: 'manual'`.", "检查服务器，或设置 `redirect: 'manual'`。"),
    errno(600_009, "invalid URL", "The address is not one.", "URL 格式不合法。", "Give the whole address with its scheme.", "使用包含协议的完整地址。"),
    errno(600_010, "invalid request data", "The data of the request have no JSON.", "请求的 data 序列化失败。", "Send plain data without circles.", "只发送不含循环引用的普通数据。"),
    errno(600_011, "url validate error", "The address could not be checked.", "URL 验证错误。", "Check the address and the list of domains.", "检查地址与域名列表。"),
    errno(602_101, "not buy httpdns service", "The mini program has no HTTP DNS service.", "小程序没有购买 HttpDNS 服务。", "Buy it in the service market, or leave `enableHttpDNS` out.", "在服务市场购买，或不传 `enableHttpDNS`。"),
    errno(700_001, "limited use", "Payment is blocked for this client.", "支付功能受限。", "Use a current client; check the merchant's state.", "升级客户端并检查商户状态。"),
    errno(702_003, "invalid pay signature", "The signature of the payment does not fit.", "支付签名错误。", "Sign the five fields on the server with the right key and signType.", "在服务端用正确的密钥和 signType 对五个字段签名。"),
    errno(1_400_001, "appid no enough quota", "The quota of the mini program is used up.", "小程序的额度不足。", "Buy more quota in the console.", "在公众平台购买额度。"),
    errno(1_402_101, "wxa login is blocked", "Login is blocked for the mini program.", "小程序的登录能力被封禁。", "See the notices in the console.", "查看公众平台的通知。"),
    errno(1_421_102, "user getPhoneNumber is blocked", "The user may not use the phone number component.", "该用户的手机号能力被封禁。", "Offer another way to sign in.", "提供其他登录方式。"),
    errno(1_500_101, "not init", "Bluetooth was not opened.", "蓝牙适配器未初始化。", "Call wx.openBluetoothAdapter first.", "先调用 wx.openBluetoothAdapter。"),
    errno(1_500_102, "bluetooth adapter unavailable", "Bluetooth is off.", "蓝牙适配器不可用。", "Ask the user to switch Bluetooth on.", "提示用户打开蓝牙。"),
    errno(2_003_001, "system camera not authorized", "The operating system does not give WeChat the camera.", "系统没有授予微信相机权限。", "Lead the user to the settings of the phone.", "引导用户到手机系统设置打开权限。"),
    errno(2_003_002, "camera not authorized", "The user refused scope.camera.", "用户拒绝了相机授权。", "Offer wx.openSetting from a tap.", "在用户点击时用 wx.openSetting 引导。"),
];

#[cfg(test)]
mod tests {
    use super::ERRNOS;

    #[test]
    fn the_numbers_are_in_order_and_have_all_words() {
        assert!(ERRNOS.is_sorted_by(|one, next| one.code < next.code));
        for errno in ERRNOS.iter().filter(|errno| errno.code > 0) {
            let words = errno.meaning;
            let all = [
                errno.text,
                words.en,
                words.zh,
                words.advice_en,
                words.advice_zh,
            ];
            assert!(all.iter().all(|text| !text.is_empty()), "{errno:?}");
        }
    }
}
