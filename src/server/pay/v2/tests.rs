//! Version 2, from a merchant's server.

use serde_json::Value as Json;

use super::super::code::v2 as code;
use super::super::testing::{MERCHANT, Members, Shop};
use crate::crypto::pay_sign::SignType;
use crate::profile::{Date, Profile};
use crate::server::testing::APP;
use crate::server::{Request, xml};
use crate::world::open_api::delivery::{Kind, TakeDueDeliveries};
use crate::world::open_api::fault::{Effect, InjectFault};
use crate::world::pay::merchant::{DeclareMerchants, Merchant};
use crate::world::pay::order::OrderState;
use crate::world::pay::refund::{REFUND_MS, REFUNDABLE_MS, REFUNDS_OF_ORDER_MAX};
use crate::world::registry::{Register, Registered};
use crate::world::user::{AddUser, User};

/// A good order; members of `other` replace those of their names, empty ones are left out.
fn order<'a>(open_id: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("appid", APP),
        ("mch_id", MERCHANT),
        ("nonce_str", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"),
        ("body", "茶"),
        ("out_trade_no", "N1"),
        ("total_fee", "100"),
        ("spbill_create_ip", "127.0.0.1"),
        ("notify_url", "http://127.0.0.1/n"),
        ("trade_type", "JSAPI"),
        ("openid", open_id),
    ];
    let is_replaced = |name: &str| other.iter().any(|(own, _)| *own == name);
    let usual = usual.into_iter().filter(|(name, _)| !is_replaced(name));
    usual.chain(other.iter().copied()).collect()
}

fn place(shop: &mut Shop, other: &[(&str, &str)]) -> Members {
    let open_id = shop.client.open_id();
    shop.v2("/pay/unifiedorder", &order(&open_id, other))
}

/// A request about an order.
fn about(shop: &mut Shop, path: &str, other: &[(&str, &str)]) -> Members {
    let usual = [("appid", APP), ("mch_id", MERCHANT), ("nonce_str", "n")];
    let is_replaced = |name: &str| other.iter().any(|(own, _)| *own == name);
    let usual = usual.into_iter().filter(|(name, _)| !is_replaced(name));
    let members: Vec<(&str, &str)> = usual.chain(other.iter().copied()).collect();
    shop.v2(path, &members)
}

fn err_code(members: &Members) -> &str {
    members.get("err_code").map_or("", String::as_str)
}

#[test]
fn an_order_is_made_paid_told_and_asked_for() {
    for kind in [SignType::Md5, SignType::HmacSha256] {
        let mut shop = Shop::new();
        shop.sign_type = kind;
        let made = place(&mut shop, &[("attach", "a&b"), ("device_info", "d")]);
        assert_eq!(made["result_code"], "SUCCESS", "{made:?}");
        assert_eq!((&*made["appid"], &*made["trade_type"]), (APP, "JSAPI"));
        assert_eq!(made["device_info"], "d");
        let known = shop.client.world.prepaid(&made["prepay_id"]);
        let known = known.expect("the client knows it").clone();
        assert_eq!((known.total, known.sign_type), (100, kind));
        let number = [("out_trade_no", "N1")];
        let asked = about(&mut shop, "/pay/orderquery", &number);
        assert_eq!(asked["trade_state"], "NOTPAY");
        assert_eq!((&*asked["attach"], &*asked["total_fee"]), ("a&b", "100"));
        assert!(!asked.contains_key("transaction_id"));
        let id = shop.pay("N1");
        let asked = about(&mut shop, "/pay/orderquery", &number);
        assert_eq!(asked["trade_state"], "SUCCESS");
        assert_eq!(asked["transaction_id"], id);
        assert_eq!(asked["openid"], shop.client.open_id());
        assert_eq!((&*asked["cash_fee"], &*asked["is_subscribe"]), ("100", "N"));
        let by_id = about(&mut shop, "/pay/orderquery", &[("transaction_id", &id)]);
        assert_eq!(by_id["out_trade_no"], "N1");
        let told = shop.client.world.apply(TakeDueDeliveries);
        assert_eq!((told.len(), told[0].kind), (1, Kind::PayV2));
        let body = xml::read(&told[0].body).expect("XML");
        assert!(body.contains(&("transaction_id".into(), id)), "{body:?}");
    }
}

