//! A user takes a card.
//!
//! Official page: `wx.addCard`. The signature proves that the merchant hands the card out. A `nonce_str`
//! takes a card once; a `cardExt` without one can be used again. `code` is for cards with codes of the
//! merchant, `openid` for cards that are bound to one user, and each must be left out of all others.
//!
//! Unverified: the order of the checks; a page that the user closes uses no `nonce_str` up;
//! `fixed_begintimestamp` is refused for cards that are not good for a term; a signature is as good as
//! its ticket lives, whatever its `timestamp`.

use serde_json::json;

use super::ext::CardExt;
use super::{Activation, Card, CardDates, CardKind, CardState, Codes, Membership, TakenCard};
use crate::errmsg::CardProblem;
use crate::world::rng::{Stream, pick_digit};
use crate::world::{Caller, Change, World, sealed::Sealed};

/// Digits of a code that the platform makes.
const CODE_DIGITS: usize = 12;

/// The user takes a card with what the merchant signed; gives the code, encrypted.
#[derive(Clone, Debug)]
pub struct TakeCard {
    /// Who takes it, in which program.
    pub caller: Caller,
    /// Which card.
    pub card_id: String,
    /// What was signed.
    pub ext: CardExt,
}

impl Sealed for TakeCard {}
impl Change for TakeCard {
    type Effect = Result<String, CardProblem>;

    fn apply(self, world: &mut World) -> Result<String, CardProblem> {
        let Self {
            caller,
            card_id,
            ext,
        } = self;
        world.check_card(&caller, &card_id, &ext)?;
        let card = world.card(&card_id).ok_or(CardProblem::NoSuchCard)?.clone();
        world.check_left(&caller, &card)?;
        if !ext.nonce.is_empty() {
            let used = (card_id, ext.nonce.clone());
            world.cards.nonces.insert(used);
        }
        Ok(hand_over(world, &caller, &card, ext))
    }
}

/// The card is the user's now; gives the code, encrypted.
pub(super) fn hand_over(world: &mut World, caller: &Caller, card: &Card, ext: CardExt) -> String {
    let code = match &card.codes {
        Codes::Generated => new_code(world),
        Codes::Own | Codes::Listed(_) => ext.code,
    };
    let fixed_ms = ext
        .fixed_begin_s
        .map(|seconds| seconds.saturating_mul(1000));
    let hidden = world.hide_code(card, &code);
    let is_active = card.kind == CardKind::MemberCard && card.activation == Activation::Auto;
    let taken = TakenCard {
        card_id: card.id.clone(),
        code,
        user_id: caller.user_id().to_owned(),
        open_id: world.holder_open_id(caller, card),
        outer_str: ext.outer_str,
        state: CardState::Normal,
        good: card.dates.of_taken(world.now, fixed_ms),
        activation: None,
        member: is_active.then(Membership::default),
    };
    world.cards.taken.push(taken.clone());
    let rest = json!({
        "IsGiveByFriend": 0,
        "OuterStr": taken.outer_str,
        "UnionId": world.union_id(caller).unwrap_or_default(),
    });
    let of_message = json!({
        "FriendUserName": "",
        "OuterId": 0,
        "OldUserCardCode": "",
        "IsRestoreMemberCard": 0,
        "IsRecommendByFriend": 0,
    });
    world.taken_event(&taken, "user_get_card", &rest, &of_message);
    hidden
}

/// Twelve digits that no card has.
fn new_code(world: &mut World) -> String {
    loop {
        let digits = (0..CODE_DIGITS).map(|_| pick_digit(world.rng.draw(Stream::Ids)));
        let code: String = digits.collect();
        if !world.cards.taken.has_code(&code) {
            return code;
        }
    }
}

impl World {
    /// Whether a card of that kind has the code already.
    pub(super) fn has_code(&self, card: &Card, code: &str) -> bool {
        self.taken_card(&card.id, code).is_some()
    }

    /// Who holds a card, as its account knows the user; as the program does where the account is not registered.
    fn holder_open_id(&self, caller: &Caller, card: &Card) -> String {
        let owner = self.card_owner(card);
        let mut others = self.other_apps().iter();
        if others.any(|other| other.app_id == owner) {
            self.open_id(&Caller::new(owner, caller.user_id()))
        } else {
            self.open_id(caller)
        }
    }

