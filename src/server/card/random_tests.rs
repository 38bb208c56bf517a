//! Whatever comes in, an answer goes out.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value as Json, json};

use super::ENDPOINTS;
use super::fixture::{ACCOUNT, Shop, base_info, coupon, member_card};
use crate::server::endpoint::Verb;
use crate::server::request::Request;
use crate::server::response::Response;

/// Names that the interfaces read.
const NAMES: [&str; 38] = [
    "card",
    "card_type",
    "card_id",
    "code",
    "openid",
    "encrypt_code",
    "check_consume",
    "outer_str",
    "activate_ticket",
    "membership_number",
    "init_bonus",
    "bonus",
    "add_bonus",
    "balance",
    "add_balance",
    "offset",
    "count",
    "status_list",
    "increase_stock_value",
    "reduce_stock_value",
    "required_form",
    "optional_form",
    "common_field_id_list",
    "custom_field_list",
    "rich_field_list",
    "general_coupon",
    "member_card",
    "base_info",
    "sku",
    "quantity",
    "date_info",
    "type",
    "begin_timestamp",
    "end_timestamp",
    "fixed_term",
    "get_limit",
    "use_custom_code",
    "values",
];

fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-5_i64..20).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,40}".prop_map(Json::from),
        prop::sample::select(vec![
            "MEMBER_CARD",
            "GENERAL_COUPON",
            "DATE_TYPE_FIX_TERM",
            "DATE_TYPE_FIX_TIME_RANGE",
            "CARD_ID",
            "CODE",
            "MEMBER_ID",
            "MEMBER_CODE",
            "HIDDEN",
            "OPENID",
            "USER_FORM_INFO_FLAG_SEX",
            "FORM_FIELD_RADIO",
        ])
        .prop_map(Json::from),
        Just(base_info()),
        Just(coupon()),
        Just(member_card(&json!({ "wx_activate": true }))),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            members(inner),
        ]
    })
}

fn members(inner: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    let name = prop::sample::select(NAMES.to_vec());
    prop::collection::vec((name, inner), 0..8).prop_map(|pairs| {
        let members = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        Json::Object(members.collect::<Map<_, _>>())
    })
}

/// The words that stand for what is really there.
fn with_real(body: &Json, real: &[(&str, String)]) -> String {
    let mut text = body.to_string();
    for (word, value) in real {
        text = text.replace(&format!("\"{word}\""), &format!("\"{value}\""));
    }
    text
}

fn check(response: &Response, what: &str) {
    assert_eq!(response.status, 200, "{what}");
    let body = response.body_json();
    assert!(
        body["errcode"].is_i64() && body["errmsg"].is_string(),
        "{what}: {body}"
    );
    assert!(!response.body.contains(&b'\n'), "{what}");
}

fn shop_with_cards() -> (Shop, Vec<(&'static str, String)>) {
    let mut shop = Shop::new();
    let (card, member) = (
        shop.coupon(),
        shop.member_card(&json!({ "auto_activate": true })),
    );
    let hidden = shop.take_hidden(&card, "").expect("it is right");
    let code = shop.client.world.taken_cards()[0].code.clone();
    let member_code = shop.take(&member);
    let real = vec![
        ("CARD_ID", card),
        ("CODE", code),
        ("MEMBER_ID", member),
        ("MEMBER_CODE", member_code),
        ("HIDDEN", hidden),
        ("OPENID", shop.open_id()),
    ];
    (shop, real)
}

/// The same bodies in every run.
fn run<S: Strategy>(strategy: S, test: impl Fn(S::Value)) {
    let config = Config {
        cases: 96,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&strategy, |value| {
        test(value);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn every_body_has_an_answer() {
    let bodies = prop::collection::vec(members(value()), 1..6);
    run((bodies, any::<Vec<u8>>()), |(bodies, bytes)| {
        let (mut shop, real) = shop_with_cards();
        for endpoint in ENDPOINTS {
            let path = shop.client.with_token_of(ACCOUNT, endpoint.path);
            if endpoint.verb == Verb::Get {
                let query = String::from_utf8_lossy(&bytes).replace('&', "%26");
                let response = shop.client.get(&format!("{path}&type={query}"));
                check(&response, endpoint.path);
                continue;
            }
            for body in &bodies {
                let text = with_real(body, &real);
                let response = shop.client.post(&path, text.clone());
                check(&response, &format!("{} {text}", endpoint.path));
            }
            let response = shop.client.send(&Request::post(&path, bytes.clone()));
            check(&response, endpoint.path);
        }
    });
}

#[test]
fn a_good_card_with_a_strange_member_has_an_answer() {
    let name = prop::sample::select(NAMES.to_vec());
    run((name, value(), any::<bool>()), |(name, value, is_base)| {
        let (mut shop, real) = shop_with_cards();
        for mut card in [coupon(), member_card(&json!({}))] {
            let kind = match card["card_type"].as_str() {
                Some("MEMBER_CARD") => "member_card",
                _ => "general_coupon",
            };
            let place = if is_base {
                &mut card[kind]["base_info"]
            } else {
                &mut card[kind]
            };
            place[name] = value.clone();
            let url = shop.client.with_token_of(ACCOUNT, "/card/create");
            let text = with_real(&json!({ "card": card }), &real);
            let response = shop.client.post(&url, text.clone());
            check(&response, &text);
            let id = response.body_json()["card_id"].clone();
            if id.is_string() {
                use_card(&mut shop, &id);
            }
        }
    });
}

/// Whatever a card has in it, interfaces can do with it what they do with others.
fn use_card(shop: &mut Shop, id: &Json) {
    for path in [
        "/card/get",
        "/card/update",
        "/card/modifystock",
        "/card/membercard/activate/geturl",
    ] {
        let body = json!({ "card_id": id, "general_coupon": {}, "member_card": {} });
        let url = shop.client.with_token_of(ACCOUNT, path);
        let response = shop.client.post(&url, body.to_string());
        check(&response, path);
    }
    // Taken or not, and then asked for.
    let card_id = id.as_str().unwrap_or_default().to_owned();
    if let Ok(hidden) = shop.take_hidden(&card_id, "") {
        let taken = shop.client.world.decrypt_card_code(&hidden);
        let code = taken.expect("it was taken").code.clone();
        for path in ["/card/code/get", "/card/code/consume"] {
            let body = json!({ "card_id": id, "code": code });
            let url = shop.client.with_token_of(ACCOUNT, path);
            check(&shop.client.post(&url, body.to_string()), path);
        }
    }
}
