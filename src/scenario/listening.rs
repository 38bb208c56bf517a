//! Who hears the program of a test.

use std::cell::RefCell;
use std::rc::Rc;

use crate::explore::Ear;
use crate::runtime::trace::Entry;

/// Hears the trace of a program for its test.
#[derive(Clone, Default)]
pub struct Listening {
    /// The trace, from its beginning.
    pub(super) log: Rc<RefCell<Vec<Entry>>>,
    /// Who listens too while everything is tried.
    ear: Rc<RefCell<Option<Lent>>>,
}

/// An ear, and whether nobody else listens.
type Lent = (Rc<RefCell<Ear>>, bool);

impl Listening {
    /// An entry of the trace; whether others are to hear of it.
    pub fn hear(&self, entry: &Entry) -> bool {
        let is_alone = match &*self.ear.borrow() {
            Some((ear, is_alone)) => {
                ear.borrow_mut().hear(entry);
                *is_alone
            }
            None => false,
        };
        if !is_alone {
            self.log.borrow_mut().push(entry.clone());
        }
        !is_alone
    }

    /// Lets an ear listen too, or alone.
    pub(super) fn lend(&self, ear: &Rc<RefCell<Ear>>, is_alone: bool) {
        *self.ear.borrow_mut() = Some((Rc::clone(ear), is_alone));
    }

    /// No ear listens any more.
    pub(super) fn take_back(&self) {
        *self.ear.borrow_mut() = None;
    }
}
