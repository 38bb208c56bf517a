//! What users hold: the cards that they took, found by code, by user and by ticket without a search.
//!
//! The world remembers the latest [`TAKEN_KEPT_MAX`] cards and the latest [`NONCES_KEPT_MAX`] `nonce_str`. A card
//! that is forgotten still counts for the stock, not any more for what its user may have.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize, Serializer};

use super::TakenCard;
use crate::world::World;

/// How many taken cards are remembered.
pub const TAKEN_KEPT_MAX: usize = 20_000;
/// How many used `nonce_str` are remembered.
pub const NONCES_KEPT_MAX: usize = 20_000;

/// Cards that were taken, the oldest first. Each has a number that never changes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Form")]
pub(super) struct TakenCards {
    list: VecDeque<TakenCard>,
    /// The number of the first of the list.
    first: u64,
    /// Taken cards that are forgotten, by card.
    forgotten: BTreeMap<String, u32>,
    /// Numbers by code.
    codes: BTreeMap<String, BTreeSet<u64>>,
    /// Numbers by user and card.
    users: BTreeMap<String, BTreeMap<String, BTreeSet<u64>>>,
    /// Numbers by `activate_ticket`.
    tickets: BTreeMap<String, u64>,
    /// How many are in the list, by card.
    counts: BTreeMap<String, u32>,
}

/// How taken cards are written down: a list, or a list with what was forgotten.
#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    List(Vec<TakenCard>),
    Whole {
        list: Vec<TakenCard>,
        forgotten: BTreeMap<String, u32>,
    },
}

#[derive(Serialize)]
struct Whole<'a> {
    list: &'a VecDeque<TakenCard>,
    forgotten: &'a BTreeMap<String, u32>,
}

impl Serialize for TakenCards {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.forgotten.is_empty() {
            return self.list.serialize(serializer);
        }
        let whole = Whole {
            list: &self.list,
            forgotten: &self.forgotten,
        };
        whole.serialize(serializer)
    }
}

impl From<Form> for TakenCards {
    fn from(form: Form) -> Self {
        let (list, forgotten) = match form {
            Form::List(list) => (list, BTreeMap::new()),
            Form::Whole { list, forgotten } => (list, forgotten),
        };
        let mut cards = Self {
            forgotten,
            ..Self::default()
        };
        for taken in list {
            cards.push(taken);
        }
        cards
    }
}

impl PartialEq for TakenCards {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list && self.forgotten == other.forgotten
    }
}

impl TakenCards {
    pub(super) fn list(&self) -> &VecDeque<TakenCard> {
        &self.list
    }

    /// One more; the oldest is forgotten where there are too many.
    pub(super) fn push(&mut self, taken: TakenCard) {
        if self.list.len() >= TAKEN_KEPT_MAX {
            self.forget_first();
        }
        let number = self.first + self.list.len() as u64;
        self.codes
            .entry(taken.code.clone())
            .or_default()
            .insert(number);
        let user = self.users.entry(taken.user_id.clone()).or_default();
        user.entry(taken.card_id.clone())
            .or_default()
            .insert(number);
        *self.counts.entry(taken.card_id.clone()).or_default() += 1;
        if let Some(ticket) = &taken.activation {
            self.tickets.insert(ticket.clone(), number);
        }
        self.list.push_back(taken);
    }

