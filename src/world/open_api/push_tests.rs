use serde_json::{Value as Json, json};

use super::{Format, Mode, PushSettings, QueuePushes, SetPush, TakePushReply};
use crate::crypto::push_message::{open, seal, signature};
use crate::profile::Profile;
use crate::world::conversation::{Content, Say};
use crate::world::open_api::delivery::{Delivery, TakeDueDeliveries};
use crate::world::{AppFacts, World};

const AES_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

fn world(mode: Mode, format: Format) -> World {
    let app = AppFacts {
        app_id: "wx1".into(),
        ..AppFacts::default()
    };
    let mut world = World::new(Profile::default(), app, 1);
    world.apply(SetPush("wx1".into(), settings(mode, format)));
    world
}

fn settings(mode: Mode, format: Format) -> PushSettings {
    PushSettings {
        url: "http://127.0.0.1:1/push?a=1".into(),
        token: "AAAAA".into(),
        encoding_aes_key: AES_KEY.into(),
        mode,
        format,
    }
}

/// What goes out when the user says something.
fn said(world: &mut World) -> Delivery {
    let caller = world.caller();
    world.apply(Say(caller, Content::Text("你好 ]]> <a>".into())));
    world.apply(QueuePushes);
    let mut due = world.apply(TakeDueDeliveries);
    assert_eq!(due.len(), 1);
    due.remove(0)
}

fn parameter(url: &str, name: &str) -> String {
    let (_, query) = url.split_once('?').expect("a query");
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(own, _)| *own == name);
    found.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

#[test]
fn a_plain_message_is_signed_and_names_the_user() {
    let mut world = world(Mode::Plain, Format::Json);
    let sent = said(&mut world);
    let url = &sent.url;
    assert!(
        url.starts_with("http://127.0.0.1:1/push?a=1&signature="),
        "{url}"
    );
    let (time_stamp, nonce) = (parameter(url, "timestamp"), parameter(url, "nonce"));
    assert_eq!(
        parameter(url, "signature"),
        signature(&["AAAAA", &time_stamp, &nonce])
    );
    assert_eq!(parameter(url, "openid"), world.open_id(&world.caller()));
    assert_eq!(parameter(url, "encrypt_type"), "");
    let body: Json = serde_json::from_slice(&sent.body).expect("JSON");
    assert_eq!(
        (body["MsgType"].as_str(), body["Content"].as_str()),
        (Some("text"), Some("你好 ]]> <a>"))
    );
    assert!(body["CreateTime"].is_i64() && body["MsgId"].is_u64());
    assert!(
        world.apply(TakeDueDeliveries).is_empty(),
        "it goes out once"
    );
}

#[test]
fn xml_has_texts_in_sections_and_numbers_bare() {
    let sent = said(&mut world(Mode::Plain, Format::Xml));
    let text = String::from_utf8(sent.body).expect("text");
    assert!(text.starts_with("<xml><ToUserName><![CDATA[gh_"), "{text}");
    assert!(
        text.contains("<Content><![CDATA[你好 ]]]]><![CDATA[> <a>]]></Content>"),
        "{text}"
    );
    assert!(
        text.contains("<CreateTime>1") && text.contains("<MsgId>24"),
        "{text}"
    );
    assert_eq!(
        sent.headers,
        [("Content-Type".to_owned(), "text/xml".to_owned())]
    );
}

#[test]
fn a_safe_message_opens_with_the_key_and_a_compatible_one_has_both() {
    for (mode, format) in [
        (Mode::Safe, Format::Json),
        (Mode::Compat, Format::Json),
        (Mode::Safe, Format::Xml),
    ] {
        let sent = said(&mut world(mode, format));
        let text = String::from_utf8(sent.body).expect("text");
        let sealed = super::member(&text, "Encrypt").expect("it is encrypted");
        let url = &sent.url;
        let (time_stamp, nonce) = (parameter(url, "timestamp"), parameter(url, "nonce"));
        let signed = signature(&["AAAAA", &time_stamp, &nonce, &sealed]);
        assert_eq!(parameter(url, "msg_signature"), signed);
        assert_eq!(parameter(url, "encrypt_type"), "aes");
        let plain = open(&sealed, "wx1", AES_KEY).expect("it opens");
        assert!(plain.contains("你好"), "{plain}");
        assert_eq!(text.contains("你好"), mode == Mode::Compat, "{text}");
        assert!(super::member(&text, "ToUserName").is_some_and(|it| it.starts_with("gh_")));
    }
}

#[test]
fn a_reply_may_hand_over_to_people_but_must_be_signed() {
    let mut world = world(Mode::Safe, Format::Json);
    let mut reply = |body: &str| {
        let body = body.as_bytes();
        world.apply(TakePushReply {
            app_id: "wx1",
            body,
        })
    };
    let plain = r#"{"ToUserName":"o1","MsgType":"transfer_customer_service"}"#;
    assert_eq!(reply(plain), Ok(true));
    assert_eq!(
        reply("<xml><MsgType><![CDATA[text]]></MsgType></xml>"),
        Ok(false),
        "it is passed over"
    );
    let sealed = seal(plain, "wx1", AES_KEY, [7; 16]).expect("a key");
    let signed = signature(&["AAAAA", "1", "2", &sealed]);
    let body = json!({"Encrypt": sealed, "MsgSignature": signed, "TimeStamp": 1, "Nonce": "2"});
    assert_eq!(reply(&body.to_string()), Ok(true));
    let body = json!({"Encrypt": sealed, "MsgSignature": "x", "TimeStamp": 1, "Nonce": "2"});
    assert!(reply(&body.to_string()).is_err());
    let to: Vec<&str> = world.transfers().map(|it| it.1.as_str()).collect();
    assert_eq!(to, ["o1", "o1"]);
}

#[test]
fn settings_are_checked_and_the_url_is_asked_first() {
    let good = settings(Mode::Safe, Format::Json);
    assert_eq!(good.check(), Ok(()));
    let wrong = |change: fn(&mut PushSettings)| {
        let mut settings = good.clone();
        change(&mut settings);
        settings.check().is_err()
    };
    assert!(wrong(|it| it.url = "ftp://a".into()));
    assert!(wrong(|it| it.token = "ab".into()));
    assert!(wrong(|it| it.token = "a b c".into()));
    assert!(wrong(|it| it.encoding_aes_key = "short".into()));
    let world = world(Mode::Plain, Format::Json);
    let (url, echo) = world.push_check("wx1", &good);
    assert_eq!(parameter(&url, "echostr"), echo);
    assert!(
        echo.len() == 19 && echo.chars().all(|it| it.is_ascii_digit()),
        "{echo}"
    );
    let signed = signature(&[
        "AAAAA",
        &parameter(&url, "timestamp"),
        &parameter(&url, "nonce"),
    ]);
    assert_eq!(parameter(&url, "signature"), signed);
}

#[test]
fn what_came_before_the_settings_is_not_sent() {
    let mut world = World::new(Profile::default(), AppFacts::default(), 1);
    let caller = world.caller();
    world.apply(Say(caller.clone(), Content::Text("early".into())));
    world.apply(SetPush(
        caller.app_id().to_owned(),
        settings(Mode::Plain, Format::Json),
    ));
    world.apply(QueuePushes);
    assert!(world.apply(TakeDueDeliveries).is_empty());
}
