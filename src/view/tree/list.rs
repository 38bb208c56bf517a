//! `wx:for`: items with their keys, and the least moves from one order to another.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::render::Env;
use crate::data_path::Segment;
use crate::view::coerce;
use crate::view::touch::Touch;
use crate::view::value::Val;

/// What a `wx:for` goes through.
pub(super) struct Items {
    values: Vec<Val>,
    /// Names of the members, when an object is gone through.
    names: Option<Vec<Rc<str>>>,
    /// Keys, made unique; none without `wx:key`.
    keys: Option<Rc<[Rc<str>]>>,
    /// Keys that several items had.
    shared: Vec<Rc<str>>,
}

/// What a list node keeps until its next rendering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// Number of items.
    pub len: usize,
    /// Names, when an object is gone through.
    pub names: Option<Vec<Rc<str>>>,
    /// Unique keys.
    pub keys: Option<Rc<[Rc<str>]>>,
    /// Keys that several items had.
    pub shared: Vec<Rc<str>>,
}

/// Longest list that a number makes.
const COUNT_MAX: f64 = 4_294_967_296.0;

impl Items {
    /// The items of a value: elements, members, characters, or that many numbers. `old` is the list
    /// that was there, with what of it was touched: keys that cannot have changed are kept.
    pub(super) fn of(value: &Val, key: Option<&str>, old: Option<(&ListState, &Touch)>) -> Self {
        let mut names = None;
        let values = match value {
            Val::Array(items) => items.to_vec(),
            Val::Object(fields) => {
                names = Some(fields.iter().map(|(name, _)| Rc::clone(name)).collect());
                fields.iter().map(|(_, value)| value.clone()).collect()
            }
            Val::Text(text) => {
                let units: Vec<u16> = text.encode_utf16().collect();
                let one = |unit: &u16| Val::text(&String::from_utf16_lossy(&[*unit]));
                units.iter().map(one).collect()
            }
            Val::Number(count) if count.fract() == 0.0 && (0.0..COUNT_MAX).contains(count) => {
                let mut at = 0.0;
                let mut values = Vec::new();
                while at < *count {
                    values.push(Val::Number(at));
                    at += 1.0;
                }
                values
            }
            _ => Vec::new(),
        };
        let kept = old.filter(|(old, touch)| {
            old.keys.is_some()
                && old.len == values.len()
                && old.names == names
                && !keys_touched(touch, key)
        });
        let (keys, shared) = if let Some((old, _)) = kept {
            (old.keys.clone(), old.shared.clone())
        } else {
            let mut shared = Vec::new();
            let keys = key.map(|key| unique_keys(&values, key, &mut shared).into());
            (keys, shared)
        };
        Self {
            values,
            names,
            keys,
            shared,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn keys(&self) -> Option<&[Rc<str>]> {
        self.keys.as_deref()
    }

    /// Keys that several items have.
    pub(super) fn shared(&self) -> &[Rc<str>] {
        &self.shared
    }

    pub(super) fn into_state(self) -> ListState {
        ListState {
            len: self.values.len(),
            names: self.names,
            keys: self.keys,
            shared: self.shared,
        }
    }

    /// Whether the `index` of an item is another one than that of a place in the old list.
    pub(super) fn index_changed(&self, at: usize, old: &ListState, old_at: usize) -> bool {
        match (&self.names, &old.names) {
            (None, None) => at != old_at,
            (Some(names), Some(old)) => names.get(at) != old.get(old_at),
            _ => true,
        }
    }

    /// The place of the item that a member's name or an index stands for.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let place = match &self.names {
            Some(names) => names.iter().position(|own| **own == *name),
            None => name.parse().ok(),
        };
        place.filter(|at| *at < self.values.len())
    }

    /// Lets expressions see an item and its index.
    pub(super) fn enter(
        &self,
        at: usize,
        path: Option<&[Segment]>,
        (item, index): (Touch, Touch),
        env: &mut Env,
    ) {
        let (own, step) = match &self.names {
            None => {
                #[expect(clippy::cast_precision_loss, reason = "far fewer items than 2^53")]
                let number = at as f64;
                (Val::Number(number), Segment::Index(at))
            }
            Some(names) => {
                let name = &names[at];
                (Val::Text(Rc::clone(name)), Segment::Key(name.to_string()))
            }
        };
        let path = path.map(|path| [path, &[step]].concat());
        env.push(self.values[at].clone(), item, path);
        env.push(own, index, None);
    }
}

