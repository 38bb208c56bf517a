//! `POST /card/code/decrypt`: the code of a card out of what `wx.addCard` gave.
//!
//! Official page: "Use cards" (decrypt the code). A code that came in a query has to be decoded first.
//!
//! Differs from the platform: a code that was not decoded, for which the platform is known to answer `ok` with
//! bytes of no use, is refused.
//!
//! Unverified: 40056 for a text that no client got.

use serde_json::json;

use super::check_account;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("decryptCode", Verb::Post, "/card/code/decrypt", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let hidden = asked.text("encrypt_code")?;
    if hidden.is_empty() {
        return Err(errcode::REQUIRED_FIELD_MISSING.because("`encrypt_code` is missing"));
    }
    if let Some(taken) = world.decrypt_code_of(&asked.app_id, &hidden) {
        return Ok(Answer::with(json!({ "code": taken.code })));
    }
    let why = if hidden.contains('%') {
        "it is encoded as in a query; decode it first"
    } else if hidden.contains(' ') {
        "it has blanks where a query had `+`; decode it once, and not twice"
    } else if world.decrypt_card_code(&hidden).is_some() {
        "it is of a card of another account; use the token of the card's own"
    } else {
        "no client got this code of wx.addCard"
    };
    Err(errcode::INVALID_SERIAL_CODE.because(why))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{STRANGER, Shop, coupon_with};

    const PATH: &str = "/card/code/decrypt";

    #[test]
    fn the_code_of_each_card_is_found() {
        let mut shop = Shop::new();
        let own = coupon_with(&json!({ "use_custom_code": true }));
        let (one, two) = (shop.create(&own), shop.create(&own));
        let plain = shop.coupon();
        for (card_id, code) in [(&one, "TEA"), (&two, "TEA"), (&one, "茶"), (&plain, "")] {
            let hidden = shop.take_hidden(card_id, code).expect("it is right");
            let told = shop.call(PATH, &json!({ "encrypt_code": hidden }));
            let latest = shop.client.world.taken_cards().back().expect("a card");
            let expected = json!({ "errcode": 0, "errmsg": "ok", "code": latest.code });
            assert_eq!(told, expected);
            let found = shop
                .client
                .world
                .decrypt_card_code(&hidden)
                .expect("a card");
            assert_eq!(
                found.card_id, *card_id,
                "of two with the code, the right one"
            );
        }
    }

    #[test]
    fn what_is_wrong_says_so_and_why() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let id = shop.coupon();
        let hidden = shop.take_hidden(&id, "").expect("it is right");
        let encoded = hidden.replace('=', "%3D");
        for (body, code) in [
            (json!({}), 41011),
            (json!({ "encrypt_code": "" }), 41011),
            (json!({ "encrypt_code": {} }), 47001),
            (json!({ "encrypt_code": "AAAA" }), 40056),
            (json!({ "encrypt_code": encoded }), 40056),
            (
                json!({ "encrypt_code": shop.client.world.taken_cards()[0].code }),
                40056,
            ),
        ] {
            assert_eq!(shop.refusal(PATH, &body), code, "{body}");
        }
        let body = json!({ "encrypt_code": hidden });
        assert_eq!(shop.refusal_as(STRANGER, PATH, &body), 40056);
        let url = shop.client.with_token_of(STRANGER, PATH);
        let response = shop.client.post(&url, body.to_string());
        assert!(response.why.contains("another account"), "{}", response.why);
    }
}
