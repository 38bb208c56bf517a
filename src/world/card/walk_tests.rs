//! A seeded random walk over cards: what is signed, taken, used up, by several users.

use std::collections::BTreeSet;

use super::code::ConsumeCard;
use super::ext::CardExt;
use super::take::TakeCard;
use super::ticket::SignCard;
use super::{Card, CardState, Codes, OfferCard};
use crate::errmsg::CardProblem;
use crate::profile::Profile;
use crate::world::rng::{Rng, Stream};
use crate::world::user::{SetUsers, SwitchUser, User};
use crate::world::{AdvanceTo, AppFacts, World};

const STEPS: usize = 3_000;
const CARDS: [&str; 4] = ["few", "bound", "listed", "own"];
const USERS: [&str; 3] = ["a", "b", "c"];

struct Walk {
    world: World,
    dice: Rng,
    /// What the server signed: the card, whom it was for, the `cardExt`.
    signed: Vec<(String, String, CardExt)>,
    used: BTreeSet<(String, String)>,
    refused: BTreeSet<&'static str>,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut world = World::new(Profile::default(), AppFacts::default(), seed);
        let users = USERS.map(|id| User {
            id: id.into(),
            ..User::default()
        });
        world.apply(SetUsers(users.to_vec()));
        let listed = (0..8).map(|at| format!("code{at}")).collect();
        for (id, stock, bind_openid, codes, limit) in [
            ("few", 5, false, Codes::Generated, None),
            ("bound", 1000, true, Codes::Generated, Some(4)),
            ("listed", 100, false, Codes::Listed(listed), None),
            ("own", 60, true, Codes::Own, None),
        ] {
            world.apply(OfferCard(Card {
                id: id.into(),
                stock,
                bind_openid,
                codes,
                limit,
                ..Card::default()
            }));
        }
        Self {
            world,
            dice: Rng::new(seed ^ 0x5eed),
            signed: Vec::new(),
            used: BTreeSet::new(),
            refused: BTreeSet::new(),
        }
    }

    fn die(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.draw(Stream::Ids) % sides as u64).expect("small")
    }

    fn step(&mut self) {
        match self.die(8) {
            0 => {
                let id = USERS[self.die(3)].to_owned();
                self.world.apply(SwitchUser(id)).expect("a user");
            }
            1 => {
                let ms = [1_000, 600_000, 7_300_000][self.die(3)];
                let later = self.world.now().plus(ms);
                self.world.apply(AdvanceTo(later));
            }
            2 | 3 => self.sign(),
            4 => self.consume(),
            _ => self.take(),
        }
    }

    fn sign(&mut self) {
        let card_id = CARDS[self.die(4)].to_owned();
        let code = match self.die(3) {
            0 => format!("own{}", self.die(40)),
            _ => String::new(),
        };
        let ext = CardExt {
            code,
            ..CardExt::default()
        };
        let caller = self.world.caller();
        let signed = self.world.apply(SignCard {
            caller: caller.clone(),
            card_id: card_id.clone(),
            ext,
        });
        if let Ok(ext) = signed {
            self.signed
                .push((card_id, caller.user_id().to_owned(), ext));
        }
    }

    fn take(&mut self) {
        if self.signed.is_empty() {
            return;
        }
        // Most of what is sent was signed a moment ago.
        let recent = if self.die(4) == 0 { usize::MAX } else { 4 };
        let count = self.signed.len();
        let at = count - 1 - self.die(count.min(recent));
        let (card_id, whom, ext) = self.signed[at].clone();
        let caller = self.world.caller();
        let card = self.world.card(&card_id).expect("an offer").clone();
        let left = self.world.cards_left(&card);
        let taken = self.world.apply(TakeCard {
            caller: caller.clone(),
            card_id: card_id.clone(),
            ext: ext.clone(),
        });
        let hidden = match taken {
            Ok(hidden) => hidden,
            Err(problem) => {
                self.refused.insert(problem.text());
                assert_eq!(self.world.cards_left(&card), left, "nothing was taken");
                return;
            }
        };
        assert!(left > 0, "taken out of nothing");
        assert_eq!(self.world.cards_left(&card), left - 1);
        let is_new = self.used.insert((card_id.clone(), ext.nonce));
        assert!(is_new, "a nonce takes once");
        if card.bind_openid {
            assert_eq!(caller.user_id(), whom, "only the bound user takes");
        }
        let found = self.world.decrypt_card_code(&hidden).expect("its code");
        assert_eq!((&found.card_id, found.state), (&card_id, CardState::Normal));
        assert_eq!(found.user_id, caller.user_id());
    }

    fn consume(&mut self) {
        let count = self.world.taken_cards().len();
        if count == 0 {
            return;
        }
        let at = self.die(count);
        let before = self.world.taken_cards()[at].clone();
        let used = self.world.apply(ConsumeCard {
            card_id: before.card_id,
            code: before.code,
        });
        let expected = match before.state {
            CardState::Normal => None,
            _ => Some(CardProblem::NotUsable),
        };
        assert_eq!(used.err(), expected, "each is used up once");
    }

    fn check(&self) {
        for id in CARDS {
            let card = self.world.card(id).expect("an offer");
            let taken = self.world.taken_cards().iter();
            let taken: Vec<_> = taken.filter(|it| it.card_id == id).collect();
            let codes: BTreeSet<_> = taken.iter().map(|it| &it.code).collect();
            assert_eq!(codes.len(), taken.len(), "no code is there twice");
            assert!(taken.len() <= card.stock as usize, "more than there are");
            for user in USERS {
                let held = taken.iter().filter(|it| it.user_id == user).count();
                let limit = card.limit.unwrap_or(card.stock) as usize;
                assert!(held <= limit, "more than a user may have");
            }
        }
    }
}

#[test]
fn whatever_users_and_servers_do_cards_stay_in_order() {
    let mut refused = BTreeSet::new();
    for seed in [1, 2, 3, 4] {
        let mut walk = Walk::new(seed);
        for step in 0..STEPS {
            walk.step();
            if step % 10 == 0 {
                walk.check();
            }
        }
        walk.check();
        assert!(walk.used.len() > 20, "only {} were taken", walk.used.len());
        let text = serde_json::to_string(&walk.world).expect("a JSON form");
        let again: World = serde_json::from_str(&text).expect("the same form");
        assert_eq!(again, walk.world, "a world with cards can be saved");
        refused.extend(walk.refused);
    }
    for word in [
        CardProblem::NonceUsed,
        CardProblem::TicketExpired,
        CardProblem::SoldOut,
        CardProblem::Limit,
        CardProblem::OpenId,
        CardProblem::Code,
        CardProblem::CodeUsed,
    ] {
        assert!(refused.contains(word.text()), "never met: {}", word.text());
    }
}
