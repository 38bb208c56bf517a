//! Every call: what it does, and what it refuses.

use serde_json::{Value as Json, json};

use super::{APP, CONTROL, call, done, file, refused, request, world};
use crate::serve::control::answer;
use crate::server::{self, Request};
use crate::world::card::ext::CardExt;
use crate::world::card::ticket::SignCard;
use crate::world::card::{Card, OfferCard};
use crate::world::open_api::access_token::MintAccessToken;
use crate::world::open_api::nearby::{AddPlace, PlaceFacts};
use crate::world::pay::order::{PlaceOrder, Placement, SignPayment};
use crate::world::session::RedeemLoginCode;
use crate::world::{Caller, World};

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json[name].as_str().expect("a text")
}

/// The user logs in, and the app's server gets the key.
fn log_in(world: &mut World, user: &str) {
    let told = done(world, "POST", "login", &json!({ "user": user }));
    let redeem = RedeemLoginCode {
        app_id: APP.to_owned(),
        code: text(&told, "code").to_owned(),
    };
    let redeemed = world.apply(redeem).expect("the code is good");
    assert_eq!(redeemed.caller.user_id(), user);
}

/// What an interface of WeChat answers to JSON with a good token.
fn interface(world: &mut World, path: &str, body: &Json) -> Json {
    let token = world.apply(MintAccessToken(APP.to_owned())).text;
    let url = format!("{path}?access_token={token}");
    server::answer(world, &Request::post(&url, body.to_string())).body_json()
}

#[test]
fn the_world_is_told_with_secrets_and_openids() {
    let mut world = world();
    let told = done(&mut world, "GET", "world", &Json::Null);
    assert_eq!(told["apps"][0]["appid"], APP);
    assert_eq!(told["apps"][0]["secret"], json!(world.app_secret(APP)));
    assert_eq!(told["counts"]["users"], 2);
    assert_eq!(told["users"][1]["name"], "li");
    let open_id = world.open_id(&Caller::new(APP, "li"));
    assert_eq!(told["users"][1]["openid"][APP], open_id);
    for name in [
        "orders",
        "messages",
        "deliveries",
        "requests",
        "codes",
        "faults",
        "nearby",
        "templates",
    ] {
        let told = done(&mut world, "GET", name, &Json::Null);
        assert_eq!(told, json!([]), "{name}");
    }
}