#[test]
fn the_same_again_is_the_same_order_and_all_else_is_refused() {
    let mut shop = Shop::new();
    let other = User {
        id: "b".into(),
        ..User::default()
    };
    shop.client.world.apply(AddUser(other));
    let first = place(&mut shop, &[]);
    let second = place(&mut shop, &[]);
    assert_eq!(second["result_code"], "SUCCESS");
    assert_eq!(first["prepay_id"], second["prepay_id"], "it lives");
    shop.client.wait(7_200_000);
    let third = place(&mut shop, &[]);
    assert_ne!(
        first["prepay_id"], third["prepay_id"],
        "its two hours are over"
    );
    assert_eq!(shop.client.world.orders().len(), 1);
    let b = shop
        .client
        .world
        .open_id(&crate::world::Caller::new(APP, "b"));
    let mut refused = |other: &[(&str, &str)]| err_code(&place(&mut shop, other)).to_owned();
    assert_eq!(refused(&[("total_fee", "101")]), "INVALID_REQUEST");
    assert_eq!(refused(&[("body", "b")]), "INVALID_REQUEST");
    assert_eq!(refused(&[("openid", &b)]), "OUT_TRADE_NO_USED");
    shop.pay("N1");
    assert_eq!(err_code(&place(&mut shop, &[])), "ORDERPAID");
    place(&mut shop, &[("out_trade_no", "N2")]);
    about(&mut shop, "/pay/closeorder", &[("out_trade_no", "N2")]);
    let closed = place(&mut shop, &[("out_trade_no", "N2")]);
    assert_eq!(err_code(&closed), "ORDERCLOSED");
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, or one table of cases")]
fn wrong_parameters_are_named() {
    let mut shop = Shop::new();
    for name in [
        "appid",
        "nonce_str",
        "body",
        "out_trade_no",
        "total_fee",
        "spbill_create_ip",
        "notify_url",
        "trade_type",
    ] {
        let refused = place(&mut shop, &[(name, "")]);
        assert_eq!(err_code(&refused), "LACK_PARAMS", "{name}");
        assert_eq!(refused["err_code_des"], format!("缺少参数{name}"));
    }
    let long = |count: usize| "x".repeat(count);
    let (n33, n128, n129, n257) = (long(33), long(128), long(129), long(257));
    let url = format!("http://{}", long(250));
    for (name, text) in [
        ("nonce_str", &*n33),
        ("body", &n129),
        ("body", &"茶".repeat(43)),
        ("attach", &n128),
        ("device_info", &n33),
        ("out_trade_no", &n33),
        ("out_trade_no", "a.b"),
        ("out_trade_no", "茶"),
        ("total_fee", "0"),
        ("total_fee", "1.5"),
        ("total_fee", "-1"),
        ("total_fee", "+1"),
        ("total_fee", "99999999999999999999"),
        ("spbill_create_ip", "here"),
        ("notify_url", "here"),
        ("notify_url", "http://a/?b=1"),
        ("notify_url", &url),
        ("scene_info", &n257),
        ("trade_type", "NATIVE"),
        ("fee_type", "USD"),
        ("limit_pay", "credit"),
        ("receipt", "N"),
        ("time_start", "2018"),
        ("time_expire", "20181301000000"),
        ("openid", ""),
        ("openid", "nobody"),
        ("openid", &n129),
    ] {
        let refused = place(&mut shop, &[(name, text)]);
        assert_eq!(err_code(&refused), "PARAM_ERROR", "{name}={text}");
    }
    assert_eq!(shop.client.world.orders().len(), 0, "nothing was made");
    for (name, text) in [
        ("body", &*n128),
        ("out_trade_no", "Az0_-|*"),
        ("spbill_create_ip", "::1"),
        ("notify_url", "https://a/b"),
        ("limit_pay", "no_credit"),
        ("receipt", "Y"),
        ("surplus", "x"),
    ] {
        let number = format!("N{}", name.len());
        let usual = ("out_trade_no", number.as_str());
        let members = [usual, (name, text)];
        let members = if name == usual.0 {
            &members[1..]
        } else {
            &members
        };
        let made = place(&mut shop, members);
        assert_eq!(made["result_code"], "SUCCESS", "{name}={text} {made:?}");
    }
}

#[test]
fn apps_and_merchants_must_belong_together() {
    let mut shop = Shop::new();
    let other = Registered {
        app_id: "wx2".into(),
        merchants: vec!["2".into()],
        ..Registered::default()
    };
    shop.client.world.apply(Register(other)).expect("one more");
    let refused = place(&mut shop, &[("appid", "wx3")]);
    assert_eq!(err_code(&refused), "APPID_NOT_EXIST");
    let refused = place(&mut shop, &[("appid", "wx2")]);
    assert_eq!(err_code(&refused), "APPID_MCHID_NOT_MATCH");
    let refused = place(&mut shop, &[("mch_id", "3")]);
    assert_eq!(refused["return_code"], "FAIL");
    assert_eq!(err_code(&refused), "MCHID_NOT_EXIST");
    let refused = place(&mut shop, &[("mch_id", "")]);
    assert_eq!(
        (&*refused["return_code"], err_code(&refused)),
        ("FAIL", "LACK_PARAMS")
    );
    shop.client.world.apply(DeclareMerchants(vec![Merchant {
        id: MERCHANT.into(),
        limit: Some(99),
        ..Merchant::default()
    }]));
    assert_eq!(err_code(&place(&mut shop, &[])), "INVALID_REQUEST");
}

#[test]
fn an_app_whose_payment_is_blocked_has_no_right() {
    let mut shop = Shop::new();
    let mut said = crate::world::registration::Registration::default();
    said.set("blocked", &serde_json::json!(["payment"]))
        .expect("a fact");
    shop.client
        .world
        .apply(crate::world::registration::AmendRegistration(said));
    assert_eq!(err_code(&place(&mut shop, &[])), "NOAUTH");
}

#[test]
fn what_cannot_be_read_is_refused_at_the_first_level() {
    let mut shop = Shop::new();
    let refused = |shop: &mut Shop, request: &Request, name: &str| {
        let response = shop.client.send(request);
        assert_eq!(
            response.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
        let members = shop.read(&response);
        assert_eq!(members["return_code"], "FAIL", "{name}");
        let known = code::ALL.iter().find(|it| it.0 == name).expect(name);
        assert_eq!(members["return_msg"], known.1, "{name}");
        if name != "SIGNERROR" {
            assert_eq!(members["err_code"], name);
        }
    };
    let path = "/pay/unifiedorder";
    let xml = "<xml><mch_id>1900000001</mch_id></xml>";
    refused(&mut shop, &Request::get(path), "REQUIRE_POST_METHOD");
    refused(&mut shop, &Request::post(path, ""), "POST_DATA_EMPTY");
    refused(&mut shop, &Request::post(path, " \n"), "POST_DATA_EMPTY");
    refused(&mut shop, &Request::post(path, [0xff]), "NOT_UTF8");
    for body in [
        "{}",
        "a=1",
        "<xml>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><mch_id>&e;</mch_id></xml>",
    ] {
        refused(&mut shop, &Request::post(path, body), "XML_FORMAT_ERROR");
    }
    refused(&mut shop, &Request::post(path, xml), "SIGNERROR");
    let other = xml.replace("</xml>", "<sign_type>RSA</sign_type></xml>");
    refused(&mut shop, &Request::post(path, other), "SIGNERROR");
    let unknown = shop.client.post("/pay/unifiedoder", xml);
    assert!(unknown.why.contains("/pay/unifiedorder"), "{}", unknown.why);
    assert_eq!(shop.read(&unknown)["return_msg"], "接口不存在");
}

#[test]
fn bodies_are_read_as_clients_write_them() {
    let mut shop = Shop::new();
    let pairs = [
        ("appid", APP),
        ("mch_id", MERCHANT),
        ("nonce_str", "n"),
        ("out_trade_no", "N<&>1"),
    ];
    let sign = crate::crypto::pay_sign::of_fields(&pairs, SignType::Md5, &shop.key);
    // Pretty, numbers without sections; with a header line, one line; with entities and blanks.
    for body in [
        format!(
            "<xml>\n<appid><![CDATA[{APP}]]></appid>\n<mch_id>{MERCHANT}</mch_id>\n\
             <nonce_str><![CDATA[n]]></nonce_str>\n<out_trade_no><![CDATA[N<&>1]]></out_trade_no>\n\
             <sign><![CDATA[{sign}]]></sign>\n</xml>\n"
        ),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><xml><sign>{sign}</sign>\
             <out_trade_no>N&lt;&amp;&gt;1</out_trade_no><nonce_str>n</nonce_str><attach></attach>\
             <detail/><mch_id> {MERCHANT} </mch_id><appid>{APP}</appid></xml>"
        ),
    ] {
        let answer = shop.v2_raw("/pay/orderquery", &body);
        assert_eq!(err_code(&answer), "ORDERNOTEXIST", "{body} {answer:?}");
        let form = "application/x-www-form-urlencoded";
        let request = Request::post("/pay/orderquery/", body).with_header("content-type", form);
        let response = shop.client.send(&request);
        assert_eq!(err_code(&shop.read(&response)), "ORDERNOTEXIST");
    }
}

#[test]
fn every_changed_member_spoils_the_signature() {
    let mut shop = Shop::new();
    let open_id = shop.client.open_id();
    let good = "<xml><appid>wx1</appid><mch_id>1900000001</mch_id><sign>S</sign></xml>";
    let sign = crate::crypto::pay_sign::of_fields(
        &[("appid", "wx1"), ("mch_id", MERCHANT)],
        SignType::Md5,
        &shop.key,
    );
    let good = good.replace(">S<", &format!(">{sign}<"));
    assert_eq!(
        shop.v2_raw("/pay/orderquery", &good)["return_code"],
        "SUCCESS",
        "without CDATA, without a type"
    );
    for (from, to) in [
        (">wx1<", ">wx2<"),
        ("<sign>", "<attach>a</attach><sign>"),
        (&*sign, &*sign.to_lowercase()),
        (&*sign, ""),
    ] {
        let bad = good.replace(from, to);
        let refused = shop.v2_raw("/pay/orderquery", &bad);
        assert_eq!(refused["return_msg"], "签名错误", "{bad}");
    }
    shop.key = "k".repeat(32);
    let refused = shop.v2("/pay/unifiedorder", &order(&open_id, &[]));
    assert_eq!(refused["return_msg"], "签名错误");
    assert_eq!(refused.len(), 2, "nothing else: {refused:?}");
}

#[test]
fn an_order_ends_when_its_server_says() {
    let mut shop = Shop::new();
    let now = shop.client.world.now();
    let at = |ms| crate::world::pay::moment::digits(now.plus(ms));
    let early = place(&mut shop, &[("time_expire", &at(59_000))]);
    assert_eq!(err_code(&early), "PARAM_ERROR");
    let made = place(&mut shop, &[("time_expire", &at(60_000))]);
    assert_eq!(made["result_code"], "SUCCESS");
    let number = [("out_trade_no", "N1")];
    shop.client.wait(59_999);
    let state = |shop: &mut Shop| about(shop, "/pay/orderquery", &number)["trade_state"].clone();
    assert_eq!(state(&mut shop), "NOTPAY");
    shop.client.wait(1);
    assert_eq!(state(&mut shop), "CLOSED");
    let mut old = Shop::of(Profile::on(Date::new(2019, 12, 31)));
    let now = old.client.world.now();
    let at = |ms| crate::world::pay::moment::digits(now.plus(ms));
    let early = place(&mut old, &[("time_expire", &at(299_000))]);
    assert_eq!(err_code(&early), "PARAM_ERROR");
    let start = ("time_start", &*at(-10_000));
    let made = place(&mut old, &[start, ("time_expire", &at(290_000))]);
    assert_eq!(made["result_code"], "SUCCESS", "counted from its start");
}

#[test]
fn an_order_is_closed_once() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    place(&mut shop, &[("out_trade_no", "N2")]);
    shop.pay("N2");
    let mut close = |number: &str| {
        let answer = about(&mut shop, "/pay/closeorder", &[("out_trade_no", number)]);
        (answer["result_code"].clone(), err_code(&answer).to_owned())
    };
    assert_eq!(close("N1"), ("SUCCESS".into(), String::new()));
    assert_eq!(close("N1"), ("FAIL".into(), "ORDERCLOSED".into()));
    assert_eq!(close("N2"), ("FAIL".into(), "ORDERPAID".into()));
    assert_eq!(close("N3"), ("FAIL".into(), "ORDERNOTEXIST".into()));
    assert_eq!(close(""), ("FAIL".into(), "LACK_PARAMS".into()));
    let order = shop.client.world.order("N1").expect("it is there");
    assert_eq!(order.state, OrderState::Closed, "the client sees it");
}

