//! `POST /card/membercard/userinfo/get`: who has a membership card, and what is on it.
//!
//! Official page: "Membership cards" (information of a member).
//!
//! Unverified: a card that is not active has an empty number, no form, and `has_active` false.

use serde_json::json;

use super::{check_account, member_card, taken_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::member::sex;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getMemberCardUserInfo",
    Verb::Post,
    "/card/membercard/userinfo/get",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let taken = taken_card(world, asked)?;
    member_card(world, asked, &taken.card_id)?;
    let user = world.user_of(&taken.user_id);
    let user = user.ok_or_else(|| errcode::INVALID_SERIAL_CODE.because("its user is gone"))?;
    let member = taken.member.clone().unwrap_or_default();
    let form = world
        .filled_form(taken)
        .filter(|_| taken.activation.is_some());
    let empty = || json!({ "common_field_list": [], "custom_field_list": [] });
    Ok(Answer::with(json!({
        "openid": taken.open_id,
        "nickname": user.nickname,
        "membership_number": member.number,
        "bonus": member.bonus,
        "balance": member.balance,
        "sex": sex(user),
        "user_info": form.unwrap_or_else(empty),
        "user_card_status": taken.status(world.now()),
        "has_active": taken.member.is_some(),
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{STRANGER, Shop};

    const PATH: &str = "/card/membercard/userinfo/get";

    #[test]
    fn an_inactive_card_and_an_active_one_are_told() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({}));
        let code = shop.take(&id);
        let body = json!({ "card_id": id, "code": code });
        let mut expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "openid": shop.open_id(),
            "nickname": "小明",
            "membership_number": "",
            "bonus": 0,
            "balance": 0,
            "sex": "MALE",
            "user_info": { "common_field_list": [], "custom_field_list": [] },
            "user_card_status": "NORMAL",
            "has_active": false,
        });
        assert_eq!(shop.call(PATH, &body), expected);
        let activate =
            json!({ "membership_number": "A1", "code": code, "init_bonus": 7, "init_balance": 8 });
        shop.call("/card/membercard/activate", &activate);
        expected["membership_number"] = json!("A1");
        expected["bonus"] = json!(7);
        expected["balance"] = json!(8);
        expected["has_active"] = json!(true);
        assert_eq!(shop.call(PATH, &body), expected);
        shop.call("/card/code/unavailable", &json!({ "code": code }));
        expected["user_card_status"] = json!("UNAVAILABLE");
        assert_eq!(shop.call(PATH, &body), expected);
    }

    #[test]
    fn a_card_that_is_active_at_once_is_so_when_it_is_taken() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({ "auto_activate": true }));
        let code = shop.take(&id);
        let told = shop.call(PATH, &json!({ "card_id": id, "code": code }));
        assert_eq!(told["has_active"], true);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let (id, coupon) = (shop.member_card(&json!({})), shop.coupon());
        let (code, other) = (shop.take(&id), shop.take(&coupon));
        assert_eq!(shop.refusal(PATH, &json!({})), 41011);
        assert_eq!(
            shop.refusal(PATH, &json!({ "code": "1", "card_id": id })),
            40056
        );
        assert_eq!(
            shop.refusal(PATH, &json!({ "code": other, "card_id": coupon })),
            40071
        );
        let body = json!({ "code": code, "card_id": id });
        assert_eq!(shop.refusal_as(STRANGER, PATH, &body), 45030);
    }
}
