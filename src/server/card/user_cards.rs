//! `POST /card/user/getcardlist`: the cards of the account that a user has.
//!
//! Official page: "Manage cards" (cards of a user). `openid` is the user's in the official account.
//!
//! Unverified: cards that were used or deleted are not in the list, those that are over or were taken back are;
//! `has_share_card` is always false, as no card can be shared here.

use serde_json::{Value as Json, json};

use super::{check_account, own_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::card::CardState;
use crate::world::{Caller, World};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getUserCardList",
    Verb::Post,
    "/card/user/getcardlist",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let (open_id, card_id) = (asked.text("openid")?, asked.text("card_id")?);
    if open_id.is_empty() {
        return Err(errcode::REQUIRED_FIELD_MISSING.because("`openid` is missing"));
    }
    if !card_id.is_empty() {
        own_card(world, asked, &card_id)?;
    }
    let user_id = user_of(world, asked, &open_id)?;
    let only = Some(card_id.as_str()).filter(|id| !id.is_empty());
    let held = world.cards_of_user(&user_id, only).filter(|taken| {
        let card = world.card(&taken.card_id);
        let is_own = card.is_some_and(|card| world.card_owner(card) == asked.app_id);
        is_own && matches!(taken.state, CardState::Normal | CardState::Unavailable)
    });
    let list: Vec<Json> = held
        .map(|taken| json!({ "code": taken.code, "card_id": taken.card_id }))
        .collect();
    Ok(Answer::with(
        json!({ "card_list": list, "has_share_card": false }),
    ))
}

/// The user whom the account knows by an openid.
fn user_of(world: &World, asked: &Asked<'_>, open_id: &str) -> Result<String, Fault> {
    let find = |app_id: &str| {
        let mut users = world.users().iter();
        users.find(|user| world.open_id(&Caller::new(app_id, user.id.as_str())) == open_id)
    };
    if let Some(user) = find(&asked.app_id) {
        return Ok(user.id.clone());
    }
    let why = if find(world.caller().app_id()).is_some() {
        "this is the user's openid in the mini program; the official account knows the user by another, which \
         card/code/get and the events tell (the unionid is the same)"
    } else {
        "no user has this openid in the official account"
    };
    Err(errcode::INVALID_OPENID.because(why))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::server::card::fixture::{STRANGER, Shop};

    const PATH: &str = "/card/user/getcardlist";

    #[test]
    fn what_the_user_has_of_the_account_is_listed() {
        let mut shop = Shop::new();
        let (one, two) = (shop.coupon(), shop.coupon());
        let codes = [
            shop.take(&one),
            shop.take(&one),
            shop.take(&one),
            shop.take(&two),
        ];
        shop.call("/card/code/consume", &json!({ "code": codes[0] }));
        shop.call("/card/code/unavailable", &json!({ "code": codes[1] }));
        let open_id = shop.open_id();
        let of = |id: &str, code: &str| json!({ "code": code, "card_id": id });
        let told = shop.call(PATH, &json!({ "openid": open_id, "card_id": one }));
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "card_list": [of(&one, &codes[1]), of(&one, &codes[2])],
            "has_share_card": false,
        });
        assert_eq!(told, expected);
        for body in [
            json!({ "openid": open_id }),
            json!({ "openid": open_id, "card_id": "" }),
        ] {
            let told = shop.call(PATH, &body);
            let list = told["card_list"].as_array().map(Vec::len);
            assert_eq!(list, Some(3), "of both cards");
        }
        let stranger = shop.client.world.open_id(&crate::world::Caller::new(
            STRANGER,
            shop.caller().user_id(),
        ));
        let none = shop.call_as(STRANGER, PATH, &json!({ "openid": stranger }));
        assert_eq!(none["card_list"], json!([]));
    }

    #[test]
    fn what_is_wrong_says_so_and_why() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let id = shop.coupon();
        let open_id = shop.open_id();
        let of_program = shop.client.open_id();
        let with = |open_id: &str, card_id: &str| json!({ "openid": open_id, "card_id": card_id });
        let cases: [(Json, i64); 4] = [
            (json!({}), 41011),
            (with("oNobody", ""), 40003),
            (with(&of_program, &id), 40003),
            (with(&open_id, "pNone"), 40073),
        ];
        for (body, code) in cases {
            assert_eq!(shop.refusal(PATH, &body), code, "{body}");
        }
        assert_eq!(shop.refusal_as(STRANGER, PATH, &with(&open_id, &id)), 45030);
        let url = shop
            .client
            .with_token_of(super::super::fixture::ACCOUNT, PATH);
        let response = shop.client.post(&url, with(&of_program, "").to_string());
        assert!(response.why.contains("mini program"), "{}", response.why);
    }
}
