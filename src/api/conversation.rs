//! The question of what the user does in a conversation, and its answers.
//!
//! `return`, or an object: `text` and `sendCard` are sent, then `card` or `link` (their number in the
//! conversation, from 1) leads back to a page. A `card` that is an object with `path`, and perhaps `query` and
//! `title`, came from the service just now.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::question::Question;
use crate::world::conversation::{Card, Content, Conversation, Door, GetCard, Say};
use crate::world::{Caller, World};

/// What entries of the question begin with.
const CARD: &str = "card ";
const LINK: &str = "link ";

/// The question to a user in the conversation.
pub fn question(world: &World, caller: &Caller) -> Question {
    let offer = world.conversation(caller).and_then(Conversation::offer);
    let offer = offer.map(|card| format!("; to send: card “{}” {}", card.title, card.page));
    let text = format!(
        "customer service of {}{}",
        world.app().name,
        offer.unwrap_or_default()
    );
    Question {
        entries: entries(world, caller),
        ..Question::new("conversation", text)
    }
}

/// What leads to pages there, as the question shows it.
pub fn entries(world: &World, caller: &Caller) -> Vec<String> {
    let doors = world.doors(caller).into_iter();
    let shown = doors.map(|door| {
        let kind = if door.is_card { CARD } else { LINK };
        format!("{kind}“{}” {}", door.title, door.page)
    });
    shown.collect()
}

/// Whether an answer has the form of one.
pub fn is_answer(answer: &Map<String, Json>) -> bool {
    let number = |value: &Json| value.as_u64().is_some_and(|it| it > 0);
    let place = |value: &Json| {
        value["path"].is_string()
            && value.as_object().is_some_and(|members| {
                members.iter().all(|(key, value)| match key.as_str() {
                    "path" | "title" => value.is_string(),
                    "query" => value.as_object().is_some_and(all_texts),
                    _ => false,
                })
            })
    };
    let fits = |(key, value): (&String, &Json)| match key.as_str() {
        "text" => value.is_string(),
        "sendCard" => *value == true,
        "card" => number(value) || place(value),
        "link" => number(value),
        _ => false,
    };
    let both = answer.contains_key("card") && answer.contains_key("link");
    !answer.is_empty() && !both && answer.iter().all(fits)
}

fn all_texts(query: &Map<String, Json>) -> bool {
    query.values().all(Json::is_string)
}

/// Whether the conversation has what an answer names.
///
/// # Errors
/// What it does not have.
pub fn has(entries: &[String], answer: &Map<String, Json>) -> Result<(), String> {
    for (key, kind) in [("card", CARD), ("link", LINK)] {
        let there = entries.iter().filter(|it| it.starts_with(kind)).count();
        let wanted = answer.get(key).and_then(Json::as_u64);
        if wanted.is_some_and(|wanted| wanted > there as u64) {
            return Err(format!("the conversation has {there} {key}s"));
        }
    }
    Ok(())
}

/// The answers that name something that is there, for help texts.
pub fn possible(entries: &[String]) -> Vec<String> {
    let kinds = [("card", CARD), ("link", LINK)];
    let there = kinds
        .iter()
        .filter(|(_, kind)| entries.iter().any(|it| it.starts_with(kind)));
    there.map(|(key, _)| format!("{{\"{key}\":1}}")).collect()
}

/// The user sends what the answer says.
pub(super) fn say(world: &mut World, caller: &Caller, answer: &Json) {
    if let Some(text) = answer["text"].as_str() {
        world.apply(Say(caller.clone(), Content::Text(text.to_owned())));
    }
    let offer = world.conversation(caller).and_then(Conversation::offer);
    if let Some(card) = offer.cloned().filter(|_| answer["sendCard"] == true) {
        world.apply(Say(caller.clone(), Content::Card(card)));
    }
}

/// A card that the answer itself describes.
pub fn described(answer: &Json) -> Option<Card> {
    let card = &answer["card"];
    Some(Card {
        title: card["title"].as_str().unwrap_or_default().to_owned(),
        page: with_query(card["path"].as_str()?, &card["query"]),
        image: String::new(),
    })
}

/// What the user taps; a card that the answer itself describes comes from the service.
pub fn door(world: &mut World, caller: &Caller, answer: &Json) -> Option<Door> {
    if let Some(card) = described(answer) {
        world.apply(GetCard(caller.clone(), card.clone()));
        return Some(Door {
            is_card: true,
            title: card.title,
            page: card.page,
        });
    }
    let number = |key: &str| usize::try_from(answer[key].as_u64()?).ok()?.checked_sub(1);
    let (wanted, at) = match (number("card"), number("link")) {
        (Some(at), _) => (true, at),
        (None, at) => (false, at?),
    };
    let mut doors = world.doors(caller).into_iter();
    doors.by_ref().filter(|it| it.is_card == wanted).nth(at)
}

/// An address with more of a query.
fn with_query(path: &str, query: &Json) -> String {
    let mut url = path.to_owned();
    for (key, value) in query.as_object().into_iter().flatten() {
        let mark = if url.contains('?') { '&' } else { '?' };
        let value = value.as_str().unwrap_or_default();
        let _ = write!(url, "{mark}{key}={value}");
    }
    url
}
