//! Version 3, from a merchant's server.

use serde_json::{Value as Json, json};

use super::super::code::v3 as code;
use super::super::testing::{MERCHANT, Shop};
use super::parts_of;
use crate::crypto::{gcm, platform_key};
use crate::profile::{Date, Profile};
use crate::server::testing::APP;
use crate::server::{Request, Response};
use crate::world::open_api::delivery::{Kind, TakeDueDeliveries};
use crate::world::open_api::fault::{Effect, InjectFault};
use crate::world::pay::merchant::{DeclareMerchants, Merchant};
use crate::world::pay::order::OrderState;
use crate::world::pay::refund::{REFUND_MS, REFUNDABLE_MS, REFUNDS_OF_ORDER_MAX};
use crate::world::registry::{Register, Registered};
use crate::world::user::{AddUser, User};

const JSAPI: &str = "/v3/pay/transactions/jsapi";
const REFUNDS: &str = "/v3/refund/domestic/refunds";
const QUERY: &str = "/v3/pay/transactions/out-trade-no/N00001?mchid=1900000001";

/// A good order with some members set to others.
fn order(shop: &Shop, other: &[(&str, Json)]) -> Json {
    let mut order = json!({
        "appid": APP,
        "mchid": MERCHANT,
        "description": "茶",
        "out_trade_no": "N00001",
        "notify_url": "http://127.0.0.1/n",
        "amount": { "total": 100, "currency": "CNY" },
        "payer": { "openid": shop.client.open_id() },
        "scene_info": { "payer_client_ip": "127.0.0.1" },
    });
    for (path, value) in other {
        match path.rsplit_once('/') {
            Some((above, name)) if !above.is_empty() => {
                *order.pointer_mut(above).expect(path) = json!({ name: value });
            }
            _ => order[&path[1..]] = value.clone(),
        }
    }
    order
}

fn place(shop: &mut Shop, other: &[(&str, Json)]) -> Response {
    let body = order(shop, other);
    shop.v3("POST", JSAPI, &body)
}

/// Status and code of a refusal.
fn refused(response: &Response) -> (u16, String) {
    let body = response.body_json();
    let code = body["code"].as_str().unwrap_or_default();
    assert!(body["message"].is_string(), "{body}");
    (response.status, code.to_owned())
}