#[test]
fn an_order_that_is_not_there_does_not_exist() {
    let mut shop = Shop::new();
    for member in [("out_trade_no", "none"), ("transaction_id", "420")] {
        let refused = about(&mut shop, "/pay/orderquery", &[member]);
        assert_eq!(err_code(&refused), "ORDERNOTEXIST");
        assert_eq!(refused["err_code_des"], "order not exist");
    }
    let refused = about(&mut shop, "/pay/orderquery", &[]);
    assert_eq!(err_code(&refused), "LACK_PARAMS");
}

const REFUND: [(&str, &str); 5] = [
    ("out_trade_no", "N1"),
    ("out_refund_no", "R1"),
    ("total_fee", "100"),
    ("refund_fee", "40"),
    ("notify_url", "http://127.0.0.1/r"),
];

fn refund(shop: &mut Shop, other: &[(&str, &str)]) -> Members {
    let is_replaced = |name: &str| other.iter().any(|(own, _)| *own == name);
    let usual = REFUND.into_iter().filter(|(name, _)| !is_replaced(name));
    let members: Vec<(&str, &str)> = usual.chain(other.iter().copied()).collect();
    about(shop, "/secapi/pay/refund", &members)
}

#[test]
fn a_refund_is_made_told_and_asked_for() {
    let mut shop = Shop::new();
    place(&mut shop, &[("notify_url", "http://127.0.0.1/n")]);
    let id = shop.pay("N1");
    shop.client.world.apply(TakeDueDeliveries);
    let made = refund(&mut shop, &[]);
    assert_eq!(made["result_code"], "SUCCESS", "{made:?}");
    assert_eq!(
        (&*made["transaction_id"], &*made["refund_fee"]),
        (&*id, "40")
    );
    let again = refund(&mut shop, &[]);
    assert_eq!(again["refund_id"], made["refund_id"]);
    let query = [("out_refund_no", "R1")];
    let asked = about(&mut shop, "/pay/refundquery", &query);
    assert_eq!(asked["refund_status_0"], "PROCESSING");
    shop.client.wait(REFUND_MS);
    refund(&mut shop, &[("out_refund_no", "R2"), ("refund_fee", "60")]);
    for member in [("out_trade_no", "N1"), ("transaction_id", id.as_str())] {
        let asked = about(&mut shop, "/pay/refundquery", &[member]);
        assert_eq!(asked["refund_count"], "2");
        assert_eq!(asked["refund_status_0"], "SUCCESS");
        assert_eq!(asked["refund_success_time_0"].len(), 19);
        assert_eq!(
            (&*asked["refund_status_1"], &*asked["refund_fee_1"]),
            ("PROCESSING", "60")
        );
    }
    let by_id = about(
        &mut shop,
        "/pay/refundquery",
        &[("refund_id", &made["refund_id"])],
    );
    assert_eq!(by_id["out_refund_no_0"], "R1");
    let asked = about(&mut shop, "/pay/orderquery", &[("out_trade_no", "N1")]);
    assert_eq!(asked["trade_state"], "REFUND");
    let told = shop.client.world.apply(TakeDueDeliveries);
    assert_eq!((told.len(), told[0].kind), (1, Kind::RefundV2));
}

