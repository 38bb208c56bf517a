//! `api_ticket`: what the server of an official account signs cards with.
//!
//! Official page: "Signature of cards" (`getticket` with the type `wx_card`). A ticket lives two hours;
//! a server keeps it so long and then gets another. Scripts never see one.

use serde::{Deserialize, Serialize};

use super::ext::CardExt;
use super::{Card, Codes};
use crate::crypto::card::{BLOCK_BYTES, signature};
use crate::errmsg::CardProblem;
use crate::world::rng::{Stream, derived_hex, derived_text};
use crate::world::{Caller, Change, Millis, World, sealed::Sealed};

/// How long a ticket lives, in milliseconds.
pub const TICKET_LIFE_MS: i64 = 7_200_000;
/// Characters of a ticket.
const TICKET_CHARS: usize = 86;
/// Characters of the `nonce_str` that the program's server makes.
const NONCE_CHARS: usize = 16;

/// A ticket of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ticket {
    owner: String,
    text: String,
    made: Millis,
}

/// The server of an account asks for its ticket: the one that is alive, or a new one. Gives the text
/// and how long it lives on, in milliseconds.
#[derive(Clone, Debug)]
pub struct GetCardTicket(pub String);

impl Sealed for GetCardTicket {}
impl Change for GetCardTicket {
    type Effect = (String, i64);

    fn apply(self, world: &mut World) -> (String, i64) {
        let (now, owner) = (world.now, self.0);
        let alive = world.tickets_of(&owner).last();
        if let Some(ticket) = alive.filter(|it| now.since(it.made) < TICKET_LIFE_MS) {
            return (ticket.text.clone(), TICKET_LIFE_MS - now.since(ticket.made));
        }
        let number = world.tickets_of(&owner).count().to_string();
        let parts = ["card ticket", owner.as_str(), number.as_str()];
        let text = derived_text(world.seed, &parts, TICKET_CHARS);
        let ticket = Ticket {
            owner,
            text: text.clone(),
            made: now,
        };
        world.cards.tickets.push(ticket);
        (text, TICKET_LIFE_MS)
    }
}

/// The server of a card's owner signs a `cardExt` for a user. What the card needs and `ext` leaves out
/// is filled in: time, `nonce_str`, the user's `openid`, the next code of a list.
#[derive(Clone, Debug)]
pub struct SignCard {
    /// For whom.
    pub caller: Caller,
    /// Which card.
    pub card_id: String,
    /// What the server says itself.
    pub ext: CardExt,
}

impl Sealed for SignCard {}
impl Change for SignCard {
    type Effect = Result<CardExt, CardProblem>;

    fn apply(self, world: &mut World) -> Result<CardExt, CardProblem> {
        let Self {
            caller,
            card_id,
            mut ext,
        } = self;
        let card = world.card(&card_id).ok_or(CardProblem::NoSuchCard)?.clone();
        if ext.timestamp.is_empty() {
            ext.timestamp = world.now.0.div_euclid(1000).to_string();
        }
        if ext.nonce.is_empty() {
            ext.nonce = world.rng.draw_text(Stream::Nonces, NONCE_CHARS);
        }
        if card.bind_openid && ext.open_id.is_empty() {
            ext.open_id = world.open_id(&caller);
        }
        if let (Codes::Listed(codes), true) = (&card.codes, ext.code.is_empty()) {
            let mut free = codes.iter().filter(|code| !world.has_code(&card, code));
            let next = free.next().ok_or(CardProblem::SoldOut)?;
            ext.code.clone_from(next);
        }
        let owner = world.card_owner(&card);
        let (ticket, _) = world.apply(GetCardTicket(owner));
        ext.signature = sign(&ext, &card_id, &ticket);
        Ok(ext)
    }
}

fn sign(ext: &CardExt, card_id: &str, ticket: &str) -> String {
    let [timestamp, card_id, code, open_id, nonce] = ext.signed(card_id);
    signature(&[ticket, timestamp, card_id, code, open_id, nonce])
}

impl World {
    fn tickets_of<'a>(&'a self, owner: &'a str) -> impl Iterator<Item = &'a Ticket> {
        let tickets = self.cards.tickets.iter();
        tickets.filter(move |ticket| ticket.owner == owner)
    }

    /// Whether a ticket of the card's owner that is alive gives the signature.
    pub(super) fn check_signature(&self, card: &Card, ext: &CardExt) -> Result<(), CardProblem> {
        let owner = self.card_owner(card);
        let mut tickets = self.tickets_of(&owner);
        let signed = tickets.find(|it| sign(ext, &card.id, &it.text) == ext.signature);
        let ticket = signed.ok_or(CardProblem::Signature)?;
        if self.now.since(ticket.made) >= TICKET_LIFE_MS {
            return Err(CardProblem::TicketExpired);
        }
        Ok(())
    }

    /// What the codes of an account's cards are encrypted with, in hexadecimal. Scripts never see it.
    pub fn card_key_hex(&self, owner: &str) -> String {
        derived_hex(self.seed, &["card key", owner], 2 * BLOCK_BYTES)
    }
}

#[cfg(test)]
mod tests {
    use super::{GetCardTicket, TICKET_LIFE_MS};
    use crate::profile::Profile;
    use crate::world::{AdvanceTo, AppFacts, World};

    #[test]
    fn a_ticket_lives_two_hours_and_another_follows() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let get = |world: &mut World, owner: &str| world.apply(GetCardTicket(owner.to_owned()));
        let (first, life) = get(&mut world, "wx1");
        assert_eq!((first.len(), life), (86, TICKET_LIFE_MS));
        assert_ne!(get(&mut world, "wx2").0, first, "of another account");
        world.apply(AdvanceTo(world.now().plus(TICKET_LIFE_MS - 1)));
        assert_eq!(get(&mut world, "wx1"), (first.clone(), 1));
        world.apply(AdvanceTo(world.now().plus(1)));
        let (second, life) = get(&mut world, "wx1");
        assert_ne!(second, first);
        assert_eq!(life, TICKET_LIFE_MS);
    }
}
