//! Words by which people know a login, its agreement and the way out of it.

/// Words of a login.
const LOGIN: [&str; 17] = [
    "登录",
    "登陆",
    "注册",
    "授权",
    "手机号",
    "手机号码",
    "验证码",
    "密码",
    "账号",
    "log in",
    "login",
    "sign in",
    "sign up",
    "register",
    "authorize",
    "phone number",
    "password",
];
/// Words of an agreement.
const AGREEMENT: [&str; 10] = [
    "协议",
    "隐私",
    "条款",
    "政策",
    "同意",
    "agreement",
    "privacy",
    "terms",
    "policy",
    "i agree",
];
/// Words of a way out.
const WAY_OUT: [&str; 22] = [
    "取消",
    "暂不",
    "跳过",
    "稍后",
    "以后再说",
    "先逛",
    "逛逛",
    "随便看",
    "游客",
    "拒绝",
    "不同意",
    "返回",
    "关闭",
    "首页",
    "cancel",
    "skip",
    "later",
    "not now",
    "guest",
    "browse",
    "decline",
    "close",
];

/// Words of a refusal, of which each must do something.
const CANCEL: [&str; 9] = [
    "取消",
    "暂不",
    "跳过",
    "稍后",
    "以后再说",
    "cancel",
    "skip",
    "later",
    "not now",
];

/// Whether a text has one of those words.
fn has_one(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// Open types of buttons of a login.
const LOGIN_BUTTONS: [&str; 2] = ["getphonenumber", "getuserinfo"];

/// Parts of the names under which programs keep a login of their own.
const LOGIN_KEYS: [&str; 6] = ["token", "session", "openid", "login", "auth", "userinfo"];

/// Whether a button of that open type is one of a login.
pub fn is_login_button(open_type: &str) -> bool {
    has_one(open_type, &LOGIN_BUTTONS)
}

/// Whether a name of storage is that of a login of the program's own.
pub fn is_login_key(key: &str) -> bool {
    has_one(key, &LOGIN_KEYS)
}

/// Whether a text, or the open type of a button, leads to the settings.
pub fn is_settings(text: &str) -> bool {
    has_one(text, &["opensetting", "设置"])
}

/// Whether a text speaks of a login.
pub fn is_login(text: &str) -> bool {
    has_one(text, &LOGIN)
}

/// Whether a text speaks of an agreement.
pub fn is_agreement(text: &str) -> bool {
    has_one(text, &AGREEMENT)
}

/// Whether a text is one of a way out of a login: cancel, skip, look around.
pub fn is_way_out(text: &str) -> bool {
    has_one(text, &WAY_OUT)
}

/// Whether a text is one of a refusal.
pub fn is_cancel(text: &str) -> bool {
    has_one(text, &CANCEL)
}

#[cfg(test)]
mod tests {
    use super::{
        is_agreement, is_cancel, is_login, is_login_button, is_login_key, is_settings, is_way_out,
    };

    #[test]
    fn words_are_known_in_both_languages() {
        assert!(is_login("微信一键登录") && is_login("Log In") && !is_login("商品列表"));
        assert!(is_agreement("《用户协议》") && is_agreement("Privacy") && !is_agreement("商品"));
        assert!(is_way_out("tap button \"暂不登录\"") && is_way_out("Skip") && !is_way_out("登录"));
        assert!(
            is_login_button("getPhoneNumber|agreePrivacyAuthorization")
                && !is_login_button("share")
        );
        assert!(is_login_key("accessToken") && !is_login_key("cart"));
        assert!(is_settings("openSetting") && is_settings("去设置") && !is_settings("选择"));
        assert!(is_cancel("暂不登录") && !is_cancel("首页") && is_way_out("首页"));
    }
}