fn is(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn an_order_is_made_paid_told_and_asked_for() {
    let mut shop = Shop::new();
    let response = place(&mut shop, &[("/attach", "a".into())]);
    let body = response.body_json();
    assert_eq!(
        (response.status, body.as_object().map(serde_json::Map::len)),
        (200, Some(1))
    );
    let kind = response.header("content-type");
    assert_eq!(kind, Some("application/json; charset=utf-8"));
    let prepay_id = body["prepay_id"].as_str().expect("a text");
    assert!(
        shop.client.world.prepaid(prepay_id).is_some(),
        "the client knows it"
    );
    let asked = shop.v3("GET", QUERY, &Json::Null).body_json();
    assert_eq!(asked["trade_state"], "NOTPAY");
    assert_eq!(asked["transaction_id"], Json::Null);
    let id = shop.pay("N00001");
    let by_id = format!("/v3/pay/transactions/id/{id}?mchid={MERCHANT}");
    for target in [QUERY, &by_id] {
        let asked = shop.v3("GET", target, &Json::Null).body_json();
        assert_eq!(asked["trade_state"], "SUCCESS");
        assert_eq!(asked["transaction_id"], id.as_str());
        assert_eq!(asked["payer"]["openid"], shop.client.open_id());
        assert_eq!(
            (&asked["attach"], &asked["amount"]["payer_total"]),
            (&"a".into(), &100.into())
        );
    }
    let told = shop.client.world.apply(TakeDueDeliveries);
    assert_eq!((told.len(), told[0].kind), (1, Kind::PayV3));
    let again = place(&mut shop, &[]);
    assert_eq!(refused(&again), is(400, "INVALID_REQUEST"));
}

#[test]
fn the_same_again_is_the_same_order_and_all_else_is_refused() {
    let mut shop = Shop::new();
    let other = User {
        id: "b".into(),
        ..User::default()
    };
    shop.client.world.apply(AddUser(other));
    let first = place(&mut shop, &[]).body_json();
    let second = place(&mut shop, &[]);
    assert_eq!(second.status, 200);
    assert_eq!(first, second.body_json(), "its prepay_id lives");
    assert_eq!(shop.client.world.orders().len(), 1);
    let b = shop
        .client
        .world
        .open_id(&crate::world::Caller::new(APP, "b"));
    for (path, value, expected) in [
        ("/amount/total", 101.into(), is(400, "INVALID_REQUEST")),
        ("/description", "b".into(), is(400, "INVALID_REQUEST")),
        ("/payer/openid", b.into(), is(403, "OUT_TRADE_NO_USED")),
    ] {
        assert_eq!(
            refused(&place(&mut shop, &[(path, value)])),
            expected,
            "{path}"
        );
    }
}

#[test]
fn wrong_parameters_are_named() {
    let mut shop = Shop::new();
    let long = |count: usize| Json::from("x".repeat(count));
    for (path, value) in [
        ("/appid", Json::Null),
        ("/appid", "wx3".into()),
        ("/mchid", Json::Null),
        ("/description", Json::Null),
        ("/description", "".into()),
        ("/description", long(128)),
        ("/description", 1.into()),
        ("/out_trade_no", "N0001".into()),
        ("/out_trade_no", long(33)),
        ("/out_trade_no", "N0000.1".into()),
        ("/notify_url", Json::Null),
        ("/notify_url", "here".into()),
        ("/notify_url", "http://a/?b=1".into()),
        ("/amount", Json::Null),
        ("/amount/total", 0.into()),
        ("/amount/total", "100".into()),
        ("/amount/total", 1.5.into()),
        ("/amount/total", u64::MAX.into()),
        ("/payer", Json::Null),
        ("/attach", long(129)),
        ("/goods_tag", long(33)),
        ("/time_expire", "tomorrow".into()),
        ("/time_expire", "2018-06-08T10:34:56+08:00".into()),
    ] {
        let response = place(&mut shop, &[(path, value.clone())]);
        assert_eq!(refused(&response), is(400, "PARAM_ERROR"), "{path} {value}");
        let detail = &response.body_json()["detail"];
        assert!(detail.is_object() || value == "wx3", "{path} {detail}");
        assert!(!response.why.is_empty());
    }
    let currency = json!({ "total": 1, "currency": "USD" });
    let response = place(&mut shop, &[("/amount", currency)]);
    assert_eq!(response.body_json()["detail"]["field"], "/amount/currency");
    for body in ["", "{", "[]"] {
        let request = shop.signed("POST", JSAPI, body);
        let response = shop.v3_raw(&request);
        assert_eq!(refused(&response), is(400, "PARAM_ERROR"), "{body}");
    }
    let broken = Request::post(JSAPI, [0xff]).with_header("user-agent", "t");
    assert_eq!(refused(&shop.v3_raw(&broken)), is(400, "PARAM_ERROR"));
    assert_eq!(shop.client.world.orders().len(), 0, "nothing was made");
}

#[test]
fn apps_users_and_merchants_must_belong_together() {
    let mut shop = Shop::new();
    let other = Registered {
        app_id: "wx2".into(),
        merchants: vec!["2".into()],
        ..Registered::default()
    };
    shop.client.world.apply(Register(other)).expect("one more");
    for (path, value, expected) in [
        ("/appid", "wx2", is(400, "APPID_MCHID_NOT_MATCH")),
        ("/payer/openid", "nobody", is(500, "OPENID_MISMATCH")),
        ("/mchid", "2", is(403, "NO_AUTH")),
    ] {
        assert_eq!(
            refused(&place(&mut shop, &[(path, value.into())])),
            expected
        );
    }
    shop.client.world.apply(DeclareMerchants(vec![Merchant {
        id: MERCHANT.into(),
        limit: Some(99),
        ..Merchant::default()
    }]));
    assert_eq!(refused(&place(&mut shop, &[])), is(403, "RULE_LIMIT"));
    let mut said = crate::world::registration::Registration::default();
    said.set("blocked", &json!(["payment"])).expect("a fact");
    shop.client
        .world
        .apply(crate::world::registration::AmendRegistration(said));
    assert_eq!(refused(&place(&mut shop, &[])), is(403, "NO_AUTH"));
}

#[test]
fn only_what_the_merchant_signed_is_heard() {
    let mut shop = Shop::new();
    let body = order(&shop, &[]).to_string();
    let good = shop.signed("POST", JSAPI, &body);
    let line = good.header("authorization").expect("signed").to_owned();
    let with = |line: &str| {
        Request::post(JSAPI, body.as_str())
            .with_header("user-agent", "t")
            .with_header("authorization", line)
    };
    for (bad, words) in [
        (String::new(), "缺失"),
        ("WECHATPAY2-SHA256-RSA2048".into(), "缺失"),
        (line.replace("RSA2048", "RSA4096"), "认证类型"),
        (line.replace("=\"", "="), "格式错误"),
        (line.replace("mchid", "mch"), "缺少mchid"),
        (line.replace("nonce_str", "nonce"), "缺少nonce_str"),
        (line.replace("signature", "sign"), "缺少signature"),
        (line.replace("timestamp", "time"), "缺少timestamp"),
        (line.replace("serial_no", "serial"), "缺少serial_no"),
        (line.replace("1900000001", "3"), "商户号不存在"),
        (line.replace("1554208460", "now"), "timestamp"),
        (line.replace("1554208460", "1554208461"), "验签失败"),
        (line.replace("NONCE", "OTHER"), "验签失败"),
        (line.replace("serial_no=\"", "serial_no=\"0"), "证书序列号"),
    ] {
        let response = shop.v3_raw(&with(&bad));
        assert_eq!(refused(&response), is(401, "SIGN_ERROR"), "{bad}");
        let message = response.body_json()["message"].to_string();
        assert!(message.contains(words), "{message} {words}");
        assert!(!response.why.is_empty());
    }
    let mut other = good.clone();
    other.body.push(b' ');
    assert_eq!(
        refused(&shop.v3_raw(&other)),
        is(401, "SIGN_ERROR"),
        "another body"
    );
    let mut other = good.clone();
    other.query = "a=1".into();
    assert_eq!(
        refused(&shop.v3_raw(&other)),
        is(401, "SIGN_ERROR"),
        "another query"
    );
    assert_eq!(shop.client.world.orders().len(), 0, "nothing was made");
    assert_eq!(shop.v3_raw(&good).status, 200);
    let nameless = Request::post(JSAPI, body.as_str()).with_header("authorization", &line);
    assert_eq!(refused(&shop.v3_raw(&nameless)), is(400, "PARAM_ERROR"));
}

#[test]
fn paths_methods_and_years_are_checked_first() {
    let mut shop = Shop::new();
    let response = shop.v3("POST", "/v3/pay/transactions/jsapp", &json!({}));
    assert_eq!(refused(&response), is(404, "NOT_FOUND"));
    assert!(response.why.contains(JSAPI), "{}", response.why);
    let response = shop.v3("GET", JSAPI, &Json::Null);
    assert_eq!(refused(&response), is(405, "METHOD_NOT_ALLOWED"));
    let mut old = Shop::of(Profile::on(Date::new(2020, 4, 30)));
    assert_eq!(refused(&place(&mut old, &[])), is(404, "NOT_FOUND"));
    let mut new = Shop::of(Profile::on(Date::new(2020, 5, 1)));
    assert_eq!(place(&mut new, &[]).status, 200);
}

#[test]
fn a_path_has_as_many_parts_as_its_pattern() {
    assert_eq!(
        parts_of("/a/{}/b", "/a/x%7Cy/b"),
        Some(vec!["x|y".to_owned()])
    );
    assert_eq!(parts_of("/a", "/a"), Some(Vec::new()));
    for path in ["/a//b", "/a/x", "/a/x/b/c", "/a/x/c"] {
        assert_eq!(parts_of("/a/{}/b", path), None, "{path}");
    }
}

#[test]
fn an_order_is_closed_once_with_204() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    place(&mut shop, &[("/out_trade_no", "N00002".into())]);
    shop.pay("N00002");
    let mut close = |number: &str, mch_id: &str| {
        let target = format!("/v3/pay/transactions/out-trade-no/{number}/close");
        shop.v3("POST", &target, &json!({ "mchid": mch_id }))
    };
    let response = close("N00001", MERCHANT);
    assert_eq!((response.status, response.body.len()), (204, 0));
    assert_eq!(refused(&close("N00001", MERCHANT)), is(400, "ORDER_CLOSED"));
    assert_eq!(
        refused(&close("N00002", MERCHANT)),
        is(400, "INVALID_REQUEST")
    );
    assert_eq!(
        refused(&close("N00003", MERCHANT)),
        is(404, "ORDER_NOT_EXIST")
    );
    assert_eq!(refused(&close("N00003", "")), is(400, "PARAM_ERROR"));
    assert_eq!(refused(&close("N00003", "2")), is(403, "NO_AUTH"));
    let order = shop.client.world.order("N00001").expect("it is there");
    assert_eq!(order.state, OrderState::Closed, "the client sees it");
    let again = place(&mut shop, &[]);
    assert_eq!(refused(&again), is(400, "ORDER_CLOSED"));
}

