//! The numbers (`errcode`) of WeChat's servers that a program's own server meets: sessions, tokens, phone
//! numbers, payers, content checks.
//!
//! Official pages: the list of error codes (`errCode/errCode`) and the table at the end of each
//! endpoint's page: `auth.code2Session`, `getAccessToken`, `getStableAccessToken`, `checkSessionKey`,
//! `resetUserSessionKey`, `getPhoneNumber`, `getPaidUnionid`, `checkEncryptedData`, `msgSecCheck`,
//! `imgSecCheck`, `mediaCheckAsync`, `sendCustomMessage`, `subscribeMessage.send`, `templateMessage.send`, `uniformMessage.send`. Servers append ` rid: …` to the text, and in some years hints.
//!
//! Unverified: the texts of 40163, 40243, 50004, 50007, 43107 and 89503 to 89507, which the pages give in Chinese only.

use super::meaning::{Meaning, text};

/// A number of WeChat's servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errcode {
    /// The number.
    pub code: i32,
    /// What the answer's `errmsg` begins with.
    pub text: &'static str,
    /// The endpoints that give it, among those of this list; of all of them when empty.
    pub endpoints: &'static [&'static str],
    /// In words.
    pub meaning: Meaning,
}

const fn errcode(
    code: i32,
    official: &'static str,
    endpoints: &'static [&'static str],
    english: (&'static str, &'static str),
    chinese: (&'static str, &'static str),
) -> Errcode {
    Errcode {
        code,
        text: official,
        endpoints,
        meaning: text(english.0, chinese.0, english.1, chinese.1),
    }
}

const LOGIN: &[&str] = &["sns/jscode2session"];
const TOKENS: &[&str] = &["cgi-bin/token", "cgi-bin/stable_token"];
const STABLE: &[&str] = &["cgi-bin/stable_token"];
const SESSION: &[&str] = &["wxa/checksession", "wxa/resetusersessionkey"];
const PAYER: &[&str] = &["wxa/getpaidunionid"];
const SECRETS: &[&str] = &[
    "sns/jscode2session",
    "cgi-bin/token",
    "cgi-bin/stable_token",
];
const CODES: &[&str] = &["sns/jscode2session", "wxa/business/getuserphonenumber"];
const CHECKS: &[&str] = &[
    "wxa/msg_sec_check",
    "wxa/img_sec_check",
    "wxa/media_check_async",
];
const TEXT: &[&str] = &["wxa/msg_sec_check"];
const IMAGE: &[&str] = &["wxa/img_sec_check"];
const MEDIA: &[&str] = &["wxa/media_check_async"];
const TEMPLATE: &[&str] = &[
    "cgi-bin/message/wxopen/template/send",
    "cgi-bin/message/wxopen/template/uniform_send",
];
const SUBSCRIBE: &[&str] = &["cgi-bin/message/subscribe/send"];
const UNIFORM: &[&str] = &["cgi-bin/message/wxopen/template/uniform_send"];
const MESSAGES: &[&str] = &[
    "cgi-bin/message/subscribe/send",
    "cgi-bin/message/wxopen/template/send",
    "cgi-bin/message/wxopen/template/uniform_send",
];
const SERVICE: &[&str] = &["cgi-bin/message/custom/send"];
const OPENIDS: &[&str] = &["wxa/msg_sec_check", "wxa/media_check_async"];