#[test]
fn a_user_is_made_and_changed() {
    let mut world = world();
    let body = json!({ "name": "wang", "nickname": "小王", "gender": 1 });
    let told = done(&mut world, "POST", "users", &body);
    assert_eq!(
        (text(&told, "name"), text(&told, "nickname")),
        ("wang", "小王")
    );
    let body = json!({ "name": "wang", "language": "en" });
    done(&mut world, "POST", "users", &body);
    let wang = world.user_of("wang").expect("a user");
    assert_eq!(
        (wang.nickname.as_str(), wang.gender),
        ("小王", 1),
        "it stays"
    );
    assert_eq!(wang.language, "en");
    let told = done(&mut world, "POST", "users", &Json::Null);
    assert_eq!(text(&told, "name"), "user4", "a name is found");
    let users = done(&mut world, "GET", "users", &Json::Null);
    assert_eq!(users.as_array().map(Vec::len), Some(4));
    let long = format!(r#"{{"name":"{}"}}"#, "a".repeat(65));
    for (body, why) in [
        (r#"{"name":""}"#, "1 to 64"),
        (r#"{"name":5}"#, "1 to 64"),
        (&long, "1 to 64"),
        (r#"{"nickname":5}"#, "expected a string"),
        (r#"{"shoe":1}"#, "there are name"),
    ] {
        let words = refused(&mut world, "users", body);
        assert!(words.contains(why), "{body}: {words}");
    }
}

#[test]
fn a_login_gives_a_code_of_the_user_in_the_app() {
    let mut world = world();
    log_in(&mut world, "li");
    let open_id = world.open_id(&Caller::new(APP, "li"));
    let by_openid = json!({ "appid": APP, "user": open_id });
    let told = done(&mut world, "POST", "login", &by_openid);
    let owner = world.code_owner(text(&told, "code")).expect("its owner");
    assert_eq!(owner.user_id(), "li");
    done(&mut world, "POST", "login", &Json::Null);
    let words = refused(&mut world, "login", r#"{"user":"zhao"}"#);
    assert!(words.contains("there are user, li"), "{words}");
    let words = refused(&mut world, "login", r#"{"appid":"wx2"}"#);
    assert!(words.contains("wx2"), "{words}");
}

#[test]
fn sessions_tell_whether_they_live_and_whether_the_server_has_the_key() {
    let mut world = world();
    assert_eq!(done(&mut world, "GET", "sessions", &Json::Null), json!([]));
    done(&mut world, "POST", "login", &json!({ "user": "li" }));
    let told = done(&mut world, "GET", "sessions", &Json::Null);
    assert_eq!(
        (text(&told[0], "user"), text(&told[0], "state")),
        ("li", "alive")
    );
    assert_eq!(told[0]["server_key"], Json::Null, "nobody exchanged it");
    log_in(&mut world, "li");
    let told = done(&mut world, "GET", "sessions", &Json::Null);
    assert_eq!(told[0]["server_key"], told[0]["session_key"]);

    let whom = json!({ "user": "li" });
    let told = done(&mut world, "POST", "expire-session", &whom);
    assert_eq!(text(&told, "state"), "expired");
    assert_eq!(told["session_key"], Json::Null);
    assert!(told["server_key"].is_string(), "a dead one");
    let words = refused(&mut world, "expire-session", r#"{"user":"li"}"#);
    assert!(words.contains("no living session"), "{words}");
    let words = refused(&mut world, "expire-session", "{}");
    assert!(words.contains("no living session"), "{words}");
}

#[test]
fn user_info_is_signed_and_needs_a_session() {
    let mut world = world();
    let words = refused(&mut world, "user-info", r#"{"user":"li"}"#);
    assert!(words.contains("POST login first"), "{words}");
    log_in(&mut world, "li");
    let holder = world.user().id.clone();
    let told = done(&mut world, "POST", "user-info", &json!({ "user": "li" }));
    let raw: Json = serde_json::from_str(text(&told, "rawData")).expect("JSON");
    assert_eq!(raw, told["userInfo"]);
    let key = world.session_key(&Caller::new(APP, "li")).expect("a key");
    let signed = crate::crypto::signature::of_raw_data(text(&told, "rawData"), &key.base64);
    assert_eq!(text(&told, "signature"), signed);
    assert_eq!(world.user().id, holder, "the phone is in the same hand");
}

#[test]
fn a_phone_code_is_good_for_the_interface() {
    let mut world = world();
    let told = done(&mut world, "POST", "phone-code", &json!({ "user": "li" }));
    let body = json!({ "code": told["code"] });
    let got = interface(&mut world, "/wxa/business/getuserphonenumber", &body);
    assert_eq!(got["errcode"], 0, "{got}");
}

#[test]
fn a_subscription_lets_one_message_through() {
    let mut world = world();
    let body = json!({ "user": "li", "templates": ["T"] });
    done(&mut world, "POST", "subscribe", &body);
    let message = json!({
        "touser": world.open_id(&Caller::new(APP, "li")),
        "template_id": "T",
        "data": { "thing1": { "value": "茶" } },
    });
    let send = "/cgi-bin/message/subscribe/send";
    let got = interface(&mut world, send, &message);
    assert_eq!(got["errcode"], 0, "{got}");
    let told = done(&mut world, "GET", "messages", &Json::Null);
    assert_eq!(
        (text(&told[0], "user"), text(&told[0], "template_id")),
        ("li", "T")
    );
    let again = interface(&mut world, send, &message);
    assert_eq!(again["errcode"], 43_101);
    let body = json!({ "user": "li", "templates": ["T"], "answer": "reject" });
    done(&mut world, "POST", "subscribe", &body);
    assert_eq!(interface(&mut world, send, &message)["errcode"], 43_101);
    for (body, why) in [
        ("{}", "`templates`"),
        (
            r#"{"templates":["T"],"answer":"maybe"}"#,
            "accept or reject",
        ),
        (r#"{"templates":["T"],"user":"zhao"}"#, "no user zhao"),
    ] {
        let words = refused(&mut world, "subscribe", body);
        assert!(words.contains(why), "{body}: {words}");
    }
}

#[test]
fn a_form_gives_what_the_client_gives_on_that_day() {
    let mut world = world();
    let told = done(&mut world, "POST", "form-id", &Json::Null);
    assert!(text(&told, "formId").contains("fail"), "they ended in 2020");
    let words = refused(&mut world, "form-id", r#"{"user":"zhao"}"#);
    assert!(words.contains("no user zhao"), "{words}");
}

#[test]
fn a_user_talks_to_the_service() {
    let mut world = world();
    let enter = json!({ "user": "li", "sessionFrom": "goods" });
    done(&mut world, "POST", "enter-service", &enter);
    for body in [
        json!({ "user": "li", "text": "你好" }),
        json!({ "user": "li", "image": "MEDIA" }),
        json!({ "user": "li", "page": "pages/index/index", "title": "茶" }),
    ] {
        done(&mut world, "POST", "say", &body);
    }
    let told = done(&mut world, "GET", "conversations", &Json::Null);
    let contents: Vec<&Json> = told["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|it| &it["content"])
        .collect();
    assert_eq!(contents[0], &json!({ "text": "你好" }));
    assert_eq!(contents[1], &json!({ "image": "MEDIA" }));
    assert_eq!(contents[2]["page"], "pages/index/index");
    let words = refused(&mut world, "say", r#"{"user":"li"}"#);
    assert!(words.contains("give `text`"), "{words}");
}

fn order(world: &mut World, number: &str) -> crate::world::pay::order::Order {
    let placement = Placement {
        total: 100,
        out_trade_no: Some(number.to_owned()),
        notify_url: Some("http://127.0.0.1:1/notify".to_owned()),
        user: Some("li".to_owned()),
        ..Placement::default()
    };
    world.apply(PlaceOrder(placement)).expect("an order")
}

#[test]
fn an_order_is_paid_by_its_number_its_prepay_id_or_the_parameters() {
    let mut world = world();
    order(&mut world, "A");
    let told = done(&mut world, "POST", "pay", &json!({ "out_trade_no": "A" }));
    assert_eq!(text(&told, "trade_state"), "SUCCESS");
    let prepay_id = order(&mut world, "B").prepay_id;
    done(
        &mut world,
        "POST",
        "pay",
        &json!({ "prepay_id": prepay_id }),
    );
    let third = order(&mut world, "C");
    let params = world.apply(SignPayment(&third));
    let mut forged = params.clone();
    forged["paySign"] = "x".into();
    let body = json!({ "params": forged }).to_string();
    let words = refused(&mut world, "pay", &body);
    assert!(words.starts_with("requestPayment:fail "), "{words}");
    assert!(words.contains("签名"), "{words}");
    let body = json!({ "params": params, "answer": "cancel" });
    let told = done(&mut world, "POST", "pay", &body);
    assert_eq!(text(&told, "errMsg"), "requestPayment:fail cancel");
    done(&mut world, "POST", "pay", &json!({ "params": params }));
    let told = done(&mut world, "GET", "orders", &Json::Null);
    let states = told.as_array().expect("orders");
    assert!(states.iter().all(|it| it["trade_state"] == "SUCCESS"));
    assert_eq!(told[0]["user"], "li");
    assert_eq!(
        done(&mut world, "GET", "deliveries", &Json::Null)
            .as_array()
            .map(Vec::len),
        Some(3)
    );
}

#[test]
fn what_is_no_payment_is_refused() {
    let mut world = world();
    order(&mut world, "A");
    for (body, why) in [
        ("{}", "give `params`"),
        (r#"{"out_trade_no":"Z"}"#, "no such order"),
        (r#"{"prepay_id":"Z"}"#, "no such order"),
        (r#"{"params":{}}"#, "no such order"),
    ] {
        let words = refused(&mut world, "pay", body);
        assert!(words.contains(why), "{body}: {words}");
    }
    let words = refused(&mut world, "notify-again", r#"{"out_trade_no":"A"}"#);
    assert!(words.contains("not paid"), "{words}");
    done(&mut world, "POST", "pay", &json!({ "out_trade_no": "A" }));
    let body = json!({ "out_trade_no": "A" });
    done(&mut world, "POST", "notify-again", &body);
    assert_eq!(world.deliveries().count(), 2);
    let (status, told) = call(&mut world, "POST", "pay", r#"{"out_trade_no":"A"}"#);
    assert_eq!(status, 400, "it is paid");
    assert!(text(&told, "error").contains("已支付"), "{told}");
    let words = refused(&mut world, "notify-again", r#"{"out_trade_no":"Z"}"#);
    assert!(words.contains("no order"), "{words}");
    assert!(refused(&mut world, "notify-again", "{}").contains("`out_trade_no`"));
}

#[test]
fn merchants_are_told_with_their_keys() {
    let mut world = world();
    let told = done(&mut world, "GET", "merchants", &Json::Null);
    assert_eq!(text(&told[0], "key").len(), 32);
    assert!(text(&told[0], "private_key").starts_with("-----BEGIN"));
}

#[test]
fn a_card_is_taken_with_what_the_merchant_signed() {
    let mut world = world();
    world.apply(OfferCard(Card {
        id: "p1".into(),
        title: "茶券".into(),
        ..Card::default()
    }));
    let signed = world.apply(SignCard {
        caller: Caller::new(APP, "li"),
        card_id: "p1".into(),
        ext: CardExt::default(),
    });
    let ext = signed.expect("a card").text();
    let body = json!({ "user": "li", "cardId": "p1", "cardExt": ext });
    let told = done(&mut world, "POST", "take-card", &body);
    assert_eq!(text(&told, "cardExt"), ext);
    let cards = done(&mut world, "GET", "cards", &Json::Null);
    assert_eq!(cards["offered"][0]["left"], 99);
    assert_eq!(cards["taken"][0]["user"], "li");
    assert_ne!(cards["taken"][0]["code"], told["code"], "it is encrypted");

    let as_object: Json = serde_json::from_str(&ext).expect("JSON");
    for (card, ext, why) in [
        ("p1", as_object, "nonce_str already used"),
        ("p1", json!("x"), "invalid cardExt"),
        ("p1", json!({ "timestamp": "1" }), "invalid signature"),
        ("p2", json!({ "timestamp": "1" }), "invalid card id"),
    ] {
        let body = json!({ "user": "li", "cardId": card, "cardExt": ext }).to_string();
        let words = refused(&mut world, "take-card", &body);
        assert!(words.starts_with("addCard:fail "), "{words}");
        assert!(words.contains(why), "{body}: {words}");
    }
    assert!(refused(&mut world, "take-card", "{}").contains("`cardId`"));
}

#[test]
fn a_fault_happens_as_often_as_it_says() {
    let mut world = world();
    let fault = json!({ "path": "/sns/*", "times": 1, "errcode": -1, "delayMs": 20 });
    let told = done(&mut world, "POST", "faults", &fault);
    assert_eq!(told[0]["times"], 1);
    assert_eq!(done(&mut world, "GET", "faults", &Json::Null), told);
    let mut ask = || server::answer(&mut world, &Request::get("/sns/jscode2session"));
    let (first, second) = (ask(), ask());
    assert_eq!(
        (&first.body_json()["errcode"], first.delay_ms),
        (&json!(-1), 20)
    );
    assert_eq!(second.body_json()["errcode"], 41_002);
    let fault = json!({ "path": "*", "isCut": true });
    done(&mut world, "POST", "faults", &fault);
    let cut = server::answer(&mut world, &Request::get("/cgi-bin/token"));
    assert!(cut.is_cut);
    assert_eq!(done(&mut world, "DELETE", "faults", &Json::Null), json!({}));
    assert_eq!(done(&mut world, "GET", "faults", &Json::Null), json!([]));
    for (body, why) in [
        (r#"{"errcode":1}"#, "`path`"),
        (r#"{"path":"sns","errcode":1}"#, "begins with /"),
        (r#"{"path":"/sns/*"}"#, "give `errcode`"),
        (r#"{"path":"/sns/*","times":0,"errcode":1}"#, "1 or more"),
        (r#"{"path":"/sns/*","status":99}"#, "200 to 599"),
        (r#"{"path":"/sns/*","delayMs":600001}"#, "600000"),
        (r#"{"path":"/sns/*","errcod":1}"#, "no `errcod`"),
    ] {
        let words = refused(&mut world, "faults", body);
        assert!(words.contains(why), "{body}: {words}");
    }
}

#[test]
fn rules_hinder_the_server_of_an_app() {
    let mut world = world();
    let body = json!({ "appid": APP, "isSecretFrozen": true });
    let told = done(&mut world, "POST", "rules", &body);
    assert_eq!(told["isSecretFrozen"], true);
    let secret = world.app_secret(APP).expect("an app");
    let url = format!("/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={secret}");
    let got = server::answer(&mut world, &Request::get(&url)).body_json();
    assert_eq!(got["errcode"], 40_243, "{got}");
    done(&mut world, "POST", "rules", &json!({}));
    let got = server::answer(&mut world, &Request::get(&url)).body_json();
    assert!(got["access_token"].is_string(), "{got}");
    let words = refused(&mut world, "rules", r#"{"appid":"wx2"}"#);
    assert!(words.contains("wx2"), "{words}");
    assert!(refused(&mut world, "rules", r#"{"appid":2}"#).contains("is a text"));
}

#[test]
fn content_is_judged_by_the_rules_that_were_set() {
    let mut world = world();
    let body = json!({ "words": { "赌博": { "suggest": "risky", "label": 20_006 } } });
    let told = done(&mut world, "POST", "content-rules", &body);
    assert_eq!(told["words"], body["words"]);
    assert_eq!(done(&mut world, "GET", "content-rules", &Json::Null), told);
    let check = json!({ "content": "网上赌博" });
    let got = interface(&mut world, "/wxa/msg_sec_check", &check);
    assert_eq!(got["errcode"], 87_014, "{got}");
    for (body, why) in [
        (
            r#"{"words":{"a":{"suggest":"risky","label":1}}}"#,
            "1 is no label",
        ),
        (
            r#"{"words":{"":{"suggest":"risky","label":100}}}"#,
            "is empty",
        ),
        (
            r#"{"contents":{"ff":{"suggest":"risky","label":100}}}"#,
            "SHA-256",
        ),
        (r#"{"delay_ms":-1}"#, "from 0"),
        (r#"{"words":{"a":{"suggest":"bad","label":100}}}"#, "bad"),
    ] {
        let words = refused(&mut world, "content-rules", body);
        assert!(words.contains(why), "{body}: {words}");
    }
}

#[test]
fn a_place_is_audited_by_whoever_calls() {
    let mut world = world();
    let rules = json!({ "audit_ms": null, "places": 2 });
    let told = done(&mut world, "POST", "nearby-rules", &rules);
    assert_eq!(
        (&told["places"], &told["audit_ms"]),
        (&json!(2), &Json::Null)
    );
    let mut add = |credential: &str| {
        let added = world.apply(AddPlace {
            app_id: APP.to_owned(),
            poi_id: None,
            facts: PlaceFacts {
                credential: credential.to_owned(),
                ..PlaceFacts::default()
            },
        });
        added.expect("room").0
    };
    let (first, second) = (add("1"), add("2"));
    let told = done(&mut world, "GET", "nearby", &Json::Null);
    assert_eq!(
        (text(&told[0], "audit"), &told[0]["due"]),
        ("waiting", &Json::Null)
    );
    let told = done(&mut world, "POST", "poi", &json!({ "poi_id": first }));
    assert_eq!(
        (text(&told, "audit"), &told["isShown"]),
        ("approved", &json!(true))
    );
    let body = json!({ "poi_id": second, "refused": "too dark" });
    let told = done(&mut world, "POST", "poi", &body);
    assert_eq!(
        (text(&told, "audit"), text(&told, "reason")),
        ("refused", "too dark")
    );
    let again = body.to_string();
    for (name, body, why) in [
        ("poi", again.as_str(), "GET nearby"),
        ("poi", r#"{"poi_id":1}"#, "GET nearby"),
        ("poi", "{}", "`poi_id`"),
        ("nearby-rules", r#"{"places":1001}"#, "at most 1000"),
        ("nearby-rules", r#"{"audit_ms":-1}"#, "from 0"),
        ("nearby-rules", r#"{"appid":"wx2"}"#, "wx2"),
    ] {
        let words = refused(&mut world, name, body);
        assert!(words.contains(why), "{name} {body}: {words}");
    }
}

#[test]
fn the_library_takes_an_entry_that_servers_make_templates_of() {
    let mut world = world();
    let keyword = |number: u32, name: &str| json!({ "number": number, "name": name, "example": "茶", "rule": "thing", "words": [] });
    let entry = json!({
        "number": 9001,
        "title": "取餐提醒",
        "kind": "one-time",
        "category": [616, "餐饮"],
        "keywords": [keyword(1, "地点"), keyword(2, "内容")],
        "is_banned": false,
    });
    let told = done(&mut world, "POST", "library", &entry);
    assert_eq!(told, entry);
    let all = done(&mut world, "GET", "library", &Json::Null);
    assert!(all.as_array().expect("entries").contains(&entry));
    let body = json!({ "tid": "9001", "kidList": [1, 2], "sceneDesc": "取餐" });
    let got = interface(&mut world, "/wxaapi/newtmpl/addtemplate", &body);
    assert_eq!(got["errcode"], 0, "{got}");
    let told = done(&mut world, "GET", "templates", &Json::Null);
    assert_eq!(told[0]["id"], got["priTmplId"]);
    for (body, why) in [
        ("{}", "`number` from 1"),
        (r#"{"number":1,"title":"a"}"#, "`keywords`"),
        (r#"{"number":-1}"#, "-1"),
        (r#"{"number":1,"kind":"weekly"}"#, "weekly"),
    ] {
        let words = refused(&mut world, "library", body);
        assert!(words.contains(why), "{body}: {words}");
    }
}

#[test]
fn settings_of_message_push_are_checked() {
    let mut world = world();
    let body = json!({ "url": "http://127.0.0.1:1/p", "token": "abc", "check": false });
    let told = done(&mut world, "POST", "push", &body);
    assert_eq!(
        (text(&told, "mode"), text(&told, "format")),
        ("plain", "json")
    );
    done(&mut world, "POST", "say", &json!({ "text": "你好" }));
    assert!(world.push_settings(APP).is_some());
    for (body, why) in [
        (r#"{"url":"ftp://a","token":"abc"}"#, "http://"),
        (r#"{"url":"http://a","token":"ab"}"#, "3 to 32"),
        (
            r#"{"url":"http://a","token":"abc","mode":"safe"}"#,
            "43 letters",
        ),
        (r#"{"url":"http://a","token":"abc","mode":"loud"}"#, "loud"),
        (r#"{"appid":"wx2"}"#, "wx2"),
    ] {
        let words = refused(&mut world, "push", body);
        assert!(words.contains(why), "{body}: {words}");
    }
}

#[test]
fn a_saved_world_goes_on_and_time_with_it() {
    let mut world = world();
    log_in(&mut world, "li");
    let saved = file(&mut world, "save");
    assert_eq!(saved.header("content-type"), Some("application/json"));
    let text = String::from_utf8(saved.body).expect("text");
    let before = world.fingerprint();
    done(&mut world, "POST", "users", &json!({ "name": "wang" }));
    let (status, told) = call(&mut world, "POST", "restore", &text);
    assert_eq!(status, 200, "{told}");
    assert_eq!(told["fingerprint"], format!("{before:016x}"));
    assert!(world.user_of("wang").is_none());
    done(&mut world, "POST", "clock", &json!({ "advance": "1h" }));
    let now = world.now();
    call(&mut world, "POST", "restore", &text);
    assert_eq!(world.now(), now, "time does not go back");
    let before = world.fingerprint();
    for body in ["", "{}", "x", r#"{"wxsimWorld":999,"world":{}}"#] {
        let response = answer(&mut world, &request("POST", "restore", body));
        assert_eq!(response.status, 400, "{body}");
        assert_eq!(world.fingerprint(), before);
    }
    let bytes = Request::post(&format!("{CONTROL}restore"), vec![0xff, 0xfe]);
    assert_eq!(answer(&mut world, &bytes).status, 400);
}

#[test]
fn a_made_code_is_listed_and_drawn() {
    let mut world = world();
    let body = json!({ "path": "pages/index/index?a=1" });
    interface(&mut world, "/wxa/getwxacode", &body);
    let told = done(&mut world, "GET", "codes", &Json::Null);
    assert_eq!(text(&told[0], "opens"), "pages/index/index?a=1");
    let picture = file(&mut world, &format!("codes/{}", text(&told[0], "id")));
    assert_eq!(picture.header("content-type"), Some("image/png"));
    assert!(picture.body.starts_with(b"\x89PNG"));
    assert!(!done(&mut world, "GET", "requests", &Json::Null)[0]["url"].is_null());
}
