//! Notifications.

use serde_json::Value as Json;

use super::{NoNotice, RepeatNotify, SignAsPlatform};
use crate::crypto::pay_sign::{SignType, answer_lines, of_fields};
use crate::crypto::{ecb, gcm, platform_key};
use crate::profile::{Date, Profile};
use crate::world::open_api::delivery::{Delivery, Kind, TakeDueDeliveries};
use crate::world::pay::cashier::{OpenCashier, Pay};
use crate::world::pay::order::{Order, PlaceOrder, Placement, SignPayment};
use crate::world::pay::refund::{OrderName, PlaceRefund, REFUND_MS};
use crate::world::{AdvanceTo, AppFacts, World};

const MERCHANT: &str = "1900000001";

/// Places an order and pays it at the cashier.
pub(crate) fn pay_for(world: &mut World, placement: Placement) -> Order {
    let order = world.apply(PlaceOrder(placement)).expect("an order");
    let said = world.apply(SignPayment(&order));
    let text = |name: &str| said[name].as_str().unwrap_or_default();
    let user = order.payer.clone();
    let opened = world.apply(OpenCashier {
        user: &user,
        time_stamp: text("timeStamp"),
        nonce: text("nonceStr"),
        package: text("package"),
        sign_type: text("signType"),
        pay_sign: text("paySign"),
    });
    opened.expect("the cashier opens");
    let paid = world.apply(Pay {
        prepay_id: &order.prepay_id,
        user: &user,
    });
    paid.expect("it is paid");
    world
        .order(&order.out_trade_no)
        .expect("it is there")
        .clone()
}

fn world_on(day: Date) -> World {
    World::new(Profile::on(day), AppFacts::default(), 1)
}

fn world() -> World {
    world_on(Date::new(2026, 7, 30))
}

fn placement(kind: SignType) -> Placement {
    Placement {
        total: 100,
        sign_type: Some(kind),
        out_trade_no: Some("N".into()),
        notify_url: Some("http://127.0.0.1/n".into()),
        attach: Some("支付测试".into()),
        ..Placement::default()
    }
}

fn only(world: &mut World) -> Delivery {
    let mut due = world.apply(TakeDueDeliveries);
    assert_eq!(due.len(), 1);
    due.remove(0)
}

/// The members of flat XML as it is written here.
fn members(xml: &str, root: &str) -> Vec<(String, String)> {
    let inner = xml.strip_prefix(&format!("<{root}>")).expect(xml);
    let mut rest = inner.strip_suffix(&format!("</{root}>")).expect(xml);
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest[1..].split_once('>').expect(xml);
        let (text, after) = after.split_once(&format!("</{name}>")).expect(xml);
        let text = text.strip_prefix("<![CDATA[").unwrap_or(text);
        let text = text.strip_suffix("]]>").unwrap_or(text);
        found.push((name.to_owned(), text.to_owned()));
        rest = after;
    }
    found
}

fn value(members: &[(String, String)], name: &str) -> String {
    let found = members.iter().find(|(own, _)| own == name);
    found.map(|(_, text)| text.clone()).unwrap_or_default()
}

#[test]
fn a_payment_of_version_2_is_told_with_its_signature() {
    for kind in [SignType::Md5, SignType::HmacSha256] {
        let mut world = world();
        let order = pay_for(&mut world, placement(kind));
        let told = only(&mut world);
        assert_eq!((told.kind, &*told.owner), (Kind::PayV2, MERCHANT));
        assert_eq!(told.url, "http://127.0.0.1/n");
        let xml = String::from_utf8(told.body).expect("text");
        let members = members(&xml, "xml");
        let get = |name: &str| value(&members, name);
        assert_eq!(get("transaction_id"), order.transaction_id());
        assert_eq!(get("transaction_id").len(), 28);
        assert_eq!(get("attach"), "支付测试");
        assert_eq!(get("time_end"), "20260730090000");
        assert_eq!(get("bank_type"), "OTHERS");
        assert_eq!(get("openid"), world.open_id(&order.payer));
        assert!(xml.contains("<total_fee>100</total_fee>"), "{xml}");
        let pairs: Vec<(&str, &str)> = members.iter().map(|(a, b)| (&**a, &**b)).collect();
        let sign = of_fields(&pairs, kind, &world.merchant_key(MERCHANT));
        assert_eq!(get("sign"), sign);
        let is_named = kind == SignType::HmacSha256;
        assert_eq!(!get("sign_type").is_empty(), is_named);
    }
    let mut old = world_on(Date::new(2019, 12, 31));
    pay_for(&mut old, placement(SignType::Md5));
    let body = String::from_utf8(only(&mut old).body).expect("text");
    assert!(body.contains("<![CDATA[CFT]]>"), "{body}");
}

/// What a notification of version 3 hides, after a check of its signature.
fn opened(world: &World, told: &Delivery) -> (Json, Json) {
    let body = String::from_utf8(told.body.clone()).expect("text");
    let header = |name: &str| {
        let line = told.headers.iter().find(|(own, _)| own == name);
        line.map(|(_, text)| text.as_str()).expect(name)
    };
    let lines = answer_lines(
        header("Wechatpay-Timestamp"),
        header("Wechatpay-Nonce"),
        &body,
    );
    assert!(platform_key::key().verifies(&lines, header("Wechatpay-Signature")));
    assert_eq!(header("Wechatpay-Serial"), platform_key::SERIAL);
    assert_eq!(header("Content-Type"), "application/json");
    let event: Json = serde_json::from_str(&body).expect("JSON");
    let part = |name: &str| event["resource"][name].as_str().expect(name);
    let plain = gcm::open(
        part("ciphertext"),
        &world.merchant_v3_key(MERCHANT),
        part("nonce"),
        part("associated_data"),
    );
    let plain = serde_json::from_str(&plain.expect("it opens")).expect("JSON");
    (event, plain)
}

