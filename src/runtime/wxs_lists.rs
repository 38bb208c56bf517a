//! Big arguments of WXS functions: they enter the engine once, not at each call.
//!
//! A template that gives its whole list to a function in each of its rows would copy the list as
//! often as it has rows. Where no module that can be reached changes what it is given, all those
//! calls share one copy.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::{Rc, Weak};

use crate::engine::Wxs;
use crate::value::{Callable, Value};
use crate::view::value::{Fields, Val};

/// From this number of elements or members on a copy is shared.
const SHARED_FROM: usize = 16;
/// Most copies that are kept.
const COPIES_MAX: usize = 64;

/// Modules by whether they and all those connected with them by `require` change their arguments.
#[derive(Default)]
pub(super) struct Kept {
    /// A module that stands for the group of this one; a module without an entry is alone.
    towards: BTreeMap<String, String>,
    /// Groups with a module that changes what it is given.
    tainted: BTreeSet<String>,
}

impl Kept {
    fn group<'a>(&'a self, mut module: &'a str) -> &'a str {
        while let Some(next) = self.towards.get(module) {
            module = next;
        }
        module
    }

    /// A module changes what it is given.
    pub(super) fn taint(&mut self, module: &str) {
        let group = self.group(module).to_owned();
        self.tainted.insert(group);
    }

    /// One module requires another.
    pub(super) fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.group(one).to_owned(), self.group(other).to_owned());
        if one != other {
            if self.tainted.contains(&one) {
                self.tainted.insert(other.clone());
            }
            self.towards.insert(one, other);
        }
    }

    fn keeps(&self, module: &str) -> bool {
        !self.tainted.contains(self.group(module))
    }
}

/// A shared part of the view's data; it is gone when the data is.
enum Part {
    Array(Weak<Vec<Val>>),
    Object(Weak<Fields>),
}

impl Part {
    /// The part with its address, when it is big.
    fn of(value: &Val) -> Option<(usize, Self)> {
        match value {
            Val::Array(items) if items.len() >= SHARED_FROM => {
                Some((Rc::as_ptr(items).addr(), Self::Array(Rc::downgrade(items))))
            }
            Val::Object(fields) if fields.len() >= SHARED_FROM => Some((
                Rc::as_ptr(fields).addr(),
                Self::Object(Rc::downgrade(fields)),
            )),
            _ => None,
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Array(items) => items.strong_count() > 0,
            Self::Object(fields) => fields.strong_count() > 0,
        }
    }
}

/// The copies, and which module a function is of.
#[derive(Default)]
pub(super) struct Lists {
    owners: BTreeMap<usize, Rc<str>>,
    copies: BTreeMap<usize, (Part, Value)>,
}

impl Lists {
    /// A module exports a function, and keeps it.
    pub(super) fn own(&mut self, function: &Callable, module: &str) {
        self.owners.insert(function.number(), module.into());
    }

    /// The arguments of a call as the engine takes them.
    pub(super) fn arguments(
        &mut self,
        engine: &mut Wxs,
        kept: &RefCell<Kept>,
        function: &Callable,
        arguments: &[Val],
    ) -> Vec<Value> {
        let is_big = arguments.iter().any(|value| Part::of(value).is_some());
        let shares = is_big
            && !arguments
                .iter()
                .any(|value| matches!(value, Val::Function(_)))
            && self
                .owners
                .get(&function.number())
                .is_some_and(|module| kept.borrow().keeps(module));
        let mut enter = |value: &Val| match Part::of(value) {
            Some((address, part)) if shares => self.shared(engine, value, address, part),
            _ => value.to_value(),
        };
        arguments.iter().map(&mut enter).collect()
    }

    fn shared(&mut self, engine: &mut Wxs, value: &Val, address: usize, part: Part) -> Value {
        // While a copy is known its address is not used again: the weak pointer holds it.
        if let Some((known, copy)) = self.copies.get(&address)
            && known.is_there()
        {
            return copy.clone();
        }
        if self.copies.len() >= COPIES_MAX {
            self.copies.retain(|_, (part, _)| part.is_there());
        }
        if self.copies.len() >= COPIES_MAX {
            self.copies.clear();
        }
        let plain = value.to_value();
        match engine.hold(&plain) {
            Ok(copy) => {
                self.copies.insert(address, (part, copy.clone()));
                copy
            }
            Err(_) => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn a_module_shares_the_faults_of_those_it_is_connected_with() {
        let mut kept = Kept::default();
        kept.join("a", "b");
        kept.join("c", "b");
        kept.join("d", "e");
        assert!(kept.keeps("a") && kept.keeps("d") && kept.keeps("x"));
        kept.taint("c");
        assert!(!kept.keeps("a") && !kept.keeps("b"));
        assert!(kept.keeps("d"));
        kept.join("a", "d");
        assert!(!kept.keeps("e"), "it comes in from either side");
    }
}