#[test]
fn refunds_have_their_refusals() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    let mut refused = |other: &[(&str, &str)]| {
        let answer = refund(&mut shop, other);
        (err_code(&answer).to_owned(), answer["err_code_des"].clone())
    };
    assert_eq!(refused(&[]), ("ERROR".into(), "订单未支付".into()));
    assert_eq!(refused(&[("out_trade_no", "none")]).0, "ORDERNOTEXIST");
    assert_eq!(refused(&[("out_trade_no", "")]).0, "LACK_PARAMS");
    assert_eq!(
        refused(&[("transaction_id", "1")]).0,
        "INVALID_TRANSACTIONID"
    );
    for name in ["out_refund_no", "total_fee", "refund_fee"] {
        assert_eq!(refused(&[(name, "")]).0, "LACK_PARAMS", "{name}");
    }
    for (name, text) in [
        ("refund_fee", "0"),
        ("refund_fee", "101"),
        ("out_refund_no", "a.b"),
        ("notify_url", "here"),
    ] {
        assert_eq!(refused(&[(name, text)]).0, "PARAM_ERROR", "{name}");
    }
    shop.pay("N1");
    let mut refused = |other: &[(&str, &str)]| refund(&mut shop, other)["err_code_des"].clone();
    assert_eq!(refused(&[("total_fee", "99")]), "订单金额不一致");
    let first = refund(&mut shop, &[]);
    assert_eq!(first["result_code"], "SUCCESS");
    let mut refused = |other: &[(&str, &str)]| refund(&mut shop, other)["err_code_des"].clone();
    assert!(refused(&[("refund_fee", "41")]).contains("与之前请求不一致"));
    let second = ("out_refund_no", "R2");
    assert_eq!(
        refused(&[second, ("refund_fee", "61")]),
        "累计退款金额大于支付金额"
    );
    refund(&mut shop, &[second, ("refund_fee", "60")]);
    let answer = refund(&mut shop, &[("out_refund_no", "R3"), ("refund_fee", "1")]);
    assert_eq!(answer["err_code_des"], "订单已全额退款");
    let none = about(&mut shop, "/pay/refundquery", &[("out_refund_no", "R9")]);
    assert_eq!(err_code(&none), "REFUNDNOTEXIST");
    place(&mut shop, &[("out_trade_no", "N2")]);
    let none = about(&mut shop, "/pay/refundquery", &[("out_trade_no", "N2")]);
    assert_eq!(err_code(&none), "REFUNDNOTEXIST");
}

