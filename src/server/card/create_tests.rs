//! What `card/create` takes and refuses.

use serde_json::{Value as Json, json};

use crate::errmsg::CardProblem;
use crate::server::card::fixture::{
    ACCOUNT, STRANGER, Shop, base_info, coupon, coupon_with, member_card,
};
use crate::world::card::{Activation, CardDates, CardKind, Codes};
use crate::world::open_api::app_rules::{ServerRules, SetServerRules};

const PATH: &str = "/card/create";

fn refusal(shop: &mut Shop, card: &Json) -> i64 {
    shop.refusal(PATH, &json!({ "card": card }))
}

#[test]
fn a_card_is_made_and_can_be_taken_at_once() {
    let mut shop = Shop::new();
    let made = shop.call(PATH, &json!({ "card": coupon() }));
    let id = made["card_id"].as_str().expect("an id").to_owned();
    assert_eq!(made, json!({ "errcode": 0, "errmsg": "ok", "card_id": id }));
    assert!(id.len() == 28 && id.starts_with('p'), "{id}");
    let card = shop.client.world.card(&id).expect("it is there").clone();
    assert_eq!((card.title.as_str(), card.stock), ("一杯茶", 10));
    assert_eq!(
        (card.kind, card.owner.as_deref()),
        (CardKind::GeneralCoupon, Some(ACCOUNT))
    );
    assert_eq!((card.limit, card.codes.clone()), (None, Codes::Generated));
    assert_eq!(card.made, Some(shop.client.world.now()));
    assert_ne!(shop.coupon(), id);
    assert_eq!(shop.take(&id).len(), 12);
    assert_eq!(shop.client.world.cards_left(&card), 9);
}

#[test]
fn every_kind_is_made_of_its_own_member() {
    let mut shop = Shop::new();
    for (kind, name, member, value) in [
        (CardKind::Groupon, "groupon", "deal_detail", json!("一杯")),
        (CardKind::Cash, "cash", "reduce_cost", json!(100)),
        (CardKind::Discount, "discount", "discount", json!("30")),
        (CardKind::Gift, "gift", "gift", json!("一杯")),
        (
            CardKind::GeneralCoupon,
            "general_coupon",
            "default_detail",
            json!("一杯"),
        ),
        (
            CardKind::MemberCard,
            "member_card",
            "prerogative",
            json!("九折"),
        ),
    ] {
        let mut card = json!({ "card_type": kind.word() });
        assert_eq!(refusal(&mut shop, &card), 41011, "{name}");
        card[name] = json!({ "base_info": base_info() });
        assert_eq!(refusal(&mut shop, &card), 41011, "{name} without {member}");
        card[name][member] = value;
        let id = shop.create(&card);
        let made = shop.client.world.card(&id).expect("it is there");
        assert_eq!(made.kind, kind);
    }
}

#[test]
fn limits_codes_and_bound_users_are_those_of_the_body() {
    let mut shop = Shop::new();
    let id = shop.create(&coupon_with(
        &json!({ "get_limit": 1, "sku": { "quantity": "2" } }),
    ));
    shop.take(&id);
    assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::Limit));
    let id = shop.create(&coupon_with(&json!({ "sku": { "quantity": 0 } })));
    assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::SoldOut));
    let id = shop.create(&coupon_with(&json!({ "use_custom_code": true })));
    assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::Code));
    assert_eq!(shop.take_own(&id, "TEA-1"), "TEA-1");
    assert_eq!(shop.take_hidden(&id, "TEA-1"), Err(CardProblem::CodeUsed));
    let id = shop.create(&coupon_with(&json!({ "bind_openid": "true" })));
    assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::OpenId));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, or one table of cases")]
fn the_dates_are_read_in_all_forms() {
    let mut shop = Shop::new();
    let now_s = shop.client.world.now().0 / 1_000;
    let range = |begin: i64, end: i64| {
        json!({
            "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": begin, "end_timestamp": end,
        })
    };
    for (dates, expected) in [
        (
            json!({ "type": "DATE_TYPE_PERMANENT" }),
            CardDates::Permanent,
        ),
        (
            range(now_s - 5, now_s + 60),
            CardDates::Moments((now_s - 5) * 1_000, (now_s + 60) * 1_000 + 999),
        ),
        (
            json!({ "type": 1, "begin_timestamp": "5", "end_timestamp": now_s }),
            CardDates::Moments(5_000, now_s * 1_000 + 999),
        ),
        (
            json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 15, "fixed_begin_term": 2 }),
            CardDates::Term { days: 15, after: 2 },
        ),
        (
            json!({ "type": 2, "fixed_term": 1 }),
            CardDates::Term { days: 1, after: 0 },
        ),
    ] {
        let id = shop.create(&coupon_with(&json!({ "date_info": dates })));
        let card = shop.client.world.card(&id).expect("it is there");
        assert_eq!(card.dates, expected);
    }
    for (dates, code) in [
        (json!({}), 41011),
        (json!({ "type": "DATE_TYPE_FIX_TERM" }), 41011),
        (
            json!({ "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 1 }),
            41011,
        ),
        (json!({ "type": "FOREVER" }), 40079),
        (
            json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 0 }),
            40079,
        ),
        (
            json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 3_651 }),
            40079,
        ),
        (
            json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 1, "fixed_begin_term": -1 }),
            40079,
        ),
        (range(now_s + 9, now_s + 9), 40100),
        (range(now_s - 9, now_s - 1), 40079),
        (range(1, i64::MAX), 40079),
        (
            json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": "soon" }),
            47001,
        ),
    ] {
        let card = coupon_with(&json!({ "date_info": dates }));
        assert_eq!(refusal(&mut shop, &card), code, "{dates}");
    }
}

