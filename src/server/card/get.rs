//! `POST /card/get`: everything about a card.
//!
//! Official page: "Manage cards" (details). What `card/create` got comes back with `id`, `status` and what is left.
//!
//! Unverified: a card that was taken once has the status CARD_STATUS_DISPATCH; one that the project made has the members
//! that the world knows.

use serde_json::{Map, Value as Json, json};

use super::{base_info, check_account, own_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::{Card, CardDates, Codes};

pub(super) const ENDPOINT: Endpoint = Endpoint::new("getCard", Verb::Post, "/card/get", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let card = own_card(world, asked, &asked.text("card_id")?)?;
    let mut told = Map::new();
    told.insert("card_type".to_owned(), card.kind.word().into());
    told.insert(base_info::member_of(card.kind), detail(world, card));
    Ok(Answer::with(json!({ "card": told })))
}

/// `status` of a card.
pub(super) fn status(world: &World, card: &Card) -> &'static str {
    if card.is_deleted {
        "CARD_STATUS_DELETE"
    } else if world.cards_left(card) < card.stock {
        "CARD_STATUS_DISPATCH"
    } else {
        "CARD_STATUS_VERIFY_OK"
    }
}

/// The members of the kind.
fn detail(world: &World, card: &Card) -> Json {
    let mut detail = card.detail.clone();
    if detail.is_null() {
        detail = json!({ "base_info": {
            "title": card.title,
            "use_custom_code": card.codes != Codes::Generated,
            "bind_openid": card.bind_openid,
            "get_limit": card.limit.unwrap_or(card.stock),
            "date_info": dates(card.dates),
        }});
    }
    let base = &mut detail["base_info"];
    base["id"] = card.id.clone().into();
    base["status"] = status(world, card).into();
    base["sku"] = json!({ "quantity": world.cards_left(card), "total_quantity": card.stock });
    if base["get_limit"].is_null() {
        base["get_limit"] = card.stock.into();
    }
    if let Some(made) = card.made {
        base["create_time"] = made.0.div_euclid(1_000).into();
    }
    detail
}

fn dates(dates: CardDates) -> Json {
    const DAY_S: i64 = 86_400;
    let range = |from: i64, until: i64| {
        json!({
            "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": from, "end_timestamp": until,
        })
    };
    match dates {
        CardDates::Permanent => json!({ "type": "DATE_TYPE_PERMANENT" }),
        CardDates::Range(from, until) => range(
            from.midnight_unix_ms() / 1_000,
            until.midnight_unix_ms() / 1_000 + DAY_S - 1,
        ),
        CardDates::Moments(from, until) => range(from / 1_000, until / 1_000),
        CardDates::Term { days, after } => json!({
            "type": "DATE_TYPE_FIX_TERM", "fixed_term": days, "fixed_begin_term": after,
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::Date;
    use crate::server::card::fixture::{ACCOUNT, STRANGER, Shop};
    use crate::world::card::{Card, CardDates, Codes, OfferCard};

    fn get(shop: &mut Shop, card_id: &str) -> Json {
        shop.call("/card/get", &json!({ "card_id": card_id }))
    }

    #[test]
    fn what_was_created_comes_back_with_what_is_left() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let told = get(&mut shop, &id);
        let now_s = shop.client.world.now().0 / 1_000;
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "card": {
                "card_type": "GENERAL_COUPON",
                "general_coupon": {
                    "base_info": {
                        "logo_url": "http://mmbiz.qpic.cn/logo.png",
                        "brand_name": "茶馆",
                        "code_type": "CODE_TYPE_TEXT",
                        "title": "一杯茶",
                        "color": "Color010",
                        "notice": "出示",
                        "description": "每人一杯",
                        "sku": { "quantity": 10, "total_quantity": 10 },
                        "date_info": { "type": "DATE_TYPE_PERMANENT" },
                        "id": id,
                        "status": "CARD_STATUS_VERIFY_OK",
                        "get_limit": 10,
                        "create_time": now_s,
                    },
                    "default_detail": "一杯",
                },
            },
        });
        assert_eq!(told, expected);
        shop.take(&id);
        let base = &get(&mut shop, &id)["card"]["general_coupon"]["base_info"];
        assert_eq!(base["sku"], json!({ "quantity": 9, "total_quantity": 10 }));
        assert_eq!(base["status"], "CARD_STATUS_DISPATCH");
    }

    #[test]
    fn a_card_of_the_project_is_told_as_the_world_knows_it() {
        let mut shop = Shop::new();
        let day = Date::new(2030, 1, 1);
        let dates = [
            (
                CardDates::Range(day, day),
                json!({
                    "type": "DATE_TYPE_FIX_TIME_RANGE",
                    "begin_timestamp": 1_893_427_200, "end_timestamp": 1_893_513_599,
                }),
            ),
            (
                CardDates::Moments(1_000, 2_999),
                json!({
                    "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 1, "end_timestamp": 2,
                }),
            ),
            (
                CardDates::Term { days: 3, after: 1 },
                json!({
                    "type": "DATE_TYPE_FIX_TERM", "fixed_term": 3, "fixed_begin_term": 1,
                }),
            ),
            (
                CardDates::Permanent,
                json!({ "type": "DATE_TYPE_PERMANENT" }),
            ),
        ];
        for (dates, told_dates) in dates {
            shop.client.world.apply(OfferCard(Card {
                id: "pTea".into(),
                title: "Tea".into(),
                codes: Codes::Own,
                limit: Some(2),
                dates,
                ..Card::default()
            }));
            let told = get(&mut shop, "pTea");
            let base = &told["card"]["general_coupon"]["base_info"];
            let expected = json!({
                "title": "Tea",
                "use_custom_code": true,
                "bind_openid": false,
                "get_limit": 2,
                "date_info": told_dates,
                "id": "pTea",
                "status": "CARD_STATUS_VERIFY_OK",
                "sku": { "quantity": 100, "total_quantity": 100 },
            });
            assert_eq!(*base, expected);
        }
    }

    #[test]
    fn a_card_without_owner_belongs_to_the_bound_account() {
        let mut shop = Shop::new();
        shop.client.world.apply(OfferCard(Card {
            id: "pTea".into(),
            ..Card::default()
        }));
        let card = shop.client.world.card("pTea").expect("it is there");
        assert_eq!(shop.client.world.card_owner(card), ACCOUNT);
        assert_eq!(get(&mut shop, "pTea")["errcode"], 0);
        let body = json!({ "card_id": "pTea" });
        assert_eq!(shop.refusal_as(STRANGER, "/card/get", &body), 45030);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates("/card/get");
        shop.check_card_id("/card/get", &json!({}));
        assert_eq!(shop.refusal("/card/get", &json!({ "card_id": [] })), 47001);
    }
}
