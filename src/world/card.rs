//! Cards: what merchants hand out, what users hold, what is signed with.
//!
//! Official pages: `wx.addCard`, `wx.openCard`, "Cards" of official accounts (create, code, membership
//! cards). A card belongs to an official account. Its server signs a `cardExt` with the account's
//! `api_ticket`; the client takes the card with it, once for each `nonce_str`, and gets the card's code
//! encrypted. The parts: [`ext`] reads a `cardExt`, [`ticket`] has the keys, [`take`] takes, [`code`] is
//! what servers do with codes, [`member`] activates membership cards, [`server`] is what the program's own server says.
//!
//! Differs from the client: a card that names no owner belongs to an account that is bound to whatever
//! program runs. Taken cards are neither given to others nor put back.

pub mod code;
pub mod ext;
pub mod member;
pub mod server;
pub mod take;
pub mod ticket;
#[cfg(test)]
mod walk_tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::registry::Kind;
use super::rng::derived_hex;
use super::{Change, Millis, World, sealed::Sealed};
use crate::profile::Date;

/// `card_type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are those of the platform")]
pub enum CardKind {
    Groupon,
    Cash,
    Discount,
    Gift,
    #[default]
    GeneralCoupon,
    MemberCard,
}

impl CardKind {
    /// Every kind by its word in settings.
    pub const ALL: [(&'static str, Self); 6] = [
        ("GROUPON", Self::Groupon),
        ("CASH", Self::Cash),
        ("DISCOUNT", Self::Discount),
        ("GIFT", Self::Gift),
        ("GENERAL_COUPON", Self::GeneralCoupon),
        ("MEMBER_CARD", Self::MemberCard),
    ];
}

/// When a card is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CardDates {
    /// Always.
    #[default]
    Permanent,
    /// From one day to another, both included (`DATE_TYPE_FIX_TIME_RANGE`).
    Range(Date, Date),
    /// So many days, beginning so many days after it is taken (`DATE_TYPE_FIX_TERM`).
    Term {
        /// How long.
        days: u16,
        /// From when.
        after: u16,
    },
}

/// Milliseconds of a day.
pub(super) const DAY_MS: i64 = 86_400_000;

impl CardDates {
    /// The last moment at which a card can be taken.
    fn last_moment(self) -> Option<i64> {
        match self {
            Self::Range(_, until) => Some(until.midnight_unix_ms() + DAY_MS - 1),
            Self::Permanent | Self::Term { .. } => None,
        }
    }

    /// Begin and end of a card that is taken at a moment; `fixed_ms` is the begin that the merchant
    /// set for a term.
    fn of_taken(self, now: Millis, fixed_ms: Option<i64>) -> Option<(i64, i64)> {
        match self {
            Self::Permanent => None,
            Self::Range(from, until) => Some((
                from.midnight_unix_ms(),
                until.midnight_unix_ms() + DAY_MS - 1,
            )),
            Self::Term { days, after } => {
                let begin = fixed_ms.unwrap_or(now.0 + i64::from(after) * DAY_MS);
                Some((begin, begin + i64::from(days) * DAY_MS - 1))
            }
        }
    }
}

/// Where the codes of a card come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codes {
    /// The platform makes them: twelve digits.
    #[default]
    Generated,
    /// The merchant's own (`use_custom_code`), any text.
    Own,
    /// The merchant's own, out of these.
    Listed(Vec<String>),
}

/// What a merchant hands out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Card {
    /// `card_id`.
    pub id: String,
    /// `title`.
    pub title: String,
    /// The official account that it belongs to, by appid; without, one that is bound to the program.
    pub owner: Option<String>,
    /// `card_type`.
    pub kind: CardKind,
    /// `bind_openid`: whether each is signed for one user.
    pub bind_openid: bool,
    /// Where codes come from.
    pub codes: Codes,
    /// `sku.quantity`: how many there are.
    pub stock: u32,
    /// `get_limit`: how many a user may have; without, as many as there are.
    pub limit: Option<u32>,
    /// When it is good.
    pub dates: CardDates,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            owner: None,
            kind: CardKind::default(),
            bind_openid: false,
            codes: Codes::default(),
            stock: 100,
            limit: None,
            dates: CardDates::default(),
        }
    }
}