/// Whether the key of an item may be another one after a change of these parts of it.
pub(super) fn key_touched(item: &Touch, key: Option<&str>) -> bool {
    match key {
        Some("*this") => item.is_touched(),
        Some(key) => item.get(key).is_touched(),
        None => false,
    }
}

/// The same for any item of a list.
fn keys_touched(list: &Touch, key: Option<&str>) -> bool {
    match list {
        Touch::None => false,
        Touch::All => true,
        Touch::Paths(parts) => parts.values().any(|item| key_touched(item, key)),
    }
}

/// Keys of items: texts of a member or of the items themselves; the second of two equal ones gets a
/// number behind.
fn unique_keys(values: &[Val], key: &str, shared: &mut Vec<Rc<str>>) -> Vec<Rc<str>> {
    let raw = |value: &Val| match (key, value) {
        ("*this", own) => coerce::join_text(own),
        (_, Val::Object(fields)) => fields.get(key).map(coerce::join_text).unwrap_or_default(),
        _ => String::new(),
    };
    let mut keys: Vec<Rc<str>> = values.iter().map(|value| raw(value).into()).collect();
    let mut places: BTreeMap<Rc<str>, Vec<usize>> = BTreeMap::new();
    let mut order = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let known = places.entry(Rc::clone(key)).or_default();
        known.push(at);
        if known.len() == 2 {
            order.push(Rc::clone(key));
        }
    }
    for key in order {
        let mut number = 0;
        for at in places[&key].clone().into_iter().skip(1) {
            let free = loop {
                let own: Rc<str> = format!("{key}--{number}").into();
                if !places.contains_key(&own) {
                    break own;
                }
                number += 1;
            };
            places.insert(Rc::clone(&free), vec![at]);
            keys[at] = free;
        }
        shared.push(key);
    }
    keys
}

/// For each new place the old place of the same key, and which of those stay where they are: the
/// longest run of old places that only grow.
pub(super) fn stay_or_move(old: &[Rc<str>], new: &[Rc<str>]) -> (Vec<Option<usize>>, Vec<bool>) {
    let places: BTreeMap<&str, usize> = old
        .iter()
        .enumerate()
        .map(|(at, key)| (&**key, at))
        .collect();
    let from: Vec<Option<usize>> = new.iter().map(|key| places.get(&**key).copied()).collect();
    // Ends of the best runs by length: place in the new list.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; new.len()];
    for (at, place) in from.iter().enumerate() {
        let Some(place) = place else { continue };
        let length = ends.partition_point(|end| from[*end] < Some(*place));
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut stays = vec![false; new.len()];
    let mut at = ends.last().copied();
    while let Some(own) = at {
        stays[own] = true;
        at = before[own];
    }
    (from, stays)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Items, stay_or_move};
    use crate::view::value::Val;

    fn keys(text: &str) -> Vec<Rc<str>> {
        text.split(' ').map(Rc::from).collect()
    }

    #[test]
    fn the_least_nodes_move() {
        let (from, stays) = stay_or_move(&keys("a b c d e"), &keys("e a c b x"));
        assert_eq!(from, [Some(4), Some(0), Some(2), Some(1), None]);
        assert_eq!(stays.iter().filter(|stays| **stays).count(), 2);
        let (_, stays) = stay_or_move(&keys("a b c"), &keys("a x b c"));
        assert_eq!(stays, [true, false, true, true]);
    }

    #[test]
    fn equal_keys_are_told_apart() {
        let item = |key: &str| Val::object([("k", Val::text(key))]);
        let list = Val::array([item("a"), item("b"), item("a"), item("a--0"), item("a")]);
        let items = Items::of(&list, Some("k"), None);
        let found: Vec<&str> = items
            .keys()
            .expect("keyed")
            .iter()
            .map(|key| &**key)
            .collect();
        assert_eq!(found, ["a", "b", "a--1", "a--0", "a--2"]);
    }

    #[test]
    fn numbers_texts_and_objects_are_lists() {
        assert_eq!(Items::of(&Val::Number(3.0), None, None).len(), 3);
        assert_eq!(Items::of(&Val::Number(1.5), None, None).len(), 0);
        assert_eq!(Items::of(&Val::text("中a"), None, None).len(), 2);
        assert_eq!(
            Items::of(&Val::object([("x", Val::Null)]), None, None).len(),
            1
        );
        assert_eq!(Items::of(&Val::Null, None, None).len(), 0);
    }
}