    fn forget_first(&mut self) {
        let Some(taken) = self.list.pop_front() else {
            return;
        };
        let number = self.first;
        self.first += 1;
        if let Some(numbers) = self.codes.get_mut(&taken.code) {
            numbers.remove(&number);
            if numbers.is_empty() {
                self.codes.remove(&taken.code);
            }
        }
        if let Some(user) = self.users.get_mut(&taken.user_id) {
            let numbers = user.get_mut(&taken.card_id);
            if numbers.is_some_and(|it| it.remove(&number) && it.is_empty()) {
                user.remove(&taken.card_id);
            }
            if user.is_empty() {
                self.users.remove(&taken.user_id);
            }
        }
        if let Some(ticket) = &taken.activation {
            self.tickets.remove(ticket);
        }
        if let Some(count) = self.counts.get_mut(&taken.card_id) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&taken.card_id);
            }
        }
        *self.forgotten.entry(taken.card_id).or_default() += 1;
    }

    fn at(&self, number: u64) -> Option<&TakenCard> {
        let place = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.list.get(place)
    }

    fn number(&self, card_id: &str, code: &str) -> Option<u64> {
        let mut numbers = self.codes.get(code)?.iter().copied();
        numbers.find(|number| self.at(*number).is_some_and(|it| it.card_id == card_id))
    }

    /// How many of a card were ever taken.
    pub(super) fn count_of(&self, card_id: &str) -> u32 {
        let count = |of: &BTreeMap<String, u32>| of.get(card_id).copied().unwrap_or_default();
        count(&self.counts).saturating_add(count(&self.forgotten))
    }

    /// How many of a card a user took.
    pub(super) fn count_of_user(&self, user_id: &str, card_id: &str) -> usize {
        let user = self.users.get(user_id);
        let numbers = user.and_then(|user| user.get(card_id));
        numbers.map_or(0, BTreeSet::len)
    }

    /// The card with that code.
    pub(super) fn get(&self, card_id: &str, code: &str) -> Option<&TakenCard> {
        self.at(self.number(card_id, code)?)
    }

    /// The same, to change what became of it; card, code and user stay.
    pub(super) fn get_mut(&mut self, card_id: &str, code: &str) -> Option<&mut TakenCard> {
        let number = self.number(card_id, code)?;
        let place = usize::try_from(number - self.first).ok()?;
        self.list.get_mut(place)
    }

    /// Whether any card has the code.
    pub(super) fn has_code(&self, code: &str) -> bool {
        self.codes.contains_key(code)
    }

    /// Every card with a code, the oldest first.
    pub(super) fn with_code<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a TakenCard> {
        let numbers = self.codes.get(code).into_iter().flatten();
        numbers.filter_map(|number| self.at(*number))
    }

    /// Cards of a user, of one `card_id` or of any, the oldest of each first.
    pub(super) fn of_user<'a>(
        &'a self,
        user_id: &str,
        card_id: Option<&'a str>,
    ) -> impl Iterator<Item = &'a TakenCard> {
        let user = self.users.get(user_id).into_iter().flatten();
        let chosen = user.filter(move |(id, _)| card_id.is_none_or(|it| it == id.as_str()));
        let numbers = chosen.flat_map(|(_, numbers)| numbers);
        numbers.filter_map(|number| self.at(*number))
    }

    /// The latest card of a user, of one `card_id` or of any.
    pub(super) fn latest(&self, user_id: &str, card_id: Option<&str>) -> Option<&TakenCard> {
        let user = self.users.get(user_id)?;
        let number = match card_id {
            Some(card_id) => user.get(card_id)?.last(),
            None => user.values().filter_map(BTreeSet::last).max(),
        };
        self.at(*number?)
    }

    /// The card whose form was submitted for a ticket.
    pub(super) fn of_ticket(&self, ticket: &str) -> Option<&TakenCard> {
        self.at(*self.tickets.get(ticket)?)
    }

    /// The form of a card was submitted.
    pub(super) fn set_ticket(&mut self, card_id: &str, code: &str, ticket: String) {
        let Some(number) = self.number(card_id, code) else {
            return;
        };
        if let Some(taken) = self.get_mut(card_id, code) {
            taken.activation = Some(ticket.clone());
            self.tickets.insert(ticket, number);
        }
    }
}

/// Card and `nonce_str` of what was taken.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub(super) struct Nonces {
    list: VecDeque<(String, String)>,
    set: BTreeSet<(String, String)>,
}

impl Serialize for Nonces {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

impl From<Vec<(String, String)>> for Nonces {
    fn from(list: Vec<(String, String)>) -> Self {
        let mut nonces = Self::default();
        for nonce in list {
            nonces.insert(nonce);
        }
        nonces
    }
}

impl PartialEq for Nonces {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Nonces {
    pub(super) fn contains(&self, nonce: &(String, String)) -> bool {
        self.set.contains(nonce)
    }

