//! `POST /card/code/consume`: uses a card up.
//!
//! Official page: "Use cards" (consume a code). The account's server is told with `user_consume_card`, whose
//! `ConsumeSource` is `FROM_API`; `wx.openCard` opens the card no more.
//!
//! Unverified: 40078 for a card whose first moment is still to come or whose last is over.

use serde_json::json;

use super::{check_account, check_usable, refused, taken_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::code::ConsumeCard;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("consumeCode", Verb::Post, "/card/code/consume", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let taken = taken_card(world, asked)?;
    check_usable(world, taken)?;
    if taken.is_early(world.now()) {
        let why = "the first moment of the card is still to come";
        return Err(errcode::INVALID_CARD_STATUS.because(why));
    }
    let consume = ConsumeCard {
        card_id: taken.card_id.clone(),
        code: taken.code.clone(),
    };
    let used = world.apply(consume).map_err(refused)?;
    Ok(Answer::with(json!({
        "card": { "card_id": used.card_id },
        "openid": used.open_id,
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::errmsg::CardProblem;
    use crate::server::card::fixture::{STRANGER, Shop, coupon_with};

    const PATH: &str = "/card/code/consume";

    #[test]
    fn a_card_is_used_up_once_and_opens_no_more() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        let caller = shop.caller();
        assert!(shop.client.world.usable_card(&caller, &id, &code).is_ok());
        let told = shop.call(PATH, &json!({ "code": code }));
        let expected = json!({
            "errcode": 0, "errmsg": "ok", "card": { "card_id": id }, "openid": shop.open_id(),
        });
        assert_eq!(told, expected);
        let opened = shop.client.world.usable_card(&caller, &id, &code);
        assert_eq!(opened.map(|it| it.state), Err(CardProblem::NotUsable));
        for body in [
            json!({ "code": code }),
            json!({ "code": code, "card_id": id }),
        ] {
            assert_eq!(shop.refusal(PATH, &body), 40099);
        }
    }

    #[test]
    fn the_server_of_the_account_is_told() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        shop.call(PATH, &json!({ "code": code }));
        let pushed = shop.pushed();
        let account = crate::server::card::fixture::ACCOUNT;
        let now_s = shop.client.world.now().0 / 1_000;
        let expected = json!({
            "ToUserName": shop.client.world.original_id(account),
            "FromUserName": shop.open_id(),
            "CreateTime": now_s,
            "MsgType": "event",
            "Event": "user_consume_card",
            "CardId": id,
            "UserCardCode": code,
            "ConsumeSource": "FROM_API",
            "OuterStr": "door",
            "LocationName": "",
            "StaffOpenId": "",
            "VerifyCode": "",
            "RemarkAmount": "",
        });
        assert_eq!(pushed.last(), Some(&expected));
        assert_eq!(shop.pushed_events(), ["user_get_card", "user_consume_card"]);
    }

    #[test]
    fn a_card_that_is_not_good_is_not_used_up() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let term = json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 1, "fixed_begin_term": 1 });
        let id = shop.create(&coupon_with(&json!({ "date_info": term })));
        let codes = [shop.take(&id), shop.take(&id), shop.take(&id)];
        let body = |at: usize| json!({ "code": codes[at] });
        assert_eq!(shop.refusal(PATH, &body(0)), 40078, "early");
        shop.client.wait(86_400_000);
        assert_eq!(shop.call(PATH, &body(0))["errcode"], 0);
        shop.call("/card/code/unavailable", &body(1));
        assert_eq!(shop.refusal(PATH, &body(1)), 40127);
        assert_eq!(shop.refusal_as(STRANGER, PATH, &body(2)), 45030);
        shop.client.wait(86_400_000);
        assert_eq!(shop.refusal(PATH, &body(2)), 40078, "over");
        assert_eq!(shop.refusal(PATH, &json!({ "code": "1" })), 40056);
        assert_eq!(shop.refusal(PATH, &json!({ "card_id": id })), 41011);
    }
}