#[test]
fn an_order_ends_when_its_server_says() {
    let mut shop = Shop::new();
    let end = crate::world::pay::moment::rfc3339(shop.client.world.now().plus(60_000));
    let made = place(&mut shop, &[("/time_expire", end.into())]);
    assert_eq!(made.status, 200);
    shop.client.wait(59_999);
    let mut state = || shop.v3("GET", QUERY, &Json::Null).body_json()["trade_state"].clone();
    assert_eq!(state(), "NOTPAY");
    shop.client.wait(1);
    let mut state = || shop.v3("GET", QUERY, &Json::Null).body_json()["trade_state"].clone();
    assert_eq!(state(), "CLOSED");
}

#[test]
fn queries_name_their_merchant() {
    let mut shop = Shop::new();
    for (target, expected) in [
        (QUERY, is(404, "ORDER_NOT_EXIST")),
        (
            "/v3/pay/transactions/id/42?mchid=1900000001",
            is(404, "ORDER_NOT_EXIST"),
        ),
        ("/v3/pay/transactions/id/42", is(400, "PARAM_ERROR")),
        (
            "/v3/pay/transactions/out-trade-no/N?mchid=2",
            is(403, "NO_AUTH"),
        ),
    ] {
        let response = shop.v3("GET", target, &Json::Null);
        assert_eq!(refused(&response), expected, "{target}");
    }
}

