//! A merchant's server makes a card.
//!
//! Official page: "Create cards". Its id follows from the seed and the number of cards that were made.
//!
//! Differs from the platform: no card waits for a review. At most [`CARDS_MADE_MAX`] cards that interfaces made
//! are kept; then the oldest goes that nobody took.

use super::Card;
use crate::world::rng::derived_text;
use crate::world::{Change, World, sealed::Sealed};

/// How many cards that interfaces made are kept.
pub const CARDS_MADE_MAX: usize = 1_000;
/// Characters of a `card_id` behind its `p`.
const ID_CHARS: usize = 27;

/// A merchant's server makes a card; gives its id. The card's own id counts for nothing.
#[derive(Clone, Debug)]
pub struct CreateCard(pub Card);

/// Every card that interfaces made was taken, and there are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardsFull;

impl Sealed for CreateCard {}
impl Change for CreateCard {
    type Effect = Result<String, CardsFull>;

    fn apply(self, world: &mut World) -> Result<String, CardsFull> {
        let cards = &mut world.cards;
        let made = cards.offered.iter().filter(|card| card.made.is_some());
        if made.count() >= CARDS_MADE_MAX {
            let mut all = cards.offered.iter();
            let oldest = all
                .position(|card| card.made.is_some() && cards.taken.count_of(&card.id) == 0)
                .ok_or(CardsFull)?;
            cards.offered.remove(oldest);
        }
        cards.made += 1;
        let owner = self.0.owner.clone().unwrap_or_default();
        let number = cards.made.to_string();
        let letters = derived_text(world.seed, &["card", &owner, &number], ID_CHARS);
        let id = format!("p{letters}");
        cards.offered.push(Card {
            id: id.clone(),
            made: Some(world.now),
            ..self.0
        });
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{CARDS_MADE_MAX, CardsFull, CreateCard};
    use crate::profile::Profile;
    use crate::world::card::ext::CardExt;
    use crate::world::card::take::TakeCard;
    use crate::world::card::ticket::SignCard;
    use crate::world::card::{Card, OfferCard};
    use crate::world::{AppFacts, World};

    #[test]
    fn the_oldest_that_nobody_took_makes_room() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(OfferCard(Card {
            id: "own".into(),
            ..Card::default()
        }));
        let ids: Vec<String> = (0..CARDS_MADE_MAX)
            .map(|_| world.apply(CreateCard(Card::default())).expect("room"))
            .collect();
        assert!(ids.iter().all(|id| id.len() == 28 && id.starts_with('p')));
        let take = |world: &mut World, card_id: &str| {
            let (caller, card_id) = (world.caller(), card_id.to_owned());
            let ext = world.apply(SignCard {
                caller: caller.clone(),
                card_id: card_id.clone(),
                ext: CardExt::default(),
            });
            let ext = ext.expect("a card");
            let taken = world.apply(TakeCard {
                caller,
                card_id,
                ext,
            });
            assert!(taken.is_ok());
        };
        take(&mut world, &ids[0]);
        let next = world.apply(CreateCard(Card::default())).expect("room");
        assert!(!ids.contains(&next));
        assert!(world.card(&ids[0]).is_some(), "somebody took it");
        assert!(world.card(&ids[1]).is_none());
        assert!(world.card("own").is_some(), "the project's own");
        assert_eq!(world.cards().len(), CARDS_MADE_MAX + 1);
        for id in ids[2..].iter().chain([&next]) {
            take(&mut world, id);
        }
        assert_eq!(world.apply(CreateCard(Card::default())), Err(CardsFull));
    }
}
