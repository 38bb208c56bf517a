//! Codes of cards that were taken: encrypted for the client, decrypted, used up and taken back by the server.
//!
//! Official pages: "Cards" (`card/code/decrypt`, `card/code/consume`, `card/code/unavailable`), `wx.openCard`, which
//! needs the code that the server decrypted.
//!
//! Unverified: a card is not used up before its first moment; one that its user deleted or the merchant took back
//! cannot be opened.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{Card, CardState, TakenCard};
use crate::crypto::card::{BLOCK_BYTES, hide, show};
use crate::crypto::hex;
use crate::errmsg::CardProblem;
use crate::world::rng::derived_hex;
use crate::world::{Caller, Change, World, sealed::Sealed};

pub(super) fn block(digits: &str) -> [u8; BLOCK_BYTES] {
    let bytes = hex::decode(digits).and_then(|bytes| bytes.try_into().ok());
    bytes.unwrap_or_default()
}

impl World {
    /// A code as the client gets it.
    pub(super) fn hide_code(&self, card: &Card, code: &str) -> String {
        let parts = ["card code", card.id.as_str(), code];
        let vector = derived_hex(self.seed, &parts, 2 * BLOCK_BYTES);
        hide(code, self.card_key(card), block(&vector))
    }

    pub(super) fn card_key(&self, card: &Card) -> [u8; BLOCK_BYTES] {
        block(&self.card_key_hex(&self.card_owner(card)))
    }

    /// What the server of the cards' owners finds in an encrypted code: the card that was taken.
    pub fn decrypt_card_code(&self, hidden: &str) -> Option<&TakenCard> {
        let owners = self.card_owners();
        let mut found = owners
            .iter()
            .map(|owner| self.decrypt_code_of(owner, hidden));
        found.find_map(|found| found)
    }

    /// What the server of one account finds in an encrypted code.
    pub fn decrypt_code_of(&self, owner: &str, hidden: &str) -> Option<&TakenCard> {
        let code = show(hidden, block(&self.card_key_hex(owner)))?;
        let of_owner = |taken: &&TakenCard| {
            let card = self.card(&taken.card_id);
            card.is_some_and(|card| self.card_owner(card) == owner)
        };
        let exact = |taken: &&TakenCard| self.hidden_code(taken).as_deref() == Some(hidden);
        let all = || self.taken_cards_with_code(&code).filter(of_owner);
        all().find(exact).or_else(|| all().next())
    }

    /// The accounts that cards belong to.
    pub(super) fn card_owners(&self) -> BTreeSet<String> {
        let cards = self.cards.offered.iter();
        cards.map(|card| self.card_owner(card)).collect()
    }

    /// The encrypted code of a card that was taken.
    pub fn hidden_code(&self, taken: &TakenCard) -> Option<String> {
        let card = self.card(&taken.card_id)?;
        Some(self.hide_code(card, &taken.code))
    }

    /// The card that the user took last, of that id or of any.
    pub fn latest_card(&self, caller: &Caller, card_id: Option<&str>) -> Option<&TakenCard> {
        self.cards.taken.latest(caller.user_id(), card_id)
    }

    /// The card of the user with that code, which is not encrypted.
    ///
    /// # Errors
    /// There is none, or it is of no use.
    pub fn usable_card(
        &self,
        caller: &Caller,
        card_id: &str,
        code: &str,
    ) -> Result<&TakenCard, CardProblem> {
        let held = self.taken_card(card_id, code);
        let held = held.filter(|held| held.user_id == caller.user_id());
        let held = held.ok_or(CardProblem::NotHeld)?;
        match held.state {
            CardState::Normal => Ok(held),
            CardState::Consumed | CardState::Deleted | CardState::Unavailable => {
                Err(CardProblem::NotUsable)
            }
        }
    }

    /// An event of a taken card, with its usual members and `rest`, and what only a message has.
    pub(super) fn taken_event(
        &mut self,
        taken: &TakenCard,
        name: &str,
        rest: &Json,
        of_message: &Json,
    ) {
        let mut event = json!({
            "Event": name,
            "FromUserName": taken.open_id,
            "CardId": taken.card_id,
            "UserCardCode": taken.code,
        });
        if let (Json::Object(event), Json::Object(rest)) = (&mut event, rest) {
            event.extend(rest.clone());
        }
        let card = self.card(&taken.card_id);
        let owner = card.map(|card| self.card_owner(card)).unwrap_or_default();
        self.card_event(&owner, event, of_message);
    }
}

