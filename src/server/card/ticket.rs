//! `GET /cgi-bin/ticket/getticket`: what cards (`wx_card`) or pages of a browser (`jsapi`) are signed with.
//!
//! Official pages: "JS-SDK" (appendix on the `jsapi_ticket`), "Signature of cards". A ticket lives two hours; whoever
//! asks before gets the same one. Calls are few on purpose: a server keeps its ticket.
//!
//! Unverified: [`CALLS_A_DAY`]; 40097 for another type; a call in the life of a ticket tells what is left of it.

use serde_json::json;

use super::check_account;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::ticket::{GetTicket, TicketKind};

/// Calls of an account in a day.
const CALLS_A_DAY: u32 = 10_000;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getTicket", Verb::Get, "/cgi-bin/ticket/getticket", handle).per_day(CALLS_A_DAY);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let kind = match asked
        .request
        .query_value("type")
        .unwrap_or_default()
        .as_str()
    {
        "wx_card" => TicketKind::Card,
        "jsapi" => TicketKind::Page,
        other => {
            let why = format!("`type` is `{other}`; it is `wx_card` or `jsapi`");
            return Err(errcode::INVALID_ARGS.because(why));
        }
    };
    let (ticket, life_ms) = world.apply(GetTicket(asked.app_id.clone(), kind));
    Ok(Answer::with(
        json!({ "ticket": ticket, "expires_in": life_ms / 1_000 }),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::CALLS_A_DAY;
    use crate::server::card::fixture::{ACCOUNT, Shop, UNVERIFIED};
    use crate::server::testing::{APP, code};

    fn get(shop: &mut Shop, app_id: &str, query: &str) -> Json {
        let path = format!("/cgi-bin/ticket/getticket{query}");
        let url = shop.client.with_token_of(app_id, &path);
        shop.client.get(&url).body_json()
    }

    #[test]
    fn a_ticket_of_each_type_lives_two_hours() {
        let mut shop = Shop::new();
        let card = get(&mut shop, ACCOUNT, "?type=wx_card");
        let ticket = card["ticket"].as_str().expect("a text").to_owned();
        let expected =
            json!({ "errcode": 0, "errmsg": "ok", "ticket": ticket, "expires_in": 7_200 });
        assert_eq!(card, expected);
        let page = get(&mut shop, ACCOUNT, "?type=jsapi");
        assert_eq!(page["expires_in"], 7_200);
        assert_ne!(page["ticket"], card["ticket"]);
        shop.client.wait(3_600_000);
        let again = get(&mut shop, ACCOUNT, "?type=wx_card");
        assert_eq!(
            (&again["ticket"], &again["expires_in"]),
            (&card["ticket"], &json!(3_600))
        );
        shop.client.wait(3_600_000);
        let next = get(&mut shop, ACCOUNT, "?type=wx_card");
        assert_ne!(next["ticket"], card["ticket"]);
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        for query in ["", "?type=", "?type=card", "?type=wx_card%20"] {
            assert_eq!(get(&mut shop, ACCOUNT, query)["errcode"], 40097, "{query}");
        }
        for other in [APP, UNVERIFIED] {
            assert_eq!(
                get(&mut shop, other, "?type=wx_card")["errcode"],
                48001,
                "{other}"
            );
        }
        let bare = shop.client.get("/cgi-bin/ticket/getticket?type=wx_card");
        assert_eq!(code(&bare), 41001);
        let url = shop
            .client
            .with_token_of(ACCOUNT, "/cgi-bin/ticket/getticket?type=jsapi");
        assert_eq!(code(&shop.client.post(&url, "{}")), 43001);
    }

    #[test]
    fn a_day_has_few_of_them() {
        let mut shop = Shop::new();
        let url = shop
            .client
            .with_token_of(ACCOUNT, "/cgi-bin/ticket/getticket?type=jsapi");
        for _ in 0..CALLS_A_DAY {
            assert_eq!(code(&shop.client.get(&url)), 0);
        }
        assert_eq!(code(&shop.client.get(&url)), 45009);
    }
}