#[test]
fn a_payment_of_version_3_is_hidden_and_signed_at_the_moment_it_goes_out() {
    let mut world = world();
    let order = pay_for(&mut world, placement(SignType::Rsa));
    world.apply(AdvanceTo(world.now().plus(1_000_000)));
    let told = only(&mut world);
    assert_eq!(told.kind, Kind::PayV3);
    let (event, plain) = opened(&world, &told);
    let sent = told
        .headers
        .iter()
        .find(|(name, _)| name == "Wechatpay-Timestamp");
    let now = (world.now().0 / 1_000).to_string();
    assert_eq!(sent.map(|(_, text)| text), Some(&now));
    assert_eq!(event["event_type"], "TRANSACTION.SUCCESS");
    assert_eq!(event["resource"]["original_type"], "transaction");
    assert_eq!(event["create_time"], "2026-07-30T09:00:00+08:00");
    assert_eq!(plain, world.transaction(&order));
    assert_eq!(plain["payer"]["openid"], world.open_id(&order.payer));
    assert_eq!(plain["amount"]["payer_total"], 100);
}

#[test]
fn a_payment_without_a_url_is_told_to_nobody() {
    let mut world = world();
    let silent = Placement {
        notify_url: None,
        ..placement(SignType::Rsa)
    };
    pay_for(&mut world, silent);
    assert_eq!(world.next_delivery_due(), None);
    assert_eq!(world.apply(RepeatNotify("N")), Err(NoNotice::NoUrl));
}

#[test]
fn a_payment_is_told_again_when_somebody_wants_it() {
    let mut world = world();
    world
        .apply(PlaceOrder(placement(SignType::Rsa)))
        .expect("an order");
    assert_eq!(world.apply(RepeatNotify("none")), Err(NoNotice::NoOrder));
    assert_eq!(world.apply(RepeatNotify("N")), Err(NoNotice::NotPaid));
    pay_for(&mut world, placement(SignType::Rsa));
    let first = only(&mut world);
    let id = world.apply(RepeatNotify("N")).expect("told again");
    let second = only(&mut world);
    assert_eq!(second.id, id);
    let (first, second) = (opened(&world, &first), opened(&world, &second));
    assert_eq!(first.0["id"], second.0["id"], "the same event");
    assert_eq!(first.1, second.1);
    assert_ne!(first.0["resource"]["nonce"], second.0["resource"]["nonce"]);
}

#[test]
fn a_refund_is_told_in_the_version_that_asked_for_it() {
    let mut world = world();
    let order = pay_for(
        &mut world,
        Placement {
            notify_url: None,
            ..placement(SignType::Md5)
        },
    );
    let refund = PlaceRefund {
        mch_id: MERCHANT,
        order: OrderName::Number("N"),
        out_refund_no: "R2",
        total: 100,
        amount: 40,
        reason: "",
        notify_url: "http://127.0.0.1/r",
        is_v3: false,
    };
    world.apply(refund).expect("a refund");
    world.apply(AdvanceTo(world.now().plus(REFUND_MS)));
    let told = only(&mut world);
    assert_eq!(told.kind, Kind::RefundV2);
    let xml = String::from_utf8(told.body).expect("text");
    let outer = members(&xml, "xml");
    assert_eq!(value(&outer, "return_code"), "SUCCESS");
    let hidden = ecb::open(&value(&outer, "req_info"), &world.merchant_key(MERCHANT));
    let inner = members(&hidden.expect("it opens"), "root");
    assert_eq!(value(&inner, "transaction_id"), order.transaction_id());
    assert_eq!(value(&inner, "refund_status"), "SUCCESS");
    assert_eq!(value(&inner, "refund_fee"), "40");
    assert_eq!(value(&inner, "success_time"), "2026-07-30 09:00:03");
    let third = PlaceRefund {
        out_refund_no: "R3",
        amount: 60,
        is_v3: true,
        ..refund
    };
    let (_, third) = world.apply(third).expect("a refund");
    world.apply(AdvanceTo(world.now().plus(REFUND_MS)));
    let told = only(&mut world);
    assert_eq!(told.kind, Kind::RefundV3);
    let (event, plain) = opened(&world, &told);
    assert_eq!(event["event_type"], "REFUND.SUCCESS");
    assert_eq!(plain["refund_id"], third.refund_id.as_str());
    assert_eq!(plain["refund_status"], "SUCCESS");
    assert_eq!(plain["amount"]["refund"], 60);
}

#[test]
fn no_two_signatures_are_of_the_same_nonce() {
    let mut world = world();
    let first = world.apply(SignAsPlatform("a"));
    let second = world.apply(SignAsPlatform("a"));
    assert_ne!(first, second);
    let nonce = &first[1];
    assert_eq!((nonce.0.as_str(), nonce.1.len()), ("Wechatpay-Nonce", 32));
}
