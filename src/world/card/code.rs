//! Codes of cards that were taken: encrypted for the client, decrypted and used up by the server.
//!
//! Official pages: "Cards" (`card/code/decrypt`, `card/code/consume`), `wx.openCard`, which needs the
//! code that the server decrypted.

use serde_json::json;

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
        let mut taken = self.cards.taken.iter();
        taken.find(|taken| {
            let card = self.card(&taken.card_id);
            let code = card.and_then(|card| show(hidden, self.card_key(card)));
            code.is_some_and(|code| code == taken.code)
        })
    }

    /// The encrypted code of a card that was taken.
    pub fn hidden_code(&self, taken: &TakenCard) -> Option<String> {
        let card = self.card(&taken.card_id)?;
        Some(self.hide_code(card, &taken.code))
    }

    /// The card that the user took last, of that id or of any.
    pub fn latest_card(&self, caller: &Caller, card_id: Option<&str>) -> Option<&TakenCard> {
        let mut taken = self.cards.taken.iter().rev();
        taken.find(|taken| {
            taken.user_id == caller.user_id() && card_id.is_none_or(|id| taken.card_id == id)
        })
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
        let mut taken = self.cards.taken.iter();
        let held = taken.find(|taken| {
            taken.card_id == card_id && taken.user_id == caller.user_id() && taken.code == code
        });
        let held = held.ok_or(CardProblem::NotHeld)?;
        match held.state {
            CardState::Normal => Ok(held),
            CardState::Consumed => Err(CardProblem::NotUsable),
        }
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
        let event = json!({
            "Event": "user_view_card",
            "FromUserName": taken.open_id,
            "CardId": taken.card_id,
            "UserCardCode": taken.code,
            "OuterStr": taken.outer_str,
        });
        world.card_event(event);
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
        let mut taken = world.cards.taken.iter_mut();
        let found = taken.find(|it| it.card_id == self.card_id && it.code == self.code);
        let found = found.ok_or(CardProblem::NotHeld)?;
        if found.state != CardState::Normal {
            return Err(CardProblem::NotUsable);
        }
        found.state = CardState::Consumed;
        let found = found.clone();
        world.card_event(json!({
            "Event": "user_consume_card",
            "FromUserName": found.open_id,
            "CardId": found.card_id,
            "UserCardCode": found.code,
            "ConsumeSource": "FROM_API",
            "OuterStr": found.outer_str,
        }));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConsumeCard, ViewCard, block};
    use crate::errmsg::CardProblem;
    use crate::profile::Profile;
    use crate::world::card::ext::CardExt;
    use crate::world::card::take::TakeCard;
    use crate::world::card::ticket::SignCard;
    use crate::world::card::{Card, CardState, OfferCard};
    use crate::world::{AppFacts, Caller, World};

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
}
