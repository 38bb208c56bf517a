//! `api_ticket`: what the server of an official account signs cards with.
//!
//! Official page: "Signature of cards" (`getticket` with the type `wx_card`). A ticket lives two hours;
//! a server keeps it so long and then gets another. Scripts never see one. The `jsapi_ticket` (type `jsapi`), with
//! which pages of a browser are signed, is another text that lives as long.
//!
//! Of each account and type the latest [`TICKETS_KEPT_MAX`] are remembered.

use serde::{Deserialize, Serialize};

use super::ext::CardExt;
use super::{Card, Codes};
use crate::crypto::card::{BLOCK_BYTES, signature};
use crate::errmsg::CardProblem;
use crate::world::rng::{Stream, derived_hex, derived_text};
use crate::world::{Caller, Change, Millis, World, sealed::Sealed};

/// How long a ticket lives, in milliseconds.
pub const TICKET_LIFE_MS: i64 = 7_200_000;
/// How many tickets of an account and type are remembered.
pub const TICKETS_KEPT_MAX: usize = 8;
/// Characters of a ticket.
const TICKET_CHARS: usize = 86;
/// Characters of the `nonce_str` that the program's server makes.
const NONCE_CHARS: usize = 16;

/// What a ticket signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TicketKind {
    /// Cards (`wx_card`).
    #[default]
    Card,
    /// Pages of a browser (`jsapi`).
    Page,
}

/// A ticket of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ticket {
    owner: String,
    text: String,
    made: Millis,
    #[serde(default)]
    kind: TicketKind,
    /// How many of the account and kind came before.
    #[serde(default)]
    number: u64,
}

/// The server of an account asks for its ticket: the one that is alive, or a new one. Gives the text
/// and how long it lives on, in milliseconds.
#[derive(Clone, Debug)]
pub struct GetCardTicket(pub String);

impl Sealed for GetCardTicket {}
impl Change for GetCardTicket {
    type Effect = (String, i64);

    fn apply(self, world: &mut World) -> (String, i64) {
        world.apply(GetTicket(self.0, TicketKind::Card))
    }
}

/// The same for a ticket of either kind.
#[derive(Clone, Debug)]
pub struct GetTicket(pub String, pub TicketKind);

impl Sealed for GetTicket {}
impl Change for GetTicket {
    type Effect = (String, i64);

    fn apply(self, world: &mut World) -> (String, i64) {
        let (now, Self(owner, kind)) = (world.now, self);
        let latest = world.tickets_of(&owner, kind).last();
        if let Some(ticket) = latest.filter(|it| now.since(it.made) < TICKET_LIFE_MS) {
            return (ticket.text.clone(), TICKET_LIFE_MS - now.since(ticket.made));
        }
        let kept = world.tickets_of(&owner, kind).count();
        let number = latest
            .map_or(0, |latest| latest.number + 1)
            .max(kept as u64);
        let purpose = match kind {
            TicketKind::Card => "card ticket",
            TicketKind::Page => "page ticket",
        };
        let text = derived_text(
            world.seed,
            &[purpose, &owner, &number.to_string()],
            TICKET_CHARS,
        );
        let tickets = &mut world.cards.tickets;
        if kept >= TICKETS_KEPT_MAX {
            let mut all = tickets.iter();
            if let Some(oldest) = all.position(|it| it.owner == owner && it.kind == kind) {
                tickets.remove(oldest);
            }
        }
        tickets.push(Ticket {
            owner,
            text: text.clone(),
            made: now,
            kind,
            number,
        });
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
    fn tickets_of<'a>(
        &'a self,
        owner: &'a str,
        kind: TicketKind,
    ) -> impl Iterator<Item = &'a Ticket> {
        let tickets = self.cards.tickets.iter();
        tickets.filter(move |ticket| ticket.owner == owner && ticket.kind == kind)
    }

    /// Whether a ticket of the card's owner that is alive gives the signature.
    pub(super) fn check_signature(&self, card: &Card, ext: &CardExt) -> Result<(), CardProblem> {
        let owner = self.card_owner(card);
        let mut tickets = self.tickets_of(&owner, TicketKind::Card);
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
    use super::{GetCardTicket, GetTicket, TICKET_LIFE_MS, TICKETS_KEPT_MAX, TicketKind};
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

    #[test]
    fn a_ticket_for_pages_is_another_and_old_ones_go() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let get = |world: &mut World, kind| world.apply(GetTicket("wx1".to_owned(), kind)).0;
        let page = get(&mut world, TicketKind::Page);
        let mut seen = vec![page.clone()];
        for _ in 0..3 * TICKETS_KEPT_MAX {
            let card = get(&mut world, TicketKind::Card);
            assert!(!seen.contains(&card), "each is new");
            seen.push(card);
            world.apply(AdvanceTo(world.now().plus(TICKET_LIFE_MS)));
        }
        assert_eq!(world.cards.tickets.len(), TICKETS_KEPT_MAX + 1);
        assert_ne!(get(&mut world, TicketKind::Page), page);
    }
}
