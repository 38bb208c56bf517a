//! `POST /card/code/unavailable`: the merchant takes a card back for ever.
//!
//! Official page: "Manage cards" (set a code unavailable).
//!
//! Unverified: a card that was used, deleted or is over gives the codes of `card/code/get`.

use super::{check_account, check_usable, refused, taken_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::code::DisableCard;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "unavailableCode",
    Verb::Post,
    "/card/code/unavailable",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let taken = taken_card(world, asked)?;
    check_usable(world, taken)?;
    let disable = DisableCard {
        card_id: taken.card_id.clone(),
        code: taken.code.clone(),
    };
    world.apply(disable).map_err(refused)?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::errmsg::CardProblem;
    use crate::server::card::fixture::{STRANGER, Shop};

    const PATH: &str = "/card/code/unavailable";

    #[test]
    fn a_card_that_was_taken_back_opens_no_more() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        let body = json!({ "code": code, "card_id": id });
        assert_eq!(
            shop.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        let opened = shop.client.world.usable_card(&shop.caller(), &id, &code);
        assert_eq!(opened.map(|it| it.state), Err(CardProblem::NotUsable));
        assert_eq!(shop.refusal(PATH, &body), 40127);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let id = shop.coupon();
        let (used, other) = (shop.take(&id), shop.take(&id));
        shop.call("/card/code/consume", &json!({ "code": used }));
        assert_eq!(shop.refusal(PATH, &json!({ "code": used })), 40099);
        assert_eq!(
            shop.refusal_as(STRANGER, PATH, &json!({ "code": other })),
            45030
        );
        assert_eq!(shop.refusal(PATH, &json!({ "code": "1" })), 40056);
        assert_eq!(shop.refusal(PATH, &json!({})), 41011);
    }
}
