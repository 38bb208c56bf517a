//! What the program's server puts into its answers: cards that it signs, codes that it decrypts.

use serde_json::{Value as Json, json};

use super::ext::CardExt;
use super::member::MemberCardRequest;
use super::ticket::SignCard;
use crate::world::World;

fn card_id(argument: &Json) -> Result<String, String> {
    let id = argument["cardId"].as_str().filter(|id| !id.is_empty());
    id.map(str::to_owned)
        .ok_or_else(|| "it has no `cardId`".to_owned())
}

/// Members of a `cardExt` that the server says itself; the time may be left out.
///
/// # Errors
/// What is wrong with them.
pub fn members(argument: &Json) -> Result<CardExt, String> {
    let mut members = argument.as_object().cloned().unwrap_or_default();
    let has_time = members.contains_key("timestamp");
    if !has_time {
        members.insert("timestamp".to_owned(), 0.into());
    }
    let read = CardExt::read(&Json::Object(members).to_string());
    let mut ext = read.map_err(|problem| problem.text().to_owned())?;
    if !has_time {
        ext.timestamp.clear();
    }
    Ok(ext)
}

/// An element of the `cardList` of `wx.addCard`, signed now for the user who holds the phone.
pub(in crate::world) fn card(world: &mut World, argument: &Json) -> Result<Json, String> {
    let (card_id, ext) = (card_id(argument)?, members(argument)?);
    let signed = world.apply(SignCard {
        caller: world.caller(),
        card_id: card_id.clone(),
        ext,
    });
    let ext = signed.map_err(|problem| problem.text().to_owned())?;
    Ok(json!({ "cardId": card_id, "cardExt": ext.text() }))
}

/// The code of the card that the user took last, decrypted.
pub(in crate::world) fn card_code(world: &mut World, argument: &Json) -> Result<Json, String> {
    let card_id = card_id(argument)?;
    let taken = world.latest_card(&world.caller(), Some(&card_id));
    let taken = taken.ok_or_else(|| format!("the user took no card {card_id} yet"))?;
    Ok(taken.code.clone().into())
}

/// What a program jumps with to activate a membership card, read out of the URL.
pub(in crate::world) fn member_card(world: &mut World, argument: &Json) -> Result<Json, String> {
    let outer = argument["outer_str"].as_str().unwrap_or_default();
    let url = world.member_card_url(&card_id(argument)?, outer);
    let url = url.map_err(|problem| problem.text().to_owned())?;
    let request = MemberCardRequest::of_url(&url).unwrap_or_default();
    Ok(request.extra_data())
}
