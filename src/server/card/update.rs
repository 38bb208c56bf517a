//! `POST /card/update`: other words on a card, another limit, a longer time.
//!
//! Official page: "Manage cards" (change). The body has the members of the kind that change; `base_info` too has only
//! those. `send_check` tells whether the platform reviews the change.
//!
//! Differs from the platform: there is no review; a card of the project's settings is not changed here.
//!
//! Unverified: 40150 for members that never change (title, brand, stock, codes, bound users); 40100 for a time that
//! does not grow.

use serde_json::{Map, Value as Json, json};

use super::form::object;
use super::{base_info, check_account, own_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::{Card, CardDates, OfferCard};

/// Members of `base_info` that stay as they are.
const FIXED: [&str; 6] = [
    "title",
    "brand_name",
    "sku",
    "use_custom_code",
    "bind_openid",
    "get_custom_code_mode",
];
/// Members whose change is reviewed.
const REVIEWED: [&str; 5] = ["logo_url", "notice", "description", "color", "prerogative"];

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("updateCard", Verb::Post, "/card/update", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let card = own_card(world, asked, &asked.text("card_id")?)?;
    let member = base_info::member_of(card.kind);
    let change = object(asked.json()?, &member)?.ok_or_else(|| {
        let why = format!(
            "the card is a {}; its members are in `{member}`",
            card.kind.word()
        );
        errcode::REQUIRED_FIELD_MISSING.because(why)
    })?;
    if card.is_deleted {
        return Err(errcode::INVALID_CARD_STATUS.because("the card was deleted"));
    }
    let (changed, is_reviewed) = changed(world, card, change)?;
    world.apply(OfferCard(changed));
    Ok(Answer::with(json!({ "send_check": is_reviewed })))
}

/// The card with what changes, and whether that is reviewed.
fn changed(world: &World, card: &Card, change: &Map<String, Json>) -> Result<(Card, bool), Fault> {
    let Json::Object(mut detail) = card.detail.clone() else {
        let why = "the card is one of the project's settings; change it there";
        return Err(errcode::INVALID_CARD_PARAMETERS.because(why));
    };
    let mut is_reviewed = false;
    if let Some(base) = object(change, "base_info")? {
        if let Some(name) = FIXED.iter().find(|name| base.contains_key(**name)) {
            let why =
                format!("`{name}` of a card never changes (card/modifystock changes the stock)");
            return Err(errcode::INVALID_CARD_PARAMETERS.because(why));
        }
        is_reviewed = base.keys().any(|name| REVIEWED.contains(&name.as_str()));
        if let Some(own) = detail.get_mut("base_info").and_then(Json::as_object_mut) {
            own.extend(base.clone());
        }
    }
    for (name, value) in change.iter().filter(|(name, _)| *name != "base_info") {
        is_reviewed |= REVIEWED.contains(&name.as_str());
        detail.insert(name.clone(), value.clone());
    }
    let read = base_info::read(card.kind, &detail, world.now())?;
    if !grows(card.dates, read.dates) {
        let why = "a card stays good as long as it was, or longer, and keeps the type of its time";
        return Err(errcode::INVALID_CARD_TIME_RANGE.because(why));
    }
    let changed = Card {
        limit: read.limit,
        dates: read.dates,
        activation: read.activation,
        detail: read.detail,
        ..card.clone()
    };
    Ok((changed, is_reviewed))
}

fn grows(before: CardDates, after: CardDates) -> bool {
    match (before, after) {
        (CardDates::Moments(from, until), CardDates::Moments(new_from, new_until)) => {
            new_from <= from && new_until >= until
        }
        _ => before == after,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::errmsg::CardProblem;
    use crate::server::card::fixture::{Shop, coupon_with};
    use crate::world::card::{Activation, Card, OfferCard};

    const PATH: &str = "/card/update";

    #[test]
    fn what_changes_is_on_the_card_and_all_else_stays() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        let body = json!({
            "card_id": id,
            "general_coupon": { "base_info": { "service_phone": "1", "get_limit": 1 }, "default_detail": "两杯" },
        });
        let told = shop.call(PATH, &body);
        assert_eq!(
            told,
            json!({ "errcode": 0, "errmsg": "ok", "send_check": false })
        );
        let card = shop.client.world.card(&id).expect("it is there").clone();
        assert_eq!(card.detail["default_detail"], "两杯");
        assert_eq!(card.detail["base_info"]["service_phone"], "1");
        assert_eq!(card.detail["base_info"]["notice"], "出示");
        assert_eq!(
            (card.title.as_str(), card.stock, card.limit),
            ("一杯茶", 10, Some(1))
        );
        assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::Limit));
        assert_eq!(
            shop.taken(&id, &code).status(shop.client.world.now()),
            "NORMAL"
        );
        let body =
            json!({ "card_id": id, "general_coupon": { "base_info": { "color": "Color020" } } });
        assert_eq!(shop.call(PATH, &body)["send_check"], true);
    }

    #[test]
    fn a_time_grows_and_never_shrinks() {
        let mut shop = Shop::new();
        let now_s = shop.client.world.now().0 / 1_000;
        let range = |begin: i64, end: i64| {
            json!({
                "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": begin, "end_timestamp": end,
            })
        };
        let id = shop.create(&coupon_with(
            &json!({ "date_info": range(now_s, now_s + 100) }),
        ));
        let with = |dates| json!({ "card_id": id, "general_coupon": { "base_info": { "date_info": dates } } });
        for dates in [
            range(now_s, now_s + 99),
            range(now_s + 1, now_s + 100),
            json!({ "type": "DATE_TYPE_PERMANENT" }),
        ] {
            assert_eq!(shop.refusal(PATH, &with(dates.clone())), 40100, "{dates}");
        }
        assert_eq!(
            shop.call(PATH, &with(range(now_s - 1, now_s + 200)))["errcode"],
            0
        );
        shop.client.wait(150_000);
        shop.take(&id);
    }

    #[test]
    fn a_membership_card_may_get_another_activation() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({}));
        let body =
            json!({ "card_id": id, "member_card": { "wx_activate": true, "prerogative": "八折" } });
        assert_eq!(shop.call(PATH, &body)["send_check"], true);
        let card = shop.client.world.card(&id).expect("it is there");
        assert_eq!(card.activation, Activation::OneTap);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        shop.check_card_id(PATH, &json!({}));
        let id = shop.coupon();
        for name in super::FIXED {
            let mut body = json!({ "card_id": id, "general_coupon": { "base_info": {} } });
            body["general_coupon"]["base_info"][name] = json!("x");
            assert_eq!(shop.refusal(PATH, &body), 40150, "{name}");
        }
        for (member, code) in [
            (json!({ "member_card": {} }), 41011),
            (json!({ "general_coupon": [] }), 47001),
            (
                json!({ "general_coupon": { "base_info": { "notice": "" } } }),
                41011,
            ),
            (
                json!({ "general_coupon": { "base_info": { "code_type": "x" } } }),
                40072,
            ),
        ] {
            let mut body = member;
            body["card_id"] = id.clone().into();
            assert_eq!(shop.refusal(PATH, &body), code, "{body}");
        }
        shop.call("/card/delete", &json!({ "card_id": id }));
        let body = json!({ "card_id": id, "general_coupon": {} });
        assert_eq!(shop.refusal(PATH, &body), 40078);
        shop.client.world.apply(OfferCard(Card {
            id: "pTea".into(),
            ..Card::default()
        }));
        let body = json!({ "card_id": "pTea", "general_coupon": {} });
        assert_eq!(shop.refusal(PATH, &body), 40150);
    }
}