fn refund(shop: &mut Shop, other: &[(&str, Json)]) -> Response {
    let mut body = json!({
        "out_trade_no": "N00001",
        "out_refund_no": "R1",
        "reason": "x",
        "notify_url": "http://127.0.0.1/r",
        "amount": { "refund": 40, "total": 100, "currency": "CNY" },
    });
    for (path, value) in other {
        body[&path[1..]] = value.clone();
    }
    shop.v3("POST", REFUNDS, &body)
}

/// `amount` of a refund.
fn amount(refund: i64, total: i64) -> (&'static str, Json) {
    let amount = json!({ "refund": refund, "total": total, "currency": "CNY" });
    ("/amount", amount)
}

#[test]
fn a_refund_is_in_progress_and_then_succeeds() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    let id = shop.pay("N00001");
    shop.client.world.apply(TakeDueDeliveries);
    let response = refund(&mut shop, &[]);
    assert_eq!(response.status, 200);
    let made = response.body_json();
    assert_eq!(
        (&made["status"], &made["transaction_id"]),
        (&"PROCESSING".into(), &id.as_str().into())
    );
    assert_eq!(made["amount"]["refund"], 40);
    assert_eq!(made["success_time"], Json::Null);
    assert_eq!(refund(&mut shop, &[]).body_json(), made, "the same again");
    shop.client.wait(REFUND_MS);
    let target = format!("{REFUNDS}/R1");
    let asked = shop.v3("GET", &target, &Json::Null).body_json();
    assert_eq!(
        (&asked["status"], &asked["refund_id"]),
        (&"SUCCESS".into(), &made["refund_id"])
    );
    assert!(asked["success_time"].is_string());
    let by_id = [
        ("/out_trade_no", Json::Null),
        ("/transaction_id", id.into()),
        ("/out_refund_no", "R2".into()),
        amount(60, 100),
    ];
    assert_eq!(refund(&mut shop, &by_id).status, 200);
    let told = shop.client.world.apply(TakeDueDeliveries);
    assert_eq!((told.len(), told[0].kind), (1, Kind::RefundV3));
    let asked = shop.v3("GET", QUERY, &Json::Null).body_json();
    assert_eq!(asked["trade_state"], "REFUND");
}

