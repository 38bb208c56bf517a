//! wechat-mp-sdk, led here by its own `base_url`: one line for each call, as the other clients of the suite print.
//!
//! Requests that it marks as non-exhaustive and gives no way to make (nearby places, SOTER) cannot be sent with it.

use std::fmt::Debug;
use std::future::Future;
use std::io::{Read, Write};
use std::net::TcpStream;

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wechat_mp_sdk::api::customer_service::{
    LinkMessage, MediaMessage, Message, MiniProgramPageMessage, TextMessage, TypingCommand,
};
use wechat_mp_sdk::api::media::MediaType;
use wechat_mp_sdk::api::qrcode::{LineColor, QrcodeOptions, UnlimitQrcodeOptions};
use wechat_mp_sdk::api::subscribe::{SubscribeMessageOptions, SubscribeMessageValue};
use wechat_mp_sdk::types::{AppId, AppSecret, OpenId, SessionKey};
use wechat_mp_sdk::{WechatError, WechatMp};

/// The server of the suite.
struct World {
    host: String,
    token: String,
    appid: String,
    secret: String,
    users: Value,
}

impl World {
    fn given() -> Self {
        let given = std::env::var("WXSIM_SUITE").expect("the suite starts this");
        let given: Value = serde_json::from_str(&given).expect("JSON");
        let facts = &given["worlds"]["now"];
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self {
            host: text(&facts["url"]).replace("http://", ""),
            token: text(&facts["control_token"]),
            appid: text(&facts["apps"][0]["appid"]),
            secret: text(&facts["apps"][0]["secret"]),
            users: facts["users"].clone(),
        }
    }

    fn openid(&self, name: &str) -> String {
        let users = self.users.as_array().expect("users");
        let user = users.iter().find(|user| user["name"] == name);
        let openid = &user.expect("the user")["openid"][&self.appid];
        openid.as_str().expect("an openid").to_owned()
    }

