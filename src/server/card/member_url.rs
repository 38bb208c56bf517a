//! `POST /card/membercard/activate/geturl`: the address whose parameters activate a membership card in a program.
//!
//! Official page: "Opening the membership card component". The program decodes `encrypt_card_id`, `outer_str` and
//! `biz` of the query and jumps with them to the platform's own program.
//!
//! Unverified: 40150 for a card without `wx_activate`; a deleted card has no address (40078); `outer_str` has at most
//! [`OUTER_CHARS_MAX`] characters.

use serde_json::json;

use super::{check_account, member_card, refused};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::Activation;

/// Most characters of `outer_str`.
const OUTER_CHARS_MAX: usize = 128;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getActivateUrl",
    Verb::Post,
    "/card/membercard/activate/geturl",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let (card_id, outer) = (asked.text("card_id")?, asked.text("outer_str")?);
    let card = member_card(world, asked, &card_id)?;
    if outer.chars().count() > OUTER_CHARS_MAX {
        let why = format!("`outer_str` has more than {OUTER_CHARS_MAX} characters");
        return Err(errcode::FIELD_TOO_LONG.because(why));
    }
    if card.is_deleted {
        return Err(errcode::INVALID_CARD_STATUS.because("the card was deleted"));
    }
    match card.activation {
        Activation::OneTap | Activation::AfterSubmit => {}
        Activation::ByServer | Activation::Auto => {
            let why = "users activate a card that has `wx_activate: true`; this one has it not";
            return Err(errcode::INVALID_CARD_PARAMETERS.because(why));
        }
    }
    let url = world.member_card_url(&card_id, &outer).map_err(refused)?;
    Ok(Answer::with(json!({ "url": url })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::Shop;
    use crate::world::card::member::MemberCardRequest;

    const PATH: &str = "/card/membercard/activate/geturl";

    #[test]
    fn the_address_has_three_encoded_parameters() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({ "wx_activate": true }));
        let told = shop.call(PATH, &json!({ "card_id": id, "outer_str": "door 1&2" }));
        let url = told["url"].as_str().expect("a text").to_owned();
        assert_eq!(told, json!({ "errcode": 0, "errmsg": "ok", "url": url }));
        let start =
            "https://mp.weixin.qq.com/bizmall/activatemembercard?action=preshow&encrypt_card_id=";
        assert!(
            url.starts_with(start) && url.ends_with("#wechat_redirect"),
            "{url}"
        );
        assert!(url.contains("&outer_str=door%201%262&biz="), "{url}");
        let request = MemberCardRequest::of_url(&url).expect("a query");
        assert_eq!(request.outer_str, "door 1&2");
        assert!(!request.encrypt_card_id.contains(&id));
        let without = shop.call(PATH, &json!({ "card_id": id, "outer_str": null }));
        assert!(
            without["url"]
                .as_str()
                .is_some_and(|it| it.contains("&outer_str=&"))
        );
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        shop.check_card_id(PATH, &json!({}));
        let coupon = shop.coupon();
        assert_eq!(shop.refusal(PATH, &json!({ "card_id": coupon })), 40071);
        for members in [json!({}), json!({ "auto_activate": true })] {
            let id = shop.member_card(&members);
            assert_eq!(
                shop.refusal(PATH, &json!({ "card_id": id })),
                40150,
                "{members}"
            );
        }
        let id = shop.member_card(&json!({ "wx_activate": true }));
        let long = json!({ "card_id": id, "outer_str": "o".repeat(129) });
        assert_eq!(shop.refusal(PATH, &long), 45021);
        shop.call("/card/delete", &json!({ "card_id": id }));
        assert_eq!(shop.refusal(PATH, &json!({ "card_id": id })), 40078);
    }
}