#[test]
fn refunds_have_their_refusals() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    let invalid = || is(400, "INVALID_REQUEST");
    assert_eq!(refused(&refund(&mut shop, &[])), invalid(), "not paid");
    shop.pay("N00001");
    for (other, expected) in [
        (("/out_trade_no", Json::Null), is(400, "PARAM_ERROR")),
        (("/out_refund_no", Json::Null), is(400, "PARAM_ERROR")),
        (("/out_refund_no", "a.b".into()), is(400, "PARAM_ERROR")),
        (("/notify_url", "here".into()), is(400, "PARAM_ERROR")),
        (("/reason", "x".repeat(81).into()), is(400, "PARAM_ERROR")),
        (amount(0, 100), is(400, "PARAM_ERROR")),
        (amount(101, 100), is(400, "PARAM_ERROR")),
        (amount(1, 99), invalid()),
        (
            ("/out_trade_no", "none".into()),
            is(404, "RESOURCE_NOT_EXISTS"),
        ),
        (
            ("/transaction_id", "42".into()),
            is(404, "RESOURCE_NOT_EXISTS"),
        ),
    ] {
        let response = refund(&mut shop, std::slice::from_ref(&other));
        assert_eq!(refused(&response), expected, "{other:?}");
    }
    assert_eq!(refund(&mut shop, &[]).status, 200);
    let mut words = |other: &[(&str, Json)]| {
        let response = refund(&mut shop, other);
        assert_eq!(response.status, 400);
        response.body_json()["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(words(&[amount(41, 100)]).contains("与之前请求不一致"));
    let second = ("/out_refund_no", Json::from("R2"));
    assert_eq!(
        words(&[second.clone(), amount(61, 100)]),
        "累计退款金额大于支付金额"
    );
    refund(&mut shop, &[second, amount(60, 100)]);
    let third = ("/out_refund_no", Json::from("R3"));
    let response = refund(&mut shop, &[third, amount(1, 100)]);
    assert_eq!(response.body_json()["message"], "订单已全额退款");
    let target = format!("{REFUNDS}/R9");
    let none = shop.v3("GET", &target, &Json::Null);
    assert_eq!(refused(&none), is(404, "RESOURCE_NOT_EXISTS"));
}

#[test]
fn refunds_end_after_a_year_and_are_not_many() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    shop.pay("N00001");
    for number in 0..REFUNDS_OF_ORDER_MAX {
        let number = ("/out_refund_no", Json::from(format!("R{number}")));
        assert_eq!(refund(&mut shop, &[number, amount(1, 100)]).status, 200);
    }
    let one = [("/out_refund_no", "R99".into()), amount(1, 100)];
    let message = |response: &Response| response.body_json()["message"].to_string();
    assert!(message(&refund(&mut shop, &one)).contains("50"));
    shop.client.wait(REFUNDABLE_MS);
    assert!(message(&refund(&mut shop, &one)).contains("退款期限"));
}

#[test]
fn the_certificate_comes_under_the_key_of_the_merchant() {
    let mut shop = Shop::new();
    let body = shop.v3("GET", "/v3/certificates", &Json::Null).body_json();
    let one = &body["data"][0];
    assert_eq!(one["serial_no"], platform_key::SERIAL);
    assert_eq!(one["effective_time"], "2017-01-01T08:00:00+08:00");
    let part = |name: &str| one["encrypt_certificate"][name].as_str().expect(name);
    let pem = gcm::open(
        part("ciphertext"),
        &shop.client.world.merchant_v3_key(MERCHANT),
        part("nonce"),
        part("associated_data"),
    );
    assert_eq!(pem, platform_key::certificate());
    let again = shop.v3("GET", "/v3/certificates", &Json::Null).body_json();
    assert_ne!(
        again["data"][0]["encrypt_certificate"]["nonce"],
        part("nonce")
    );
}

#[test]
fn every_code_can_be_injected() {
    let mut shop = Shop::new();
    let mut inject = |words: &str| {
        shop.client.world.apply(InjectFault {
            path: "/v3/*".into(),
            times: Some(1),
            effect: Effect {
                errcode: Some(-1),
                errmsg: words.into(),
                ..Effect::default()
            },
        });
        place(&mut shop, &[])
    };
    for known in code::ALL {
        assert_eq!(refused(&inject(known.1)), is(known.0, known.1));
    }
    assert_eq!(refused(&inject("")), is(500, "SYSTEM_ERROR"));
    assert_eq!(inject("late").body_json()["message"], "late");
    assert_eq!(place(&mut shop, &[]).status, 200);
}