    /// A call of the control interface.
    fn control(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let head = format!(
            "POST /_wxsim/{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n",
            self.host,
            self.token,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.host).expect("the server");
        stream.write_all(format!("{head}{body}").as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (_, told) = answer.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(told).unwrap_or_else(|error| panic!("{path}: {error}: {answer}"))
    }

    fn code(&self) -> String {
        let told = self.control("login", &json!({ "user": "mei" }));
        told["code"].as_str().expect("a code").to_owned()
    }

    fn client(&self, secret: &str) -> WechatMp {
        WechatMp::builder()
            .appid(AppId::new(&*self.appid).expect("an appid"))
            .secret(AppSecret::new(secret).expect("a secret"))
            .base_url(format!("http://{}", self.host))
            .build()
            .expect("a client")
    }
}

fn line(word: &str, method: &str, endpoint: &str, detail: &str) {
    let detail: Vec<&str> = detail.split_whitespace().collect();
    let detail: String = detail.join(" ").chars().take(160).collect();
    println!("{word} wechat-mp-sdk {method} {endpoint} {detail}");
}

/// The call succeeds, and `check` finds in its result what has to be there.
async fn ok<T: Debug>(
    method: &str,
    endpoint: &str,
    call: impl Future<Output = Result<T, WechatError>>,
    check: impl FnOnce(&T) -> Result<String, String>,
) -> Option<T> {
    match call.await {
        Ok(result) => {
            match check(&result) {
                Ok(detail) => line("ok", method, endpoint, &detail),
                Err(problem) => line("not ok", method, endpoint, &format!("{problem}: {result:?}")),
            }
            Some(result)
        }
        Err(error) => {
            line("not ok", method, endpoint, &error.to_string());
            None
        }
    }
}

/// The call ends in the SDK's own `WechatError::Api` with that code.
async fn fails<T: Debug>(
    method: &str,
    endpoint: &str,
    expected: i32,
    call: impl Future<Output = Result<T, WechatError>>,
) {
    match call.await {
        Err(WechatError::Api { code, message }) if code == expected => {
            line("ok", method, endpoint, &format!("{code} {message}"));
        }
        other => line(
            "not ok",
            method,
            endpoint,
            &format!("expected {expected}, got {other:?}"),
        ),
    }
}

fn any<T>(_: &T) -> Result<String, String> {
    Ok(String::new())
}

fn same<T: PartialEq + Debug>(one: T, other: T) -> Result<String, String> {
    if one == other {
        Ok(format!("{one:?}"))
    } else {
        Err(format!("{one:?} is not {other:?}"))
    }
}

/// Whether bytes begin as a picture does.
fn picture(bytes: &Vec<u8>) -> Result<String, String> {
    match bytes.get(..4) {
        Some([0xff, 0xd8, 0xff, _]) => Ok("JPEG".to_owned()),
        Some([0x89, b'P', b'N', b'G']) => Ok("PNG".to_owned()),
        start => Err(format!("neither JPEG nor PNG: {start:?}")),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `signature` of the session interfaces: the key as text, over nothing.
fn signed(session_key: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(session_key.as_bytes()).expect("any length");
    hex(&mac.finalize().into_bytes())
}

const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x04, 0x00, 0x00, 0x00, 0xb5, 0x1c, 0x0c, 0x02, 0x00, 0x00, 0x00, 0x0b, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xfc, 0xff, 0x1f, 0x00, 0x03, 0x03, 0x02, 0x00, 0xef, 0xa2, 0xa7, 0x5b, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn logins(world: &World, wx: &WechatMp, mei: &str) {
    const LOGIN: &str = "/sns/jscode2session";
    let code = world.code();
    let session = ok("auth_login", LOGIN, wx.auth_login(&code), |it| same(&*it.openid, mei)).await;
    let Some(session) = session else { return };
    fails("auth_login (the same code)", LOGIN, 40163, wx.auth_login(&code)).await;
    fails(
        "auth_login (no such code)",
        LOGIN,
        40029,
        wx.auth_login(&"0".repeat(32)),
    )
    .await;

    let info = world.control("user-info", &json!({ "user": "mei" }));
    let (sealed, iv) = (
        info["encryptedData"].as_str().expect("data"),
        info["iv"].as_str().expect("iv"),
    );
    let key = SessionKey::new(&*session.session_key).expect("a key");
    let opened = async { wx.decrypt_user_data(&key, sealed, iv) };
    ok("decrypt_user_data", LOGIN, opened, |it| same(it.open_id(), Some(mei))).await;
    const CHECK_DATA: &str = "/wxa/business/checkencryptedmsg";
    let hash = hex(&Sha256::digest(sealed.as_bytes()));
    // WeChat knows phone numbers alone here.
    fails(
        "check_encrypted_data (no phone number)",
        CHECK_DATA,
        1,
        wx.check_encrypted_data(&hash),
    )
    .await;

    let (check, reset) = ("/wxa/checksession", "/wxa/resetusersessionkey");
    let (signature, kind) = (signed(&session.session_key), "hmac_sha256");
    ok(
        "check_session_key",
        check,
        wx.check_session_key(mei, &signature, kind),
        any,
    )
    .await;
    let renewed = wx.reset_user_session_key(mei, &signature, kind);
    ok("reset_user_session_key", reset, renewed, |it| {
        if it.session_key == session.session_key {
            Err("the same key".to_owned())
        } else {
            Ok("a new key".to_owned())
        }
    })
    .await;
    fails(
        "check_session_key (the old key)",
        check,
        87009,
        wx.check_session_key(mei, &signature, kind),
    )
    .await;

    const PHONE: &str = "/wxa/business/getuserphonenumber";
    let told = world.control("phone-code", &json!({ "user": "mei" }));
    let code = told["code"].as_str().expect("a code");
    match wx.get_phone_number(code).await {
        Err(WechatError::Http(error)) if error.to_string().ends_with("missing field `phone_number`") => {
            let reason = "it reads `phone_number`, where WeChat writes `phoneNumber`";
            line("sdk", "get_phone_number", PHONE, reason);
        }
        other => line("not ok", "get_phone_number", PHONE, &format!("{other:?}")),
    }
    fails(
        "get_phone_number (the same code)",
        PHONE,
        40029,
        wx.get_phone_number(code),
    )
    .await;
}

async fn codes(wx: &WechatMp) {
    let (a, b, c) = (
        "/wxa/getwxacode",
        "/wxa/getwxacodeunlimit",
        "/cgi-bin/wxaapp/createwxaqrcode",
    );
    let mut code = QrcodeOptions::new();
    fails("get_wxa_code (no path)", a, 40159, wx.get_wxa_code(code.clone())).await;
    code.path = Some("pages/order/order?id=7".to_owned());
    code.line_color = Some(LineColor { r: 7, g: 193, b: 96 });
    ok("get_wxa_code", a, wx.get_wxa_code(code), picture).await;
    let mut scene = UnlimitQrcodeOptions::new("id=7");
    ok(
        "get_wxa_code_unlimit",
        b,
        wx.get_wxa_code_unlimit(scene.clone()),
        picture,
    )
    .await;
    scene.page = Some("pages/none/none".to_owned());
    fails(
        "get_wxa_code_unlimit (no such page)",
        b,
        41030,
        wx.get_wxa_code_unlimit(scene),
    )
    .await;
    ok(
        "create_qrcode",
        c,
        wx.create_qrcode("pages/index/index", Some(300)),
        picture,
    )
    .await;
    fails("create_qrcode (no path)", c, 40159, wx.create_qrcode("", None)).await;
}

async fn messages(world: &World, wx: &WechatMp, mei: &str) {
    let (upload, get) = ("/cgi-bin/media/upload", "/cgi-bin/media/get");
    let media = wx.upload_temp_media(MediaType::Image, "pixel.png", PIXEL);
    let media = ok("upload_temp_media", upload, media, |it| Ok(it.media_id.clone())).await;
    let media = media.map(|it| it.media_id).unwrap_or_default();
    ok("get_temp_media", get, wx.get_temp_media(&media), |it| {
        same(&**it, PIXEL).map(|_| "the same bytes".to_owned())
    })
    .await;
    fails(
        "get_temp_media (no such media_id)",
        get,
        40007,
        wx.get_temp_media("none"),
    )
    .await;

    const SEND: &str = "/cgi-bin/message/custom/send";
    const TYPING: &str = "/cgi-bin/message/custom/typing";
    let text = |text: &str| Message::Text {
        text: TextMessage::new(text),
    };
    let send = |message| wx.send_customer_service_message(mei, message);
    fails(
        "send_customer_service_message (nobody wrote)",
        SEND,
        45015,
        send(text("你好")),
    )
    .await;
    world.control("say", &json!({ "user": "mei", "text": "有茶吗" }));
    ok("set_typing", TYPING, wx.set_typing(mei, TypingCommand::Typing), any).await;
    fails(
        "set_typing (again)",
        TYPING,
        45081,
        wx.set_typing(mei, TypingCommand::Typing),
    )
    .await;
    ok("send_customer_service_message (text)", SEND, send(text("有")), any).await;
    let image = Message::Image {
        image: MediaMessage::new(&*media),
    };
    ok("send_customer_service_message (image)", SEND, send(image), any).await;
    let link = LinkMessage::new("茶", "新茶", "https://shop.example/", "https://shop.example/a.png");
    ok(
        "send_customer_service_message (link)",
        SEND,
        send(Message::Link { link }),
        any,
    )
    .await;
    let appid = AppId::new(&*world.appid).expect("an appid");
    let page = MiniProgramPageMessage::new("茶", appid, "pages/order/order?id=7", &*media);
    let page = Message::MiniProgramPage { miniprogrampage: page };
    ok("send_customer_service_message (page)", SEND, send(page), any).await;
    let none = Message::Image {
        image: MediaMessage::new("none"),
    };
    fails(
        "send_customer_service_message (no such media_id)",
        SEND,
        40007,
        send(none),
    )
    .await;

    const SUBSCRIBE: &str = "/cgi-bin/message/subscribe/send";
    let options = |template: &str| SubscribeMessageOptions {
        touser: OpenId::new(mei).expect("an openid"),
        template_id: template.to_owned(),
        data: [("thing1", "乌龙茶"), ("number2", "7")]
            .map(|(name, value)| (name.to_owned(), SubscribeMessageValue::new(value)))
            .into(),
        page: Some("pages/order/order".to_owned()),
        miniprogram_state: None,
        lang: None,
    };
    let tea = || wx.send_subscribe_message(options("TEA-IS-READY"));
    fails("send_subscribe_message (not accepted)", SUBSCRIBE, 43101, tea()).await;
    world.control("subscribe", &json!({ "user": "mei", "templates": ["TEA-IS-READY"] }));
    ok("send_subscribe_message", SUBSCRIBE, tea(), any).await;
    fails(
        "send_subscribe_message (no such template)",
        SUBSCRIBE,
        40037,
        wx.send_subscribe_message(options("NONE")),
    )
    .await;
    let list = "/wxaapi/newtmpl/gettemplate";
    ok("get_template_list", list, wx.get_template_list(), |it| {
        let has = it.iter().any(|it| it.private_template_id == "TEA-IS-READY");
        if has {
            Ok(format!("{} templates", it.len()))
        } else {
            Err("TEA-IS-READY is missing".to_owned())
        }
    })
    .await;
    ok("get_category", "/wxaapi/newtmpl/getcategory", wx.get_category(), |it| {
        Ok(format!("{} categories", it.len()))
    })
    .await;
    let delete = "/wxaapi/newtmpl/deltemplate";
    fails(
        "delete_template (no such template)",
        delete,
        200002,
        wx.delete_template("NONE"),
    )
    .await;
}

async fn checks(world: &World, wx: &WechatMp, mei: &str) {
    let (text, media) = ("/wxa/msg_sec_check", "/wxa/media_check_async");
    ok(
        "msg_sec_check",
        text,
        wx.msg_sec_check(mei, 1, "今天天气很好"),
        |it| same(&*it.result.suggest, "pass"),
    )
    .await;
    let probe = "特3456书yuuo莞6543李zxcz蒜7782法fgnv级";
    ok("msg_sec_check (risky)", text, wx.msg_sec_check(mei, 2, probe), |it| {
        same(&*it.result.suggest, "risky")
    })
    .await;
    fails(
        "msg_sec_check (no such scene)",
        text,
        40129,
        wx.msg_sec_check(mei, 9, "a"),
    )
    .await;
    let jun = world.openid("jun");
    fails(
        "msg_sec_check (nobody was there)",
        text,
        61010,
        wx.msg_sec_check(&jun, 1, "a"),
    )
    .await;
    let url = "https://shop.example/a.png";
    ok("media_check_async", media, wx.media_check_async(url, 2, mei, 1), |it| {
        Ok(it.trace_id.clone())
    })
    .await;
    fails(
        "media_check_async (media_type)",
        media,
        40004,
        wx.media_check_async(url, 7, mei, 1),
    )
    .await;
}

async fn quotas(world: &World, wx: &WechatMp) {
    let (quota, clear, by_path) = (
        "/cgi-bin/openapi/quota/get",
        "/cgi-bin/clear_quota",
        "/cgi-bin/openapi/quota/clear",
    );
    let path = "/cgi-bin/message/custom/send";
    ok("get_api_quota", quota, wx.get_api_quota(path), |it| {
        same(it.quota.daily_limit - it.quota.used, it.quota.remain)
    })
    .await;
    fails(
        "get_api_quota (of a login)",
        quota,
        76022,
        wx.get_api_quota("/sns/jscode2session"),
    )
    .await;
    ok("clear_api_quota", by_path, wx.clear_api_quota(path), any).await;
    ok("clear_quota", clear, wx.clear_quota(), any).await;
    ok(
        "clear_quota_by_app_secret",
        "/cgi-bin/clear_quota/v2",
        wx.clear_quota_by_app_secret(),
        any,
    )
    .await;
    let refused = wx.create_qrcode("", None).await.unwrap_err().to_string();
    let rid = refused.rsplit(' ').next().unwrap_or_default();
    ok("get_rid_info", "/cgi-bin/openapi/rid/get", wx.get_rid_info(rid), |it| {
        if it.request.response_body.contains("40159") {
            Ok("the refused request".to_owned())
        } else {
            Err("another".to_owned())
        }
    })
    .await;
    let nobody = format!("{}-00000000-00000000", &rid[..8]);
    fails(
        "get_rid_info (no such rid)",
        "/cgi-bin/openapi/rid/get",
        76001,
        wx.get_rid_info(&nobody),
    )
    .await;
    ok(
        "get_api_domain_ip",
        "/cgi-bin/get_api_domain_ip",
        wx.get_api_domain_ip(),
        |it| Ok(it.ip_list.join(" ")),
    )
    .await;
    ok(
        "get_callback_ip",
        "/cgi-bin/getcallbackip",
        wx.get_callback_ip(),
        |it| Ok(it.ip_list.join(" ")),
    )
    .await;
    let check = "/cgi-bin/callback/check";
    fails(
        "callback_check (no URL)",
        check,
        40201,
        wx.callback_check("all", "DEFAULT"),
    )
    .await;
    world.control(
        "push",
        &json!({ "url": "http://127.0.0.1:9/", "token": "teahouse7", "check": false }),
    );
    ok("callback_check", check, wx.callback_check("all", "DEFAULT"), |it| {
        Ok(format!("{} addresses", it.dns.len()))
    })
    .await;
    fails(
        "callback_check (action)",
        check,
        40202,
        wx.callback_check("none", "DEFAULT"),
    )
    .await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let world = World::given();
    let wx = world.client(&world.secret);
    let mei = world.openid("mei");
    let (token, stable) = ("/cgi-bin/token", "/cgi-bin/stable_token");
    ok("get_access_token", token, wx.get_access_token(), |it| {
        Ok(format!("{} characters", it.len()))
    })
    .await;
    fails(
        "get_access_token (wrong secret)",
        token,
        40125,
        world.client(&"0".repeat(32)).get_access_token(),
    )
    .await;
    ok(
        "get_stable_access_token",
        stable,
        wx.get_stable_access_token(false),
        |it| same(it.expires_in, 7200),
    )
    .await;
    let wrong = world.client(&"0".repeat(32));
    fails(
        "get_stable_access_token (wrong secret)",
        stable,
        40125,
        wrong.get_stable_access_token(false),
    )
    .await;
    logins(&world, &wx, &mei).await;
    codes(&wx).await;
    messages(&world, &wx, &mei).await;
    checks(&world, &wx, &mei).await;
    quotas(&world, &wx).await;
}
