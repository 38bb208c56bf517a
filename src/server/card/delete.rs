//! `POST /card/delete`: nobody takes the card any more.
//!
//! Official page: "Manage cards" (delete). Cards that users took before stay good.
//!
//! Unverified: 40078 for a card that was deleted before.

use super::{check_account, own_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::{Card, OfferCard};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("deleteCard", Verb::Post, "/card/delete", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let card = own_card(world, asked, &asked.text("card_id")?)?.clone();
    if card.is_deleted {
        return Err(errcode::INVALID_CARD_STATUS.because("the card was deleted before"));
    }
    world.apply(OfferCard(Card {
        is_deleted: true,
        ..card
    }));
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::errmsg::CardProblem;
    use crate::server::card::fixture::Shop;

    #[test]
    fn nobody_takes_it_any_more_and_who_has_it_keeps_it() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        let body = json!({ "card_id": id });
        assert_eq!(
            shop.call("/card/delete", &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        assert_eq!(shop.take_hidden(&id, ""), Err(CardProblem::NoSuchCard));
        let told = shop.call("/card/get", &body);
        let status = &told["card"]["general_coupon"]["base_info"]["status"];
        assert_eq!(status, "CARD_STATUS_DELETE");
        assert_eq!(shop.refusal("/card/delete", &body), 40078);
        let used = shop.call("/card/code/consume", &json!({ "code": code }));
        assert_eq!(used["errcode"], 0);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates("/card/delete");
        shop.check_card_id("/card/delete", &json!({}));
    }
}
