//! Cards, as calls of the control interface.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::control::{Told, body, caller};
use crate::errmsg::Reason;
use crate::server::Request;
use crate::world::World;
use crate::world::card::ext::CardExt;
use crate::world::card::take::TakeCard;

/// Cards that are listed, the latest.
const SHOWN_MAX: usize = 200;

/// The cards that merchants hand out, and those that users took, the newest first.
pub(super) fn all(world: &World) -> Json {
    let offered = world.cards().iter().rev().take(SHOWN_MAX).map(|card| {
        json!({
            "card_id": card.id,
            "title": card.title,
            "card_type": card.kind,
            "owner": world.card_owner(card),
            "left": world.cards_left(card),
            "isDeleted": card.is_deleted,
        })
    });
    let taken = world.taken_cards().iter().rev().take(SHOWN_MAX);
    let taken = taken.map(|card| {
        json!({
            "card_id": card.card_id,
            "code": card.code,
            "user": card.user_id,
            "openid": card.open_id,
            "status": card.status(world.now()),
            "outer_str": card.outer_str,
            "isActive": card.member.is_some(),
        })
    });
    json!({ "offered": offered.collect::<Json>(), "taken": taken.collect::<Json>() })
}

/// `{"appid", "user", "cardId": "p…", "cardExt": "{…}"}`: `wx.addCard` of one card, which the user takes.
pub(super) fn take(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Body {
        appid: Option<String>,
        user: Option<String>,
        card_id: String,
        card_ext: Json,
    }
    let body: Body = body(request)?;
    let caller = caller(world, body.appid.as_deref(), body.user.as_deref())?;
    let text = match body.card_ext {
        Json::String(text) => text,
        json => json.to_string(),
    };
    let profile = world.profile().clone();
    let words = |problem| {
        let words = Reason::Card(problem).text("addCard", &profile);
        format!("addCard:fail {words}")
    };
    let ext = CardExt::read(&text).map_err(words)?;
    let card_id = body.card_id;
    let taken = TakeCard {
        caller,
        card_id: card_id.clone(),
        ext,
    };
    let code = world.apply(taken).map_err(words)?;
    Ok(json!({ "cardId": card_id, "cardExt": text, "code": code }))
}