/// The user looks at a card.
#[derive(Clone, Debug)]
pub struct ViewCard {
    /// Who.
    pub caller: Caller,
    /// Which card.
    pub card_id: String,
    /// Its code.
    pub code: String,
}

impl Sealed for ViewCard {}
impl Change for ViewCard {
    type Effect = Result<(), CardProblem>;

    fn apply(self, world: &mut World) -> Result<(), CardProblem> {
        let taken = world.usable_card(&self.caller, &self.card_id, &self.code)?;
        let taken = taken.clone();
        let outer = json!({ "OuterStr": taken.outer_str });
        world.taken_event(&taken, "user_view_card", &outer, &Json::Null);
        Ok(())
    }
}

/// The user deletes a card.
#[derive(Clone, Debug)]
pub struct DeleteTakenCard {
    /// Who.
    pub caller: Caller,
    /// Which card.
    pub card_id: String,
    /// Its code.
    pub code: String,
}

impl Sealed for DeleteTakenCard {}
impl Change for DeleteTakenCard {
    type Effect = Result<(), CardProblem>;

    fn apply(self, world: &mut World) -> Result<(), CardProblem> {
        let taken = world.cards.taken.get_mut(&self.card_id, &self.code);
        let taken = taken.filter(|taken| taken.user_id == self.caller.user_id());
        let taken = taken.ok_or(CardProblem::NotHeld)?;
        if taken.state == CardState::Deleted {
            return Err(CardProblem::NotUsable);
        }
        taken.state = CardState::Deleted;
        let taken = taken.clone();
        world.taken_event(&taken, "user_del_card", &Json::Null, &Json::Null);
        Ok(())
    }
}

/// The owner's server takes a card back, by its code; it is of no use for ever.
#[derive(Clone, Debug)]
pub struct DisableCard {
    /// Which card.
    pub card_id: String,
    /// Its code, not encrypted.
    pub code: String,
}

impl Sealed for DisableCard {}
impl Change for DisableCard {
    type Effect = Result<(), CardProblem>;

    fn apply(self, world: &mut World) -> Result<(), CardProblem> {
        let taken = world.cards.taken.get_mut(&self.card_id, &self.code);
        let taken = taken.ok_or(CardProblem::NotHeld)?;
        if taken.state != CardState::Normal {
            return Err(CardProblem::NotUsable);
        }
        taken.state = CardState::Unavailable;
        Ok(())
    }
}

/// The owner's server uses a card up, by its code.
#[derive(Clone, Debug)]
pub struct ConsumeCard {
    /// Which card.
    pub card_id: String,
    /// Its code, not encrypted.
    pub code: String,
}

impl Sealed for ConsumeCard {}
impl Change for ConsumeCard {
    type Effect = Result<TakenCard, CardProblem>;

    fn apply(self, world: &mut World) -> Result<TakenCard, CardProblem> {
        let now = world.now;
        let found = world.cards.taken.get_mut(&self.card_id, &self.code);
        let found = found.ok_or(CardProblem::NotHeld)?;
        if found.state != CardState::Normal || found.is_early(now) {
            return Err(CardProblem::NotUsable);
        }
        if found.is_over(now) {
            return Err(CardProblem::Over);
        }
        found.state = CardState::Consumed;
        let found = found.clone();
        let rest = json!({ "ConsumeSource": "FROM_API", "OuterStr": found.outer_str });
        let of_message = json!({
            "LocationName": "",
            "StaffOpenId": "",
            "VerifyCode": "",
            "RemarkAmount": "",
        });
        world.taken_event(&found, "user_consume_card", &rest, &of_message);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConsumeCard, DeleteTakenCard, DisableCard, ViewCard, block};
    use crate::errmsg::CardProblem;
    use crate::profile::Profile;
    use crate::world::card::ext::CardExt;
    use crate::world::card::take::TakeCard;
    use crate::world::card::ticket::SignCard;
    use crate::world::card::{Card, CardDates, CardState, DAY_MS, OfferCard, TakeCardEvents};
    use crate::world::{AdvanceTo, AppFacts, Caller, World};

    #[test]
    fn a_key_is_read_from_its_digits() {
        assert_eq!(
            block("000102030405060708090a0b0c0d0eff")[14..],
            [0x0e, 0xff]
        );
    }

