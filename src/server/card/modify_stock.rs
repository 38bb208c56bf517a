//! `POST /card/modifystock`: more or fewer cards are left.
//!
//! Official page: "Manage cards" (stock). The body has `increase_stock_value`, `reduce_stock_value` or both.
//!
//! Unverified: what is left never falls below 0 (40122).

use super::base_info::STOCK_MAX;
use super::{check_account, own_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::{Card, OfferCard};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("modifyStock", Verb::Post, "/card/modifystock", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let card = own_card(world, asked, &asked.text("card_id")?)?;
    let (more, fewer) = (
        asked.integer("increase_stock_value")?,
        asked.integer("reduce_stock_value")?,
    );
    if more.is_none() && fewer.is_none() {
        return Err(errcode::REQUIRED_FIELD_MISSING
            .because("there is neither `increase_stock_value` nor `reduce_stock_value`"));
    }
    let (more, fewer) = (more.unwrap_or_default(), fewer.unwrap_or_default());
    if !(0..=STOCK_MAX).contains(&more) || !(0..=STOCK_MAX).contains(&fewer) {
        let why = format!("a stock changes by 0 to {STOCK_MAX}");
        return Err(errcode::INVALID_CARD_QUANTITY.because(why));
    }
    let left = i64::from(world.cards_left(card)) + more - fewer;
    let stock = i64::from(card.stock) + more - fewer;
    if left < 0 || stock > STOCK_MAX {
        let why = format!("{left} would be left of {stock}; it is 0 to {STOCK_MAX}");
        return Err(errcode::INVALID_CARD_QUANTITY.because(why));
    }
    let card = Card {
        stock: u32::try_from(stock).unwrap_or_default(),
        ..card.clone()
    };
    world.apply(OfferCard(card));
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::errmsg::CardProblem;
    use crate::server::card::fixture::Shop;

    const PATH: &str = "/card/modifystock";

    #[test]
    fn what_is_left_can_be_taken() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        shop.take(&id);
        let less = json!({ "card_id": id, "increase_stock_value": 0, "reduce_stock_value": "9" });
        assert_eq!(
            shop.call(PATH, &less),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::SoldOut));
        let more = json!({ "card_id": id, "increase_stock_value": 1 });
        assert_eq!(shop.call(PATH, &more)["errcode"], 0);
        shop.take(&id);
        assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::SoldOut));
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        shop.check_card_id(PATH, &json!({ "increase_stock_value": 1 }));
        let id = shop.coupon();
        shop.take(&id);
        for (change, code) in [
            (json!({}), 41011),
            (json!({ "reduce_stock_value": 10 }), 40122),
            (json!({ "reduce_stock_value": -1 }), 40122),
            (json!({ "increase_stock_value": -1 }), 40122),
            (json!({ "increase_stock_value": 99_999_991 }), 40122),
            (
                json!({ "increase_stock_value": i64::MAX, "reduce_stock_value": i64::MAX }),
                40122,
            ),
            (json!({ "increase_stock_value": "some" }), 47001),
        ] {
            let mut body = change;
            body["card_id"] = id.clone().into();
            assert_eq!(shop.refusal(PATH, &body), code, "{body}");
        }
    }
}
