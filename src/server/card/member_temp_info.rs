//! `POST /card/membercard/activatetempinfo/get`: what a user filled in, by the ticket that the component gave back.
//!
//! Official page: "Membership cards" (one-tap activation, information of the user who submitted the form).
//!
//! Unverified: 40097 for a ticket that nobody got.

use serde_json::json;

use super::check_account;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getActivateTempInfo",
    Verb::Post,
    "/card/membercard/activatetempinfo/get",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let ticket = asked.text("activate_ticket")?;
    if ticket.is_empty() {
        return Err(errcode::REQUIRED_FIELD_MISSING.because("`activate_ticket` is missing"));
    }
    let unknown = || {
        let why = if ticket.contains('%') {
            "the ticket is encoded as in a query; decode it first"
        } else {
            "no form was submitted for this ticket"
        };
        errcode::INVALID_ARGS.because(why)
    };
    let taken = world.card_of_ticket(&ticket).ok_or_else(unknown)?;
    let card = world.card(&taken.card_id);
    if card.is_none_or(|card| world.card_owner(card) != asked.app_id) {
        let why = "the ticket is of a card of another account";
        return Err(errcode::CARD_NOT_AUTHORIZED.because(why));
    }
    let info = world.member_form(&ticket).ok_or_else(unknown)?;
    Ok(Answer::with(json!({ "info": info })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{STRANGER, Shop};
    use crate::world::card::member::{ActivateMemberCard, MemberCardRequest};

    const PATH: &str = "/card/membercard/activatetempinfo/get";

    #[test]
    fn the_form_is_told_to_the_owner_alone() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({ "wx_activate": true }));
        let url = shop
            .client
            .world
            .member_card_url(&id, "")
            .expect("an address");
        let activate = ActivateMemberCard {
            caller: shop.caller(),
            request: MemberCardRequest::of_url(&url).expect("a query"),
        };
        let back = shop
            .client
            .world
            .apply(activate)
            .expect("a card")
            .expect("a ticket");
        let body = json!({ "activate_ticket": back["activate_ticket"] });
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "info": {
                "common_field_list": [{ "name": "USER_FORM_INFO_FLAG_MOBILE", "value": "13800138000" }],
                "custom_field_list": [],
            },
        });
        assert_eq!(shop.call(PATH, &body), expected);
        assert_eq!(shop.call(PATH, &body), expected, "as often as one asks");
        assert_eq!(shop.refusal_as(STRANGER, PATH, &body), 45030);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        for (body, code) in [
            (json!({}), 41011),
            (json!({ "activate_ticket": "" }), 41011),
            (json!({ "activate_ticket": "abc" }), 40097),
            (json!({ "activate_ticket": "abc%3D" }), 40097),
            (json!({ "activate_ticket": {} }), 47001),
        ] {
            assert_eq!(shop.refusal(PATH, &body), code, "{body}");
        }
    }
}