    #[test]
    fn the_server_decrypts_the_code_and_uses_the_card_up() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let (caller, card_id) = (world.caller(), "p1".to_owned());
        world.apply(OfferCard(Card {
            id: card_id.clone(),
            ..Card::default()
        }));
        let ext = CardExt::default();
        let signed = world.apply(SignCard {
            caller: caller.clone(),
            card_id: card_id.clone(),
            ext,
        });
        let hidden = world.apply(TakeCard {
            caller: caller.clone(),
            card_id: card_id.clone(),
            ext: signed.expect("a card"),
        });
        let hidden = hidden.expect("it is right");
        let taken = world.decrypt_card_code(&hidden).expect("a code").clone();
        assert_eq!(world.hidden_code(&taken), Some(hidden.clone()));
        assert_eq!(world.decrypt_card_code("AAAA"), None);
        assert_eq!(world.latest_card(&caller, None), Some(&taken));
        assert_eq!(world.latest_card(&caller, Some("p2")), None);
        let view = |caller: &Caller, code: &str| ViewCard {
            caller: caller.clone(),
            card_id: card_id.clone(),
            code: code.to_owned(),
        };
        assert_eq!(world.apply(view(&caller, &taken.code)), Ok(()));
        let not_held = Err(CardProblem::NotHeld);
        assert_eq!(world.apply(view(&caller, &hidden)), not_held, "encrypted");
        let other = Caller::new(caller.app_id(), "other");
        assert_eq!(world.apply(view(&other, &taken.code)), not_held);
        let consume = ConsumeCard {
            card_id: card_id.clone(),
            code: taken.code.clone(),
        };
        let used = world.apply(consume.clone()).expect("it is good");
        assert_eq!(used.state, CardState::Consumed);
        assert_eq!(world.apply(consume), Err(CardProblem::NotUsable));
        let open = world.apply(view(&caller, &taken.code));
        assert_eq!(open, Err(CardProblem::NotUsable));
    }

    fn taken(dates: CardDates) -> (World, Caller, String) {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let (caller, card_id) = (world.caller(), "p1".to_owned());
        world.apply(OfferCard(Card {
            id: card_id.clone(),
            dates,
            ..Card::default()
        }));
        let signed = world.apply(SignCard {
            caller: caller.clone(),
            card_id: card_id.clone(),
            ext: CardExt::default(),
        });
        let taken = world.apply(TakeCard {
            caller: caller.clone(),
            card_id,
            ext: signed.expect("a card"),
        });
        assert!(taken.is_ok());
        let code = world.taken_cards()[0].code.clone();
        (world, caller, code)
    }

    #[test]
    fn a_card_is_used_up_while_it_is_good() {
        let consume = |world: &mut World, code: &str| {
            let used = world.apply(ConsumeCard {
                card_id: "p1".into(),
                code: code.into(),
            });
            used.map(|used| used.state)
        };
        let term = CardDates::Term { days: 1, after: 1 };
        let (mut world, _, code) = taken(term);
        assert_eq!(consume(&mut world, &code), Err(CardProblem::NotUsable));
        assert_eq!(world.taken_cards()[0].status(world.now()), "NORMAL");
        world.apply(AdvanceTo(world.now().plus(DAY_MS)));
        let mut late = world.clone();
        assert_eq!(consume(&mut world, &code), Ok(CardState::Consumed));
        late.apply(AdvanceTo(late.now().plus(DAY_MS)));
        assert_eq!(late.taken_cards()[0].status(late.now()), "EXPIRE");
        assert_eq!(consume(&mut late, &code), Err(CardProblem::Over));
    }

    #[test]
    fn a_card_that_was_deleted_or_taken_back_is_of_no_use() {
        let (mut world, caller, code) = taken(CardDates::Permanent);
        let mut other = world.clone();
        let disable = DisableCard {
            card_id: "p1".into(),
            code: code.clone(),
        };
        assert_eq!(world.apply(disable.clone()), Ok(()));
        assert_eq!(world.apply(disable), Err(CardProblem::NotUsable));
        assert_eq!(world.taken_cards()[0].status(world.now()), "UNAVAILABLE");
        let delete = DeleteTakenCard {
            caller: caller.clone(),
            card_id: "p1".into(),
            code: code.clone(),
        };
        let foreign = DeleteTakenCard {
            caller: Caller::new(caller.app_id(), "other"),
            ..delete.clone()
        };
        assert_eq!(other.apply(foreign), Err(CardProblem::NotHeld));
        assert_eq!(other.apply(delete.clone()), Ok(()));
        assert_eq!(other.apply(delete), Err(CardProblem::NotUsable));
        assert_eq!(other.taken_cards()[0].status(other.now()), "DELETE");
        for world in [&world, &other] {
            let opened = world.usable_card(&caller, "p1", &code);
            assert_eq!(opened, Err(CardProblem::NotUsable));
        }
        let events = other.apply(TakeCardEvents);
        assert_eq!(events[1]["Event"], "user_del_card");
    }
}
