//! `POST /card/code/get`: what became of a card that a user took.
//!
//! Official page: "Use cards" (query a code). With `check_consume` (the default) a card that cannot be used is an
//! error; without, its state is told. Only cards with codes of the merchant need `card_id`.
//!
//! Unverified: a card that is always good has the times 0 and [`FOREVER_S`]; one whose first moment is still to come
//! has `can_consume` false and no error.

use serde_json::json;

use super::{check_account, check_usable, taken_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

/// The last second of a card that is always good: the largest number of 32 bits.
const FOREVER_S: i64 = 2_147_483_647;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getCode", Verb::Post, "/card/code/get", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let checks = asked.flag("check_consume")?.unwrap_or(true);
    let taken = taken_card(world, asked)?;
    let usable = check_usable(world, taken);
    if checks {
        usable.clone()?;
    }
    let (begin, end) = match taken.good {
        Some((begin, end)) => (begin.div_euclid(1_000), end.div_euclid(1_000)),
        None => (0, FOREVER_S),
    };
    Ok(Answer::with(json!({
        "card": { "card_id": taken.card_id, "begin_time": begin, "end_time": end },
        "openid": taken.open_id,
        "can_consume": usable.is_ok() && !taken.is_early(world.now()),
        "outer_str": taken.outer_str,
        "user_card_status": taken.status(world.now()),
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::server::card::fixture::{STRANGER, Shop, coupon_with};
    use crate::world::card::code::DeleteTakenCard;

    const PATH: &str = "/card/code/get";

    fn state(shop: &mut Shop, code: &str) -> (Json, Json) {
        let told = shop.call(PATH, &json!({ "code": code, "check_consume": false }));
        (
            told["user_card_status"].clone(),
            told["can_consume"].clone(),
        )
    }

    #[test]
    fn a_card_that_was_taken_is_told() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        let told = shop.call(PATH, &json!({ "code": code }));
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "card": { "card_id": id, "begin_time": 0, "end_time": 2_147_483_647 },
            "openid": shop.open_id(),
            "can_consume": true,
            "outer_str": "door",
            "user_card_status": "NORMAL",
        });
        assert_eq!(told, expected);
        assert_ne!(
            shop.open_id(),
            shop.client.open_id(),
            "of the account, not of the program"
        );
    }

    #[test]
    fn every_state_is_told_or_an_error() {
        let mut shop = Shop::new();
        let term = json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 1, "fixed_begin_term": 1 });
        let id = shop.create(&coupon_with(&json!({ "date_info": term })));
        let codes = [
            shop.take(&id),
            shop.take(&id),
            shop.take(&id),
            shop.take(&id),
        ];
        let [normal, used, back, gone] = codes.each_ref();
        assert_eq!(
            state(&mut shop, normal),
            (json!("NORMAL"), json!(false)),
            "it is early"
        );
        assert_eq!(
            shop.call(PATH, &json!({ "code": normal }))["can_consume"],
            false
        );
        shop.client.wait(86_400_000);
        shop.call("/card/code/consume", &json!({ "code": used }));
        shop.call("/card/code/unavailable", &json!({ "code": back }));
        let caller = shop.caller();
        let delete = DeleteTakenCard {
            caller,
            card_id: id.clone(),
            code: gone.clone(),
        };
        assert_eq!(shop.client.world.apply(delete), Ok(()));
        assert_eq!(state(&mut shop, normal), (json!("NORMAL"), json!(true)));
        for (code, word, errcode) in [
            (used, "CONSUMED", 40099),
            (back, "UNAVAILABLE", 40127),
            (gone, "DELETE", 40127),
        ] {
            assert_eq!(state(&mut shop, code), (json!(word), json!(false)));
            for body in [
                json!({ "code": code }),
                json!({ "code": code, "check_consume": "true" }),
            ] {
                assert_eq!(shop.refusal(PATH, &body), errcode, "{word}");
            }
        }
        shop.client.wait(86_400_000);
        assert_eq!(state(&mut shop, normal), (json!("EXPIRE"), json!(false)));
        assert_eq!(shop.refusal(PATH, &json!({ "code": normal })), 40078);
    }

    #[test]
    fn the_text_of_a_card_that_is_gone_is_the_platforms_own() {
        let mut shop = Shop::new();
        let id = shop.coupon();
        let code = shop.take(&id);
        shop.call("/card/code/unavailable", &json!({ "code": code }));
        let told = shop.call(PATH, &json!({ "code": code }));
        let text = told["errmsg"].as_str().expect("a text");
        let start = "invalid user-card status! Hint: the card was given to user, but may be deleted or set unavailable !";
        assert!(text.starts_with(start), "{text}");
    }

    #[test]
    fn a_code_of_the_merchant_needs_its_card() {
        let mut shop = Shop::new();
        let own = coupon_with(&json!({ "use_custom_code": true }));
        let (one, two) = (shop.create(&own), shop.create(&own));
        shop.take_own(&one, "TEA");
        shop.take_own(&two, "TEA");
        assert_eq!(shop.refusal(PATH, &json!({ "code": "TEA" })), 41012);
        for id in [one, two] {
            let told = shop.call(PATH, &json!({ "code": "TEA", "card_id": id }));
            assert_eq!(told["card"]["card_id"], json!(id));
        }
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let id = shop.coupon();
        let hidden = shop.take_hidden(&id, "").expect("it is right");
        let code = shop.client.world.taken_cards()[0].code.clone();
        for (body, errcode) in [
            (json!({}), 41011),
            (json!({ "code": "" }), 41011),
            (json!({ "code": "110201201245" }), 40056),
            (json!({ "code": "110201201245", "card_id": id }), 40056),
            (json!({ "code": code, "card_id": "pNone" }), 40073),
            (json!({ "code": "x".repeat(33) }), 40116),
            (json!({ "code": "a\nb" }), 40116),
            (json!({ "code": hidden }), 40116),
            (json!({ "code": [] }), 47001),
            (json!({ "code": code, "check_consume": 5 }), 47001),
        ] {
            assert_eq!(shop.refusal(PATH, &body), errcode, "{body}");
        }
        for body in [
            json!({ "code": code }),
            json!({ "code": code, "card_id": id }),
        ] {
            assert_eq!(shop.refusal_as(STRANGER, PATH, &body), 45030, "{body}");
        }
    }
}