/// What became of a card that was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CardState {
    /// It can be used.
    #[default]
    Normal,
    /// It was used.
    Consumed,
}

/// A card that a user took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenCard {
    /// `card_id`.
    pub card_id: String,
    /// Its code, not encrypted.
    pub code: String,
    /// Who holds it: the id in the world.
    pub user_id: String,
    /// The `openid` of who holds it in the program that took it.
    pub open_id: String,
    /// `outer_str` of the `cardExt`.
    pub outer_str: String,
    /// What became of it.
    pub state: CardState,
    /// Begin and end, where it has some.
    pub good: Option<(i64, i64)>,
    /// The ticket of its activation, of a membership card that is active.
    pub activation: Option<String>,
}

/// Cards, of merchants and of users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cards {
    offered: Vec<Card>,
    taken: Vec<TakenCard>,
    tickets: Vec<ticket::Ticket>,
    /// Card and `nonce_str` of what was taken.
    nonces: BTreeSet<(String, String)>,
    /// What the owners' servers were not told yet.
    events: Vec<Json>,
}

/// Events kept for servers that never ask; older ones are gone.
const EVENTS_MAX: usize = 1000;

/// A merchant hands out a card, or another in place of the one with that id.
#[derive(Clone, Debug)]
pub struct OfferCard(pub Card);

impl Sealed for OfferCard {}
impl Change for OfferCard {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let cards = &mut world.cards.offered;
        match cards.iter_mut().find(|card| card.id == self.0.id) {
            Some(card) => *card = self.0,
            None => cards.push(self.0),
        }
    }
}

/// The events of cards since the owner's server was last told (`user_get_card` and others).
#[derive(Clone, Copy, Debug)]
pub struct TakeCardEvents;

impl Sealed for TakeCardEvents {}
impl Change for TakeCardEvents {
    type Effect = Vec<Json>;

    fn apply(self, world: &mut World) -> Vec<Json> {
        std::mem::take(&mut world.cards.events)
    }
}

impl World {
    /// The card of that id.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.offered.iter().find(|card| card.id == id)
    }

    /// Every card that users took, in order.
    pub fn taken_cards(&self) -> &[TakenCard] {
        &self.cards.taken
    }

    /// How many of a card are left.
    pub fn cards_left(&self, card: &Card) -> u32 {
        let taken = self.taken_of(&card.id).count();
        card.stock
            .saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX))
    }

    fn taken_of<'a>(&'a self, card_id: &'a str) -> impl Iterator<Item = &'a TakenCard> {
        let taken = self.cards.taken.iter();
        taken.filter(move |taken| taken.card_id == card_id)
    }

    /// The appid of the official account that a card belongs to.
    pub fn card_owner(&self, card: &Card) -> String {
        let derived = || format!("wx{}", derived_hex(self.seed, &["card owner"], 16));
        card.owner.clone().unwrap_or_else(derived)
    }

    /// Whether the program that runs may hand out the card: its owner is an official account, verified,
    /// bound to the same open-platform account.
    fn may_hand_out(&self, card: &Card) -> bool {
        let Some(owner) = &card.owner else {
            return true;
        };
        self.registered(owner).is_some_and(|owner| {
            let bound = self.app.open_platform.is_some();
            owner.kind == Kind::OfficialAccount
                && owner.verified
                && bound
                && owner.open_platform == self.app.open_platform
        })
    }

    /// Leaves an event for the server of a card's owner.
    fn card_event(&mut self, event: Json) {
        let events = &mut self.cards.events;
        if events.len() >= EVENTS_MAX {
            events.remove(0);
        }
        events.push(event);
    }
}