    pub(super) fn insert(&mut self, nonce: (String, String)) {
        if !self.set.insert(nonce.clone()) {
            return;
        }
        self.list.push_back(nonce);
        if self.list.len() > NONCES_KEPT_MAX
            && let Some(oldest) = self.list.pop_front()
        {
            self.set.remove(&oldest);
        }
    }
}

impl World {
    /// The taken card of that id and code, whoever holds it.
    pub fn taken_card(&self, card_id: &str, code: &str) -> Option<&TakenCard> {
        self.cards.taken.get(card_id, code)
    }

    /// Every taken card with a code, the oldest first; codes of merchants can be on several cards.
    pub fn taken_cards_with_code<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a TakenCard> {
        self.cards.taken.with_code(code)
    }

    /// The cards that a user took, of one `card_id` or of any.
    pub fn cards_of_user<'a>(
        &'a self,
        user_id: &str,
        card_id: Option<&'a str>,
    ) -> impl Iterator<Item = &'a TakenCard> {
        self.cards.taken.of_user(user_id, card_id)
    }
}

#[cfg(test)]
mod tests {
    use super::{NONCES_KEPT_MAX, Nonces, TAKEN_KEPT_MAX, TakenCards};
    use crate::world::card::{CardState, TakenCard};

    fn taken(user: &str, card: &str, code: usize) -> TakenCard {
        TakenCard {
            card_id: card.into(),
            code: code.to_string(),
            user_id: user.into(),
            open_id: "o".into(),
            outer_str: String::new(),
            state: CardState::Normal,
            good: None,
            activation: None,
            member: None,
        }
    }

    #[test]
    fn the_oldest_go_and_still_count_for_the_stock() {
        let mut cards = TakenCards::default();
        let extra = 5;
        for at in 0..TAKEN_KEPT_MAX + extra {
            let card = ["a", "b"][at % 2];
            cards.push(taken("u", card, at));
            cards.set_ticket(card, &at.to_string(), format!("t{at}"));
        }
        assert_eq!(cards.list().len(), TAKEN_KEPT_MAX);
        let all = u32::try_from(TAKEN_KEPT_MAX + extra).expect("small");
        assert_eq!(cards.count_of("a") + cards.count_of("b"), all);
        let held = cards.count_of_user("u", "a") + cards.count_of_user("u", "b");
        assert_eq!(held, TAKEN_KEPT_MAX);
        for gone in 0..extra {
            assert!(!cards.has_code(&gone.to_string()));
            assert_eq!(cards.of_ticket(&format!("t{gone}")), None);
        }
        assert_eq!(cards.get("b", "5"), cards.list().front());
        assert_eq!(cards.get("a", "5"), None, "another card");
        let last = (TAKEN_KEPT_MAX + extra - 1).to_string();
        assert_eq!(
            cards.latest("u", None).map(|it| it.code.as_str()),
            Some(last.as_str())
        );
        let text = serde_json::to_string(&cards).expect("a JSON form");
        let again: TakenCards = serde_json::from_str(&text).expect("the same form");
        assert_eq!(again, cards);
        assert_eq!(again.count_of("a"), cards.count_of("a"));
        assert!(again.of_ticket(&format!("t{last}")).is_some());
    }

    #[test]
    fn what_nothing_was_forgotten_of_is_written_as_a_list() {
        let mut cards = TakenCards::default();
        cards.push(taken("u", "a", 1));
        cards.push(taken("v", "a", 2));
        let json = serde_json::to_value(&cards).expect("a JSON form");
        assert_eq!(json.as_array().map(Vec::len), Some(2));
        assert_eq!(cards.of_user("u", Some("a")).count(), 1);
        assert_eq!(cards.of_user("u", Some("b")).count(), 0);
        assert_eq!(cards.of_user("w", None).count(), 0);
        assert_eq!(cards.with_code("2").count(), 1);
    }

    #[test]
    fn the_oldest_nonces_go() {
        let mut nonces = Nonces::default();
        let nonce = |at: usize| ("p".to_owned(), at.to_string());
        for at in 0..=NONCES_KEPT_MAX {
            nonces.insert(nonce(at));
            nonces.insert(nonce(at));
        }
        assert!(!nonces.contains(&nonce(0)));
        assert!(nonces.contains(&nonce(1)) && nonces.contains(&nonce(NONCES_KEPT_MAX)));
        assert_eq!(nonces.list.len(), nonces.set.len());
    }
}
