//! `server card …`: what the server of a card's owner does.
//!
//! Official pages: "Cards" of official accounts (`getticket`, `card/code/decrypt`, `card/code/consume`,
//! `activate/geturl`), "Events of cards". Tickets and keys stay out of the trace unless it reveals keys.

use std::fmt;
use std::str::FromStr;

use serde_json::{Value as Json, json};

use super::core::Core;
use super::sim::StepError;
use super::step::BadStep;
use crate::errmsg::CardProblem;
use crate::world::card::TakeCardEvents;
use crate::world::card::code::ConsumeCard;
use crate::world::card::ext::CardExt;
use crate::world::card::server::members;
use crate::world::card::ticket::{GetCardTicket, SignCard};

/// What the server does with cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardStep {
    /// Fetches the `api_ticket` of the card's owner.
    Ticket(String),
    /// Signs a `cardExt` for the user, with these members.
    Sign(String, Option<String>),
    /// Decrypts the code of the card that the user took last, or this one.
    Decrypt(Option<String>),
    /// Uses up the card that the user took last, or the one with this code.
    Consume(Option<String>),
    /// Takes the events of cards.
    Events,
    /// Gets the URL that activates a membership card, with this `outer_str`.
    MemberUrl(String, String),
    /// Asks what was filled in when the membership card of the user was activated.
    MemberForm,
}

/// Its words, for help texts.
pub(super) const FORMS: &str = "card ticket CARD_ID|sign CARD_ID [JSON]|decrypt [CODE]|consume [CODE]|events|member-url CARD_ID \
     [OUTER_STR]|member-form";

impl FromStr for CardStep {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let mut words = text.trim().splitn(3, char::is_whitespace);
        let mut word = || words.next().filter(|it| !it.is_empty()).map(str::to_owned);
        let (verb, first, rest) = (word().unwrap_or_default(), word(), word());
        let step = match (verb.as_str(), first, rest) {
            ("ticket", Some(card_id), None) => Self::Ticket(card_id),
            ("sign", Some(card_id), ext) => Self::Sign(card_id, ext),
            ("decrypt", code, None) => Self::Decrypt(code),
            ("consume", code, None) => Self::Consume(code),
            ("events", None, None) => Self::Events,
            ("member-url", Some(card_id), outer) => {
                Self::MemberUrl(card_id, outer.unwrap_or_default())
            }
            ("member-form", None, None) => Self::MemberForm,
            _ => {
                let wrong = format!("`server {FORMS}`, not `card {text}`");
                return Err(BadStep(wrong));
            }
        };
        if let Self::Sign(_, Some(ext)) = &step {
            signed_members(ext).map_err(BadStep)?;
        }
        Ok(step)
    }
}

impl fmt::Display for CardStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, first, rest) = match self {
            Self::Ticket(card_id) => ("ticket", card_id.as_str(), ""),
            Self::Sign(card_id, ext) => {
                ("sign", card_id.as_str(), ext.as_deref().unwrap_or_default())
            }
            Self::Decrypt(code) => ("decrypt", code.as_deref().unwrap_or_default(), ""),
            Self::Consume(code) => ("consume", code.as_deref().unwrap_or_default(), ""),
            Self::Events => ("events", "", ""),
            Self::MemberUrl(card_id, outer) => ("member-url", card_id.as_str(), outer.as_str()),
            Self::MemberForm => ("member-form", "", ""),
        };
        write!(f, "card {verb}")?;
        for word in [first, rest].into_iter().filter(|word| !word.is_empty()) {
            write!(f, " {word}")?;
        }
        Ok(())
    }
}

/// Members of a `cardExt` that the server says itself.
fn signed_members(text: &str) -> Result<CardExt, String> {
    let json = serde_json::from_str::<Json>(text).ok();
    let json = json.filter(Json::is_object).ok_or_else(|| {
        format!("`server card sign` takes members of cardExt as JSON, not `{text}`")
    })?;
    members(&json).map_err(|problem| format!("`{text}`: {problem}"))
}

/// A result, and the problem that took its place.
type Done = (Json, String);

fn done(result: Result<Json, CardProblem>) -> Done {
    match result {
        Ok(json) => (json, String::new()),
        Err(problem) => (Json::Null, problem.text().to_owned()),
    }
}

