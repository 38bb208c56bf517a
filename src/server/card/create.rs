//! `POST /card/create`: a new card of the account.
//!
//! Official page: "Create cards". The id has 28 characters and can be handed out at once.
//!
//! Differs from the platform: there is no review. Tickets of events, films and journeys are not simulated (40071), nor
//! are codes that the merchant deposits first (`get_custom_code_mode`, 43009).
//!
//! Unverified: 45009 when all of the many cards were taken; see also `base_info.rs`.

use serde_json::{Map, Value as Json, json};

use super::form::{flag, object, text};
use super::{base_info, check_account};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::create::{CARDS_MADE_MAX, CardsFull, CreateCard};
use crate::world::card::{Card, CardKind, Codes};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("createCard", Verb::Post, "/card/create", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let body = object(asked.json()?, "card")?;
    let body = body.ok_or_else(|| errcode::REQUIRED_FIELD_MISSING.because("`card` is missing"))?;
    let card = read(world, asked, body)?;
    let id = world.apply(CreateCard(card)).map_err(|CardsFull| {
        let why = format!("{CARDS_MADE_MAX} cards are kept, and all of them were taken");
        errcode::DAILY_QUOTA.because(why)
    })?;
    Ok(Answer::with(json!({ "card_id": id })))
}

fn read(world: &World, asked: &Asked<'_>, body: &Map<String, Json>) -> Result<Card, Fault> {
    let name = text(body, "card_type")?;
    if name.is_empty() {
        return Err(errcode::REQUIRED_FIELD_MISSING.because("`card_type` is missing"));
    }
    let mut kinds = CardKind::ALL.iter();
    let kind = kinds.find(|(own, _)| *own == name).map(|(_, kind)| *kind);
    let kind = kind.ok_or_else(|| {
        let known = CardKind::ALL.map(|(word, _)| word).join(", ");
        errcode::INVALID_CARD_TYPE.because(format!("`card_type` is `{name}`; wxsim has {known}"))
    })?;
    let member = base_info::member_of(kind);
    let detail = object(body, &member)?.ok_or_else(|| {
        errcode::REQUIRED_FIELD_MISSING.because(format!("a card of type {name} has `{member}`"))
    })?;
    let card = base_info::read(kind, detail, world.now())?;
    check_rights(world, asked, &card)?;
    Ok(Card {
        owner: Some(asked.app_id.clone()),
        ..card
    })
}

/// Whether the account may make such a card.
fn check_rights(world: &World, asked: &Asked<'_>, card: &Card) -> Result<(), Fault> {
    let rules = world.server_rules(&asked.app_id);
    if rules.has_no_custom_codes && card.codes != Codes::Generated {
        return Err(errcode::NO_CUSTOM_CODE.into());
    }
    let base = card.detail["base_info"].as_object();
    let mode = base
        .map(|base| text(base, "get_custom_code_mode"))
        .transpose()?;
    if mode.is_some_and(|mode| !mode.is_empty()) {
        return Err(errcode::NO_CUSTOM_CODE.because(
            "wxsim has no deposit of codes; leave `get_custom_code_mode` out and sign each code in `cardExt`",
        ));
    }
    let detail = card.detail.as_object();
    let has_balance = detail
        .map(|detail| flag(detail, "supply_balance"))
        .transpose()?;
    if rules.has_no_stored_value && has_balance == Some(true) {
        return Err(errcode::NO_STORED_VALUE.into());
    }
    Ok(())
}

#[cfg(test)]
#[path = "create_tests.rs"]
mod tests;