/// The numbers in order.
#[rustfmt::skip]
pub const ERRCODES: &[Errcode] = &[
    errcode(-1, "system error", &[],
        ("WeChat's server is busy or failed.", "Wait a moment and try again, a few times at most."),
        ("微信服务器繁忙或出错。", "稍候重试，次数要有上限。")),
    errcode(1, "data not exit", &["wxa/business/checkencryptedmsg"],
        ("The encrypted data are unknown, or older than three days.", "Hash the `encryptedData` as the client gave them, soon after."),
        ("加密数据不存在，或已超过三天。", "对客户端返回的 encryptedData 原文计算哈希，并尽快校验。")),
    errcode(40001, "invalid credential, access_token is invalid or not latest", &[],
        ("The access token is unknown, or a newer one took its place; at `cgi-bin/token` of old accounts also a wrong secret.", "Keep one token for all servers; fetch a new one once, not in a loop."),
        ("access_token 不存在，或已被更新的替换；旧帐号在 cgi-bin/token 上也表示 secret 错误。", "由中控服务统一缓存 token；只重新获取一次，不要循环重试。")),
    errcode(40002, "invalid grant_type", SECRETS,
        ("The `grant_type` is another than the endpoint takes.", "Send `authorization_code` with jscode2session, `client_credential` for tokens."),
        ("grant_type 不正确。", "jscode2session 传 authorization_code，获取 token 传 client_credential。")),
    errcode(40003, "invalid openid", &[],
        ("The openid is not one of this mini program.", "Use the openid that jscode2session gave for the same appid."),
        ("openid 不属于该小程序。", "使用同一 appid 通过 jscode2session 得到的 openid。")),
    errcode(40004, "invalid media type", MEDIA,
        ("The `media_type` is not one that can be checked.", "Send 1 for audio, 2 for an image."),
        ("media_type 不支持。", "音频传 1，图片传 2。")),
    errcode(40006, "invalid meida size", IMAGE,
        ("The image is too large, or no image.", "Send PNG, JPEG or GIF of at most 1 MB and 750 × 1334."),
        ("图片过大，或不是有效图片。", "上传不超过 1 MB、750×1334 的 PNG、JPEG 或 GIF。")),
    errcode(40013, "invalid appid", &["sns/jscode2session", "cgi-bin/token", "cgi-bin/stable_token", "wxa/business/getuserphonenumber"],
        ("The appid is unknown; at getuserphonenumber, the code is of another mini program.", "Compare the appid of the server with that of project.config.json."),
        ("appid 不存在；在 getuserphonenumber 上表示 code 属于其他小程序。", "核对服务端与 project.config.json 的 appid。")),
    errcode(40014, "invalid access_token", &[],
        ("What was sent as access token cannot be one.", "Send the token whole, URL-encoded, in the query."),
        ("access_token 格式不合法。", "在 query 中完整传入经过 URL 编码的 token。")),
    errcode(40029, "invalid code", CODES,
        ("The code is unknown, of another mini program, of the other kind, or older than five minutes; at getuserphonenumber also used already.", "Send the code at once and once: that of wx.login to jscode2session, that of the phone button to getuserphonenumber. Codes of another appid, or of a developer tool without appid, never work."),
        ("code 不存在、属于其他小程序、种类不对或已超过五分钟；在 getuserphonenumber 上也可能已被使用。", "立即发送且只用一次：wx.login 的 code 换 session，手机号按钮的 code 换手机号；其他 appid 或无 appid 的开发者工具的 code 无效。")),
    errcode(40037, "invalid template_id", MESSAGES,
        ("The mini program has no template of that id, or it is one of another interface.", "Copy the id from the console of the appid whose access token is used."),
        ("template_id 不存在，或属于其他接口的模板。", "从 access_token 所属 appid 的公众平台复制模板 ID。")),
    errcode(40066, "invalid url", &[],
        ("There is no such endpoint.", "Check path and host, and whether the endpoint is of today."),
        ("接口地址不存在。", "检查路径和域名，并确认接口仍然有效。")),
    errcode(40097, "invalid args", &["wxa/resetusersessionkey"],
        ("A parameter is missing or not valid.", "Compare the parameters with the endpoint's page."),
        ("参数缺失或不合法。", "对照接口文档检查参数。")),
    errcode(40125, "invalid appsecret", SECRETS,
        ("The secret does not belong to the appid.", "Copy the AppSecret from the console again; a reset one replaces the old at once."),
        ("appsecret 与 appid 不匹配。", "在公众平台重新复制 AppSecret；重置后旧的立即失效。")),
    errcode(40129, "invalid scene", TEXT,
        ("The `scene` of the text is not 1 to 4.", "Send 1 for profiles, 2 comments, 3 forums, 4 social logs."),
        ("scene 不是 1 到 4。", "资料传 1，评论传 2，论坛传 3，社交日志传 4。")),
    errcode(40163, "code been used", LOGIN,
        ("The code of wx.login was exchanged already; it works once.", "Call wx.login again for each exchange; look for a handler that sends the code twice."),
        ("wx.login 的 code 已被使用过，只能使用一次。", "每次换取前重新调用 wx.login；检查是否重复提交了 code。")),
    errcode(40164, "invalid ip", TOKENS,
        ("The server's address is not in the list of the console.", "Add the outgoing address of the server to the IP list."),
        ("调用接口的 IP 不在白名单中。", "把服务器出口 IP 加入公众平台的 IP 白名单。")),
    errcode(40165, "invalid weapp pagepath", UNIFORM,
        ("`miniprogram.pagepath` is no page of the mini program.", "Write a page of the published version, as app.json lists it, perhaps with a query."),
        ("miniprogram.pagepath 不是小程序的页面。", "填写已发布版本 app.json 中的页面路径，可带参数。")),
    errcode(40226, "code blocked", LOGIN,
        ("WeChat counts the user among those of high risk and gives no session.", "Do not log the user in; say that it cannot be done now."),
        ("高风险等级用户，微信拒绝登录。", "不要让该用户登录，并提示暂时无法使用。")),
    errcode(40243, "appsecret frozen", TOKENS,
        ("The AppSecret was frozen in the console.", "Unfreeze it in the console."),
        ("AppSecret 已被冻结。", "在公众平台解冻 AppSecret。")),
    errcode(41001, "access_token missing", &[],
        ("No access token was sent.", "Put `access_token` into the query, not into the body."),
        ("缺少 access_token。", "把 access_token 放在 query 中，而不是请求体中。")),
    errcode(41002, "appid missing", SECRETS,
        ("No appid was sent; jscode2session and token look into the query only.", "Send GET parameters in the query."),
        ("缺少 appid；jscode2session 和 token 只读取 query。", "以 query 参数的形式传入。")),
    errcode(41004, "appsecret missing", SECRETS,
        ("No secret was sent.", "Send `secret`; never from the client."),
        ("缺少 secret。", "传入 secret；切勿在客户端保存。")),
    errcode(41008, "missing code", LOGIN,
        ("No `js_code` was sent.", "Send the code of wx.login as `js_code`; look whether it arrived at the server."),
        ("缺少 js_code。", "把 wx.login 的 code 以 js_code 传入；检查服务端是否收到 code。")),
    errcode(41028, "invalid form id", TEMPLATE,
        ("The `form_id` is unknown, older than seven days, of another user, of a payment that did not come about, or the text of the developer tool.", "Send the `detail.formId` of a form with report-submit of this user, or a prepay id without `prepay_id=`."),
        ("form_id 不存在、超过七天、属于其他用户、支付未成功，或是开发者工具的占位文本。", "使用该用户在 report-submit 表单中产生的 detail.formId，或不带 prepay_id= 前缀的 prepay_id。")),
    errcode(41029, "form id used count reach limit", TEMPLATE,
        ("The `form_id` was used up: a form is good for one message, a payment for three.", "Keep the ids of each user and delete each once it was used."),
        ("form_id 已用完：表单可发一条，支付可发三条。", "按用户保存 form_id，使用后删除。")),
    errcode(41030, "invalid page", MESSAGES,
        ("`page` is no page of the mini program.", "Write a page of the published version, as app.json lists it, without a leading slash, perhaps with a query."),
        ("page 不是小程序的页面。", "填写已发布版本 app.json 中的页面路径，不带开头的斜杠，可带参数。")),
    errcode(42001, "access_token expired", &[],
        ("The access token is older than two hours.", "Fetch a new one before `expires_in` is over."),
        ("access_token 已过期。", "在 expires_in 到期前重新获取。")),
    errcode(43001, "require GET method", LOGIN,
        ("The endpoint wants GET.", "Send GET with a query."),
        ("需要 GET 请求。", "改用 GET 并使用 query 参数。")),
    errcode(43002, "require POST method", &["cgi-bin/stable_token", "wxa/business/getuserphonenumber", "wxa/msg_sec_check"],
        ("The endpoint wants POST.", "Send POST with a JSON body."),
        ("需要 POST 请求。", "改用 POST 并发送 JSON。")),
    errcode(43003, "require https", &[],
        ("The endpoint is reached by https only.", "Use https."),
        ("需要 https 请求。", "使用 https。")),
    errcode(43101, "user refuse to accept the msg", SUBSCRIBE,
        ("The user did not accept the template, or as often as messages were sent; or turned it, or all messages, off.", "Count: each time that wx.requestSubscribeMessage gives `accept` for a one-time template, one message may be sent."),
        ("用户没有接受该模板、可用次数已用完，或关闭了该模板或总开关。", "按次数计算：一次性模板每得到一次 accept 才能发送一条。")),
    errcode(43104, "The openid does not match the appid", OPENIDS,
        ("The openid is of another mini program.", "Use the openid of the user in the mini program whose token is sent."),
        ("openid 与 appid 不匹配。", "使用与该 token 同一小程序的用户 openid。")),
    errcode(43107, "subscribe message is banned", SUBSCRIBE,
        ("The platform bans the mini program from sending subscribe messages.", "See the notices in the console."),
        ("小程序的订阅消息能力被封禁。", "查看公众平台的通知。")),
    errcode(44002, "empty post data", &["cgi-bin/stable_token", "wxa/business/getuserphonenumber", "wxa/msg_sec_check"],
        ("The body is empty.", "Send JSON in the body."),
        ("POST 数据为空。", "在请求体中发送 JSON。")),
    errcode(44990, "reach max api second frequence limit", &[],
        ("Called too often within a second.", "Send less at a time and try again later."),
        ("超过每秒调用上限。", "降低并发，稍后重试。")),
    errcode(44991, "reach max api minute frequence limit", CHECKS,
        ("Called too often within a minute.", "Wait for the next minute; queue the calls."),
        ("超过每分钟调用上限。", "等待下一分钟，并把调用排队。")),
    errcode(44993, "reach max api day frequence limit", &[],
        ("Called too often within a day.", "Wait for the next day, or ask for a higher limit."),
        ("超过每天调用上限。", "次日再试，或申请提高额度。")),
    errcode(45002, "content size out of limit", SERVICE,
        ("The text of the message is too long.", "Send several messages, or a link."),
        ("消息内容过长。", "拆成多条消息发送，或改发链接。")),
    errcode(45009, "reach max api daily quota limit", &["cgi-bin/token", "cgi-bin/stable_token", "wxa/msg_sec_check", "wxa/img_sec_check", "wxa/media_check_async"],
        ("The day's calls are used up.", "Keep tokens and results instead of asking anew; clear the quota in an emergency."),
        ("超过每日调用额度。", "缓存 token 与结果，避免重复调用；紧急时可清空额度。")),
    errcode(45011, "api minute-quota reach limit, must slower, retry next minute", &["sns/jscode2session", "cgi-bin/stable_token", "wxa/business/getuserphonenumber", "wxa/resetusersessionkey"],
        ("Called too often within a minute: one user logs in more than a hundred times, or too many users at once.", "Wait for the next minute; look for a loop of wx.login."),
        ("每分钟调用过于频繁：同一用户登录超过一百次，或总量过大。", "等待下一分钟；检查是否循环调用了 wx.login。")),
    errcode(45015, "response out of time limit or subscription is canceled", SERVICE,
        ("The user did nothing in the conversation for too long: 48 hours since the last message, a minute since entering.", "Answer in time; later a subscribe message is the way."),
        ("用户超过 48 小时没有发消息（或进入会话已超过 1 分钟），不能再下发客服消息。", "在时限内回复；之后改用订阅消息。")),
    errcode(45047, "out of response count limit", SERVICE,
        ("The user got as many messages as one message of an own allows (five; two after entering).", "Put more into one message, and wait for the user."),
        ("下发条数已达上限（用户每次发消息 5 条，进入会话 2 条）。", "合并消息内容，等待用户再次发送。")),
    errcode(45103, "This API has been unsupported", TEMPLATE,
        ("Template messages ended on 2020-01-10.", "Use subscribe messages."),
        ("模板消息已于 2020-01-10 下线。", "改用订阅消息。")),
    errcode(45162, "invalid type", SERVICE,
        ("Mini programs do not send messages of this type.", "Send `text`, `image`, `link` or `miniprogrampage`."),
        ("小程序不支持该类型的客服消息。", "使用 text、image、link 或 miniprogrampage。")),
    errcode(47001, "data format error", &["cgi-bin/stable_token", "wxa/business/getuserphonenumber", "wxa/msg_sec_check", "wxa/media_check_async"],
        ("The body is no JSON, or a member is missing or of another type.", "Send JSON, not a form."),
        ("请求体不是 JSON，或字段缺失、类型不对。", "发送 JSON，不要发送表单。")),
    errcode(47003, "argument invalid!", SUBSCRIBE,
        ("A value of `data` is missing, too long, or not what its key wants: `argument invalid! data.thing1.value invalid`.", "Cut texts to 20 characters (`thing`), write times as the page of subscribeMessage.send shows them."),
        ("data 中的值缺失、过长或不符合参数类型：argument invalid! data.thing1.value invalid。", "thing 截断到 20 个字符；时间等按 subscribeMessage.send 文档的格式填写。")),
    errcode(48001, "api unauthorized", &[],
        ("The mini program may not use the endpoint.", "Check kind and verification of the account: phone numbers need a verified one that is no person's."),
        ("小程序没有该接口的权限。", "检查帐号主体与认证状态：手机号接口需要非个人主体且已认证。")),
    errcode(48004, "api forbidden for irregularities, view detail on mp.weixin.qq.com", &[],
        ("The endpoint was taken from the mini program for a breach of the rules.", "Read the notice in the console."),
        ("接口因违规被封禁。", "登录公众平台查看详情。")),
    errcode(50002, "user limited", &[],
        ("The mini program or the user is limited.", "Read the notice in the console."),
        ("帐号或用户受限。", "登录公众平台查看详情。")),
    errcode(50004, "forbidden to use the token endpoint", TOKENS,
        ("The mini program may not fetch tokens.", "Read the notice in the console."),
        ("禁止使用 token 接口。", "登录公众平台查看详情。")),
    errcode(50007, "account frozen", TOKENS,
        ("The account is frozen.", "Unfreeze it in the console."),
        ("帐号已冻结。", "在公众平台解冻帐号。")),
    errcode(61010, "code is expired", OPENIDS,
        ("The user has not been in the mini program for two hours.", "Check texts and media while their author is there."),
        ("用户两小时内未访问小程序。", "在用户使用小程序期间进行内容检测。")),
    errcode(87007, "session_key is not existd or expired", &["wxa/resetusersessionkey"],
        ("The user has no session, or it has expired.", "Let the client call wx.login and exchange its code."),
        ("session_key 不存在或已过期。", "让客户端调用 wx.login 并重新换取。")),
    errcode(87008, "invalid sig_method", SESSION,
        ("The `sig_method` is not known.", "Send `hmac_sha256`."),
        ("sig_method 不正确。", "传入 hmac_sha256。")),
    errcode(87009, "invalid signature", SESSION,
        ("The signature does not fit the session key, which may be an old one.", "Sign with the key's text, not its decoded bytes; checksession signs the empty text. If it lasts, log in anew."),
        ("签名与 session_key 不匹配，密钥可能已失效。", "用 session_key 的原文（不解码）签名；checksession 对空字符串签名。持续出现时重新登录。")),
    errcode(87014, "risky content", &["wxa/msg_sec_check", "wxa/img_sec_check"],
        ("The content breaks the rules (first version of the checks; the second tells it in `result`).", "Do not show it; let the user change it."),
        ("内容含有违法违规信息（旧版检测；新版在 result 中返回）。", "不要展示，提示用户修改。")),
    errcode(87020, "repeat request limit exceeded", MEDIA,
        ("The same media was checked too often.", "Keep the result of a check."),
        ("同一媒体检测过于频繁。", "保存检测结果，避免重复检测。")),
    errcode(89002, "open not exists", PAYER,
        ("The mini program is not bound to an open platform account, so that there is no unionid.", "Bind it at open.weixin.qq.com."),
        ("小程序没有绑定开放平台帐号，因此没有 unionid。", "在 open.weixin.qq.com 绑定小程序。")),
    errcode(89300, "invalid trade", PAYER,
        ("There is no order that this user has paid within five minutes.", "Ask right after the payment, with the order's own numbers."),
        ("没有该用户五分钟内支付的订单。", "支付完成后立即调用，并传入正确的订单号。")),
    errcode(89503, "this ip needs the administrator's confirmation", STABLE,
        ("The administrator was asked whether this address may fetch tokens.", "Have the administrator confirm it."),
        ("此次调用需要管理员确认。", "请管理员确认。")),
    errcode(89506, "this ip was refused for 24 hours", STABLE,
        ("The administrator refused this address twice; it has to wait a day.", "Ask the administrator; try again in a day."),
        ("管理员两次拒绝该 IP，24 小时内不可用。", "联系管理员，一天后再试。")),
    errcode(89507, "this ip was refused for one hour", STABLE,
        ("The administrator refused this address; it has to wait an hour.", "Ask the administrator; try again in an hour."),
        ("管理员拒绝了该 IP，一小时内不可用。", "联系管理员，一小时后再试。")),
];

#[cfg(test)]
mod tests {
    use super::ERRCODES;

    #[test]
    fn the_numbers_are_in_order_and_each_is_told_in_both_languages() {
        assert!(ERRCODES.is_sorted_by(|one, next| one.code < next.code));
        for it in ERRCODES {
            let words = it.meaning;
            let all = [
                it.text,
                words.en,
                words.zh,
                words.advice_en,
                words.advice_zh,
            ];
            assert!(all.iter().all(|text| !text.is_empty()), "{}", it.code);
            for text in [words.zh, words.advice_zh] {
                assert!(
                    text.ends_with('。') && !text.is_ascii(),
                    "{}: {text}",
                    it.code
                );
            }
            for text in [words.en, words.advice_en] {
                assert!(text.ends_with('.'), "{}: {text}", it.code);
            }
        }
    }
}