impl Core {
    /// The server does something with cards: the result, or what is wrong.
    pub(super) fn serve_card(&mut self, step: &CardStep) -> Result<Done, StepError> {
        let world = &mut self.world;
        let caller = world.caller();
        Ok(match step {
            CardStep::Ticket(card_id) => done(self.card_ticket(card_id)),
            CardStep::Sign(card_id, ext) => {
                let ext = ext.as_deref().map(signed_members);
                let ext = ext.transpose().unwrap_or_default().unwrap_or_default();
                let card_id = card_id.clone();
                let signed = world.apply(SignCard {
                    caller,
                    card_id: card_id.clone(),
                    ext,
                });
                done(signed.map(|ext| json!({ "cardId": card_id, "cardExt": ext.text() })))
            }
            CardStep::Decrypt(code) => {
                let taken = match code {
                    Some(code) => world.decrypt_card_code(code),
                    None => world.latest_card(&caller, None),
                };
                if taken.is_none() && code.is_none() {
                    return Err(StepError::NothingForServer(NO_CARD));
                }
                let taken = taken.ok_or(CardProblem::NotHeld);
                done(taken.map(|taken| json!({ "card_id": taken.card_id, "code": taken.code })))
            }
            CardStep::Consume(code) => {
                let mut all = world.taken_cards().iter();
                let taken = match code {
                    Some(code) => all.find(|taken| taken.code == *code),
                    None => world.latest_card(&caller, None),
                };
                if taken.is_none() && code.is_none() {
                    return Err(StepError::NothingForServer(NO_CARD));
                }
                let consume = taken.map(|taken| ConsumeCard {
                    card_id: taken.card_id.clone(),
                    code: taken.code.clone(),
                });
                let used = consume.ok_or(CardProblem::NotHeld);
                let used = used.and_then(|consume| world.apply(consume));
                done(used.map(|it| json!({ "card_id": it.card_id, "openid": it.open_id })))
            }
            CardStep::Events => done(Ok(world.apply(TakeCardEvents).into())),
            CardStep::MemberUrl(card_id, outer) => {
                done(world.member_card_url(card_id, outer).map(Json::from))
            }
            CardStep::MemberForm => {
                let taken = world.taken_cards().iter().rev();
                let mut own = taken.filter(|it| it.user_id == caller.user_id());
                let ticket = own.find_map(|it| it.activation.as_deref());
                let ticket = ticket.ok_or(StepError::NothingForServer(
                    "the user activated no membership card yet",
                ))?;
                let form = world.member_form(ticket);
                done(form.ok_or(CardProblem::NotHeld))
            }
        })
    }

    fn card_ticket(&mut self, card_id: &str) -> Result<Json, CardProblem> {
        let card = self.world.card(card_id).ok_or(CardProblem::NoSuchCard)?;
        let owner = self.world.card_owner(card);
        let (ticket, life_ms) = self.world.apply(GetCardTicket(owner.clone()));
        let mut result = json!({ "owner": owner, "expires_in": life_ms / 1000 });
        if self.backend.reveals_session_key() {
            result["ticket"] = ticket.into();
            result["code_key"] = self.world.card_key_hex(&owner).into();
        }
        Ok(result)
    }
}

const NO_CARD: &str = "the user took no card yet";

#[cfg(test)]
mod tests {
    use super::CardStep;

    #[test]
    fn a_step_is_read_as_it_is_written() {
        for text in [
            "card ticket p1",
            "card sign p1",
            r#"card sign p1 {"code":"a b","outer_str":"door"}"#,
            "card decrypt",
            "card decrypt AAAA=",
            "card consume",
            "card consume 110201201245",
            "card events",
            "card member-url p1",
            "card member-url p1 door",
            "card member-form",
        ] {
            let rest = text.strip_prefix("card ").expect("the verb");
            let step: CardStep = rest.parse().expect(text);
            assert_eq!(step.to_string(), text);
        }
        for text in [
            "",
            "sign",
            "ticket",
            "events now",
            "give p1",
            "sign p1 []",
            "sign p1 {",
            r#"sign p1 {"code":5}"#,
        ] {
            assert!(text.parse::<CardStep>().is_err(), "{text}");
        }
    }
}
