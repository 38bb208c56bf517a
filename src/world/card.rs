//! Cards: what merchants hand out, what users hold, what is signed with.
//!
//! Official pages: `wx.addCard`, `wx.openCard`, "Cards" of official accounts (create, code, membership
//! cards). A card belongs to an official account. Its server signs a `cardExt` with the account's
//! `api_ticket`; the client takes the card with it, once for each `nonce_str`, and gets the card's code
//! encrypted. The parts: [`ext`] reads a `cardExt`, [`ticket`] has the keys, [`take`] takes, [`code`] is
//! what servers do with codes, [`held`] remembers what users hold, [`member`] activates membership cards, [`create`]
//! makes cards, [`server`] is what the program's own server says.
//!
//! Differs from the client: a card that names no owner belongs to an account that is bound to whatever
//! program runs: the first verified official account of its open-platform account, else one that is nowhere
//! else. Taken cards are neither given to others nor put back.

pub mod code;
pub mod create;
pub mod ext;
pub mod held;
pub mod member;
pub mod server;
pub mod take;
pub mod ticket;
#[cfg(test)]
mod walk_tests;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::handover::{Recipient, hand_event};
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

    /// Its word.
    pub fn word(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, kind)| *kind == self)
            .map_or("", |(word, _)| word)
    }
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
    /// From one moment to another, both included, in milliseconds; the same type as interfaces give it.
    Moments(i64, i64),
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
            Self::Moments(_, until) => Some(until),
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
            Self::Moments(from, until) => Some((from, until)),
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

/// How a membership card becomes active.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// When the user submits the form of the platform (`wx_activate`).
    #[default]
    OneTap,
    /// The user submits the form, then the merchant's server activates it (`wx_activate_after_submit`).
    AfterSubmit,
    /// The merchant's server activates it; there is no form.
    ByServer,
    /// When it is taken (`auto_activate`).
    Auto,
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
    /// How it becomes active, of a membership card.
    pub activation: Activation,
    /// What the user fills in to activate it: `required_form` and `optional_form`; `null` asks for the phone number.
    pub form: Json,
    /// The members of its kind as `card/create` got them, `base_info` among them; `null` for a card that was made
    /// otherwise.
    pub detail: Json,
    /// When it was made by an interface.
    pub made: Option<Millis>,
    /// The merchant deleted it: nobody takes it any more, whoever took it keeps it.
    pub is_deleted: bool,
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
            activation: Activation::default(),
            form: Json::Null,
            detail: Json::Null,
            made: None,
            is_deleted: false,
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
    /// The user deleted it.
    Deleted,
    /// The merchant took it back.
    Unavailable,
}

/// What the merchant's server said when it activated a membership card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Membership {
    /// `membership_number`; empty where the server did not activate it.
    pub number: String,
    /// `bonus`.
    pub bonus: i64,
    /// `balance`, in fen.
    pub balance: i64,
    /// `custom_field_value1` to `custom_field_value3`.
    pub custom_values: [String; 3],
    /// First and last second at which it is good, where the server said so.
    pub good_s: (Option<i64>, Option<i64>),
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
    /// The `openid` of who holds it: in the official account of the card if that is registered, else in the
    /// program that took it.
    pub open_id: String,
    /// `outer_str` of the `cardExt`.
    pub outer_str: String,
    /// What became of it.
    pub state: CardState,
    /// Begin and end, where it has some.
    pub good: Option<(i64, i64)>,
    /// The ticket of its activation, of a membership card whose form the user submitted.
    pub activation: Option<String>,
    /// Of a membership card that is active.
    #[serde(default)]
    pub member: Option<Membership>,
}

impl TakenCard {
    /// Whether its last moment is over.
    pub fn is_over(&self, now: Millis) -> bool {
        self.good.is_some_and(|(_, end)| now.0 > end)
    }

    /// Whether its first moment is still to come.
    pub fn is_early(&self, now: Millis) -> bool {
        self.good.is_some_and(|(begin, _)| now.0 < begin)
    }

    /// `user_card_status`.
    pub fn status(&self, now: Millis) -> &'static str {
        match self.state {
            CardState::Normal if self.is_over(now) => "EXPIRE",
            CardState::Normal => "NORMAL",
            CardState::Consumed => "CONSUMED",
            CardState::Deleted => "DELETE",
            CardState::Unavailable => "UNAVAILABLE",
        }
    }
}

/// Cards, of merchants and of users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cards {
    offered: Vec<Card>,
    taken: held::TakenCards,
    tickets: Vec<ticket::Ticket>,
    /// Card and `nonce_str` of what was taken.
    nonces: held::Nonces,
    /// What the owners' servers were not told yet.
    events: Vec<Json>,
    /// How many cards interfaces made.
    #[serde(default)]
    made: u64,
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

    /// Every card, in the order in which they came.
    pub fn cards(&self) -> &[Card] {
        &self.cards.offered
    }

    /// Every card that users took, in order; the latest [`held::TAKEN_KEPT_MAX`].
    pub fn taken_cards(&self) -> &VecDeque<TakenCard> {
        self.cards.taken.list()
    }

    /// How many of a card are left.
    pub fn cards_left(&self, card: &Card) -> u32 {
        card.stock
            .saturating_sub(self.cards.taken.count_of(&card.id))
    }

    /// The appid of the official account that a card belongs to.
    pub fn card_owner(&self, card: &Card) -> String {
        if let Some(owner) = &card.owner {
            return owner.clone();
        }
        let account = self.app.open_platform.as_ref();
        let mut others = self.other_apps().iter();
        let bound = others.find(|other| {
            other.kind == Kind::OfficialAccount
                && other.verified
                && account.is_some()
                && other.open_platform.as_ref() == account
        });
        bound.map_or_else(
            || format!("wx{}", derived_hex(self.seed, &["card owner"], 16)),
            |bound| bound.app_id.clone(),
        )
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

    /// Leaves an event for the server of a card's owner. An owner that is registered gets it as a message too,
    /// with what only messages have.
    fn card_event(&mut self, owner: &str, event: Json, rest: &Json) {
        if self.other_apps().iter().any(|it| it.app_id == owner) {
            let mut message = json!({
                "ToUserName": self.original_id(owner),
                "FromUserName": event["FromUserName"],
                "CreateTime": self.now.0.div_euclid(1_000),
                "MsgType": "event",
            });
            if let Json::Object(message) = &mut message {
                for part in [&event, rest] {
                    message.extend(part.as_object().cloned().unwrap_or_default());
                }
            }
            hand_event(self, Recipient::Server(owner.to_owned()), message);
        }
        let events = &mut self.cards.events;
        if events.len() >= EVENTS_MAX {
            events.remove(0);
        }
        events.push(event);
    }
}