#[test]
fn a_membership_card_says_how_it_becomes_active() {
    let mut shop = Shop::new();
    for (members, expected) in [
        (json!({}), Activation::ByServer),
        (json!({ "wx_activate": true }), Activation::OneTap),
        (
            json!({ "wx_activate": true, "wx_activate_after_submit": true }),
            Activation::AfterSubmit,
        ),
        (json!({ "auto_activate": true }), Activation::Auto),
    ] {
        let id = shop.member_card(&members);
        let card = shop.client.world.card(&id).expect("it is there");
        assert_eq!(card.activation, expected, "{members}");
    }
    for (members, code) in [
        (json!({ "auto_activate": true, "wx_activate": true }), 40150),
        (json!({ "wx_activate_after_submit": true }), 40150),
        (json!({ "custom_field4": {} }), 40124),
        (json!({ "wx_activate": "perhaps" }), 47001),
    ] {
        assert_eq!(
            refusal(&mut shop, &member_card(&members)),
            code,
            "{members}"
        );
    }
    let fields = json!({ "custom_field1": {}, "custom_field2": {}, "custom_field3": {} });
    shop.member_card(&fields);
}

#[test]
fn what_is_missing_or_wrong_in_base_info_has_its_code() {
    let mut shop = Shop::new();
    for name in [
        "logo_url",
        "brand_name",
        "code_type",
        "title",
        "color",
        "notice",
        "description",
        "sku",
        "date_info",
    ] {
        let card = coupon_with(&json!({ name: null }));
        assert_eq!(refusal(&mut shop, &card), 41011, "{name}");
    }
    for (members, code) in [
        (json!({ "title": "一二三四五六七八九十" }), 45021),
        (json!({ "brand_name": "b".repeat(37) }), 45021),
        (json!({ "notice": "n".repeat(49) }), 45021),
        (json!({ "description": "d".repeat(3_073) }), 45021),
        (json!({ "more": "m".repeat(40_000) }), 45021),
        (json!({ "code_type": "CODE_TYPE_SMOKE" }), 40072),
        (json!({ "color": "red" }), 40150),
        (json!({ "get_limit": 0 }), 40150),
        (json!({ "sku": {} }), 41011),
        (json!({ "sku": { "quantity": -1 } }), 40122),
        (json!({ "sku": { "quantity": 100_000_001 } }), 40122),
        (json!({ "sku": { "quantity": "many" } }), 47001),
        (json!({ "sku": 5 }), 47001),
        (json!({ "title": [] }), 47001),
        (
            json!({ "get_custom_code_mode": "GET_CUSTOM_CODE_MODE_DEPOSIT" }),
            43009,
        ),
    ] {
        assert_eq!(
            refusal(&mut shop, &coupon_with(&members)),
            code,
            "{members}"
        );
    }
    let long = coupon_with(&json!({ "title": "一二三四五六七八九", "brand_name": "b".repeat(36) }));
    shop.create(&long);
    for (name, member, value) in [
        ("CASH", "reduce_cost", json!(0)),
        ("DISCOUNT", "discount", json!(100)),
        ("DISCOUNT", "discount", json!(0)),
    ] {
        let mut detail = json!({ "base_info": base_info() });
        detail[member] = value;
        let mut card = json!({ "card_type": name });
        card[name.to_ascii_lowercase()] = detail;
        assert_eq!(refusal(&mut shop, &card), 40150, "{card}");
    }
}

#[test]
fn a_wrong_type_and_body_have_their_codes() {
    let mut shop = Shop::new();
    shop.check_gates(PATH);
    assert_eq!(shop.refusal(PATH, &json!({})), 41011);
    assert_eq!(shop.refusal(PATH, &json!({ "card": "coupon" })), 47001);
    assert_eq!(refusal(&mut shop, &json!({})), 41011);
    for kind in ["COUPON", "MOVIE_TICKET", "gift"] {
        assert_eq!(
            refusal(&mut shop, &json!({ "card_type": kind })),
            40071,
            "{kind}"
        );
    }
    let card = json!({ "card_type": "GIFT", "gift": { "gift": "一杯" } });
    assert_eq!(refusal(&mut shop, &card), 41011, "no base_info");
}

#[test]
fn an_account_needs_rights_for_own_codes_and_stored_value() {
    let mut shop = Shop::new();
    let own = coupon_with(&json!({ "use_custom_code": true }));
    let stored = member_card(&json!({ "supply_balance": true }));
    shop.create(&own);
    shop.create(&stored);
    let rules = ServerRules {
        has_no_custom_codes: true,
        has_no_stored_value: true,
        ..ServerRules::default()
    };
    shop.client
        .world
        .apply(SetServerRules(ACCOUNT.into(), rules));
    assert_eq!(refusal(&mut shop, &own), 43009);
    assert_eq!(refusal(&mut shop, &stored), 43010);
    shop.coupon();
    shop.member_card(&json!({}));
}

#[test]
fn a_card_of_an_account_that_is_not_bound_is_made_and_not_taken() {
    let mut shop = Shop::new();
    let made = shop.call_as(STRANGER, PATH, &json!({ "card": coupon() }));
    let id = made["card_id"].as_str().expect("an id").to_owned();
    assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::NotAuthorized));
}