    /// Whether a `cardExt` is right for the user and the program, whatever is left of the card.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check_card(
        &self,
        caller: &Caller,
        card_id: &str,
        ext: &CardExt,
    ) -> Result<(), CardProblem> {
        let card = self.card(card_id).filter(|card| !card.is_deleted);
        let card = card.ok_or(CardProblem::NoSuchCard)?;
        if !self.may_hand_out(card) {
            return Err(CardProblem::NotAuthorized);
        }
        let wants_code = card.codes != Codes::Generated;
        if wants_code == ext.code.is_empty() {
            return Err(CardProblem::Code);
        }
        if card.bind_openid == ext.open_id.is_empty() {
            return Err(CardProblem::OpenId);
        }
        let has_term = matches!(card.dates, CardDates::Term { .. });
        if ext.fixed_begin_s.is_some() && !has_term {
            return Err(CardProblem::Ext);
        }
        self.check_signature(card, ext)?;
        let nonce = (card_id.to_owned(), ext.nonce.clone());
        if !ext.nonce.is_empty() && self.cards.nonces.contains(&nonce) {
            return Err(CardProblem::NonceUsed);
        }
        if card.bind_openid && ext.open_id != self.open_id(caller) {
            return Err(CardProblem::OpenId);
        }
        if let Codes::Listed(codes) = &card.codes
            && !codes.contains(&ext.code)
        {
            return Err(CardProblem::Code);
        }
        if wants_code && self.has_code(card, &ext.code) {
            return Err(CardProblem::CodeUsed);
        }
        Ok(())
    }

    /// Whether the user may have one more of what is left.
    ///
    /// # Errors
    /// Why not.
    pub fn check_left(&self, caller: &Caller, card: &Card) -> Result<(), CardProblem> {
        if card
            .dates
            .last_moment()
            .is_some_and(|last| self.now.0 > last)
        {
            return Err(CardProblem::Over);
        }
        let user = caller.user_id();
        let held = self.cards.taken.count_of_user(user, &card.id);
        let held = u32::try_from(held).unwrap_or(u32::MAX);
        // Of a membership card a user has one.
        let limit = match card.kind {
            CardKind::MemberCard => Some(1),
            _ => card.limit,
        };
        if limit.is_some_and(|limit| held >= limit) {
            return Err(CardProblem::Limit);
        }
        if self.cards_left(card) == 0 {
            return Err(CardProblem::SoldOut);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::TakeCard;
    use crate::errmsg::CardProblem;
    use crate::profile::{Date, Profile};
    use crate::world::card::ext::CardExt;
    use crate::world::card::ticket::{SignCard, TICKET_LIFE_MS};
    use crate::world::card::{Card, CardDates, CardKind, Codes, OfferCard, TakeCardEvents};
    use crate::world::registry::{Kind, Register, Registered};
    use crate::world::{AdvanceTo, AppFacts, Caller, World};

    fn card() -> Card {
        Card {
            id: "p1".into(),
            title: "Tea".into(),
            ..Card::default()
        }
    }

    fn world_with(card: Card) -> World {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(OfferCard(card));
        world
    }

    fn sign(world: &mut World, ext: CardExt) -> CardExt {
        let (caller, card_id) = (world.caller(), "p1".to_owned());
        let signed = world.apply(SignCard {
            caller,
            card_id,
            ext,
        });
        signed.expect("a card")
    }

    fn take(world: &mut World, ext: &CardExt) -> Result<String, CardProblem> {
        let (caller, card_id, ext) = (world.caller(), "p1".to_owned(), ext.clone());
        world.apply(TakeCard {
            caller,
            card_id,
            ext,
        })
    }

    fn failure(world: &mut World, ext: &CardExt) -> CardProblem {
        let before = world.clone();
        let problem = take(world, ext).expect_err("it is refused");
        assert_eq!(*world, before, "nothing is taken");
        problem
    }

    #[test]
    fn a_signed_card_is_taken_once() {
        let mut world = world_with(card());
        let ext = sign(&mut world, CardExt::default());
        let hidden = take(&mut world, &ext).expect("it is right");
        let taken = &world.taken_cards()[0];
        assert_eq!(taken.code.len(), 12);
        assert!(!hidden.contains(&taken.code));
        assert_eq!(failure(&mut world, &ext), CardProblem::NonceUsed);
        let events = world.apply(TakeCardEvents);
        assert_eq!(events.len(), 1);
        assert_eq!(events[0]["Event"], "user_get_card");
        assert!(world.apply(TakeCardEvents).is_empty());
    }

    #[test]
    fn what_was_not_signed_is_refused() {
        let mut world = world_with(card());
        let good = sign(&mut world, CardExt::default());
        let changed = [
            CardExt {
                timestamp: "1".into(),
                ..good.clone()
            },
            CardExt {
                nonce: "other".into(),
                ..good.clone()
            },
            CardExt {
                signature: String::new(),
                ..good.clone()
            },
        ];
        for ext in changed {
            assert_eq!(failure(&mut world, &ext), CardProblem::Signature);
        }
        let outer = CardExt {
            outer_str: "door".into(),
            ..good
        };
        assert!(take(&mut world, &outer).is_ok(), "it is not signed");
        assert_eq!(world.taken_cards()[0].outer_str, "door");
    }

    #[test]
    fn a_ticket_signs_for_two_hours() {
        let mut world = world_with(card());
        let early = sign(&mut world, CardExt::default());
        world.apply(AdvanceTo(world.now().plus(TICKET_LIFE_MS)));
        assert_eq!(failure(&mut world, &early), CardProblem::TicketExpired);
        let late = sign(&mut world, CardExt::default());
        assert!(take(&mut world, &late).is_ok());
    }

    #[test]
    fn codes_and_users_are_named_where_the_card_has_them() {
        let mut world = world_with(card());
        let with_code = sign(
            &mut world,
            CardExt {
                code: "c".into(),
                ..CardExt::default()
            },
        );
        assert_eq!(failure(&mut world, &with_code), CardProblem::Code);
        let own = CardExt {
            open_id: world.open_id(&world.caller()),
            ..CardExt::default()
        };
        let with_user = sign(&mut world, own);
        assert_eq!(failure(&mut world, &with_user), CardProblem::OpenId);

        let mut world = world_with(Card {
            codes: Codes::Listed(vec!["a".into(), "b".into()]),
            bind_openid: true,
            ..card()
        });
        let first = sign(&mut world, CardExt::default());
        assert_eq!(first.code, "a");
        let of = |open_id: &str, code: &str| CardExt {
            open_id: open_id.into(),
            code: code.into(),
            ..CardExt::default()
        };
        let other = sign(&mut world, of("oOther", "a"));
        assert_eq!(failure(&mut world, &other), CardProblem::OpenId);
        let foreign = sign(&mut world, of("", "z"));
        assert_eq!(failure(&mut world, &foreign), CardProblem::Code);
        assert!(take(&mut world, &first).is_ok());
        let again = sign(&mut world, of("", "a"));
        assert_eq!(failure(&mut world, &again), CardProblem::CodeUsed);
        assert_eq!(sign(&mut world, CardExt::default()).code, "b");
    }

    #[test]
    fn stock_limit_and_dates_hold() {
        let take_new = |world: &mut World| {
            let ext = sign(world, CardExt::default());
            take(world, &ext)
        };
        let mut world = world_with(Card { stock: 1, ..card() });
        assert!(take_new(&mut world).is_ok());
        assert_eq!(take_new(&mut world), Err(CardProblem::SoldOut));
        let limited = Card {
            limit: Some(1),
            ..card()
        };
        let mut world = world_with(limited);
        assert!(take_new(&mut world).is_ok());
        assert_eq!(take_new(&mut world), Err(CardProblem::Limit));
        let mut world = world_with(Card {
            kind: CardKind::MemberCard,
            ..card()
        });
        assert!(take_new(&mut world).is_ok());
        assert_eq!(take_new(&mut world), Err(CardProblem::Limit));
        let day = Date::new(2018, 6, 4);
        let mut world = world_with(Card {
            dates: CardDates::Range(day, day),
            ..card()
        });
        assert_eq!(take_new(&mut world), Err(CardProblem::Over));
    }

    #[test]
    fn a_term_begins_when_the_merchant_says() {
        let term = |after| Card {
            dates: CardDates::Term { days: 2, after },
            ..card()
        };
        let fixed = CardExt {
            fixed_begin_s: Some(5),
            ..CardExt::default()
        };
        let mut world = world_with(term(1));
        let ext = sign(&mut world, fixed.clone());
        assert!(take(&mut world, &ext).is_ok());
        assert_eq!(world.taken_cards()[0].good, Some((5_000, 172_804_999)));
        let mut world = world_with(term(1));
        let ext = sign(&mut world, CardExt::default());
        assert!(take(&mut world, &ext).is_ok());
        let (begin, _) = world.taken_cards()[0].good.expect("a term");
        assert_eq!(begin, world.now().0 + 86_400_000);
        let mut world = world_with(card());
        let ext = sign(&mut world, fixed);
        assert_eq!(failure(&mut world, &ext), CardProblem::Ext);
    }

    #[test]
    fn an_account_hands_out_in_programs_of_its_open_platform_account() {
        let try_with = |own: Option<&str>, verified| {
            let app = AppFacts {
                open_platform: own.map(str::to_owned),
                ..AppFacts::default()
            };
            let mut world = World::new(Profile::default(), app, 1);
            let account = Registered {
                app_id: "wxaccount".into(),
                kind: Kind::OfficialAccount,
                open_platform: Some("shop".into()),
                verified,
                ..Registered::default()
            };
            assert_eq!(world.apply(Register(account)), Ok(()));
            world.apply(OfferCard(Card {
                owner: Some("wxaccount".into()),
                ..card()
            }));
            let ext = sign(&mut world, CardExt::default());
            take(&mut world, &ext).err()
        };
        assert_eq!(try_with(Some("shop"), true), None);
        for (own, verified) in [(None, true), (Some("other"), true), (Some("shop"), false)] {
            assert_eq!(try_with(own, verified), Some(CardProblem::NotAuthorized));
        }
        let mut world = world_with(card());
        let problem = world.apply(TakeCard {
            caller: Caller::new("wx1", "user"),
            card_id: "p2".into(),
            ext: CardExt::default(),
        });
        assert_eq!(problem, Err(CardProblem::NoSuchCard));
    }
}