#[test]
fn refunds_end_after_a_year_and_are_not_many() {
    let mut shop = Shop::new();
    place(&mut shop, &[]);
    shop.pay("N1");
    for number in 0..REFUNDS_OF_ORDER_MAX {
        let number = format!("R{number}");
        let made = refund(
            &mut shop,
            &[("out_refund_no", &number), ("refund_fee", "1")],
        );
        assert_eq!(made["result_code"], "SUCCESS");
    }
    let one = [("out_refund_no", "R99"), ("refund_fee", "1")];
    assert!(refund(&mut shop, &one)["err_code_des"].contains("50"));
    shop.client.wait(REFUNDABLE_MS);
    assert_eq!(err_code(&refund(&mut shop, &one)), "TRADE_OVERDUE");
}

#[test]
fn the_sandbox_has_a_key_of_its_own() {
    let mut shop = Shop::new();
    let members = [("mch_id", MERCHANT), ("nonce_str", "n")];
    let given = shop.v2("/sandboxnew/pay/getsignkey", &members);
    assert_eq!(given["sandbox_signkey"].len(), 32);
    let outside = shop.v2("/pay/getsignkey", &members);
    assert_eq!(outside["return_msg"], "接口不存在");
    let open_id = shop.client.open_id();
    let path = "/sandboxnew/pay/unifiedorder";
    let refused = shop.v2(path, &order(&open_id, &[]));
    assert_eq!(refused["return_msg"], "签名错误");
    shop.key = given["sandbox_signkey"].clone();
    let made = shop.v2(path, &order(&open_id, &[]));
    assert_eq!(made["result_code"], "SUCCESS");
    let refused = shop.v2("/pay/unifiedorder", &order(&open_id, &[]));
    assert_eq!(refused["return_msg"], "签名错误", "outside it is no key");
    let query = [
        ("appid", APP),
        ("mch_id", MERCHANT),
        ("nonce_str", "n"),
        ("out_trade_no", "N1"),
    ];
    let asked = shop.v2("/sandboxnew/pay/orderquery", &query);
    assert_eq!(asked["trade_state"], "NOTPAY");
    let refund = shop.v2("/sandboxnew/pay/refund", &query);
    assert_eq!(err_code(&refund), "LACK_PARAMS", "it is there");
}

#[test]
fn every_code_can_be_injected_and_is_signed() {
    let mut shop = Shop::new();
    let mut inject = |words: &str, status| {
        shop.client.world.apply(InjectFault {
            path: "/pay/*".into(),
            times: Some(1),
            effect: Effect {
                errcode: Some(-1),
                errmsg: words.into(),
                status,
                ..Effect::default()
            },
        });
        place(&mut shop, &[])
    };
    for known in code::ALL {
        let answer = inject(known.0, None);
        assert_eq!(answer["result_code"], "FAIL");
        assert_eq!(
            (&*answer["err_code"], &*answer["err_code_des"]),
            (known.0, known.1)
        );
    }
    assert_eq!(inject("", None)["err_code"], "SYSTEMERROR");
    let other = inject("late", None);
    assert_eq!(
        (&*other["err_code"], &*other["err_code_des"]),
        ("SYSTEMERROR", "late")
    );
    assert_eq!(shop.client.world.orders().len(), 0, "nothing was made");
    let requests = shop.client.world.requests();
    let logged = requests.last().expect("noted");
    assert_eq!(logged.url, "/pay/unifiedorder");
    assert_ne!(Json::from(logged.body.as_str()), Json::Null);
}
