//! WeChat Pay: merchants, their orders, the cashier.

mod book;
pub mod cashier;
pub mod fields;
pub mod merchant;
pub mod moment;
pub mod notice;
pub mod order;
pub mod placement;
pub mod problem;
pub mod refund;
pub mod server;
mod told;
#[cfg(test)]
mod walk_tests;

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use book::Book;
pub use book::{ORDERS_MAX, SPARE_MAX};
use cashier::{Cashier, Payment};
use merchant::Merchant;

use super::Caller;

/// What waits for a trace; a server has none, and the oldest goes.
const UNTOLD_MAX: usize = 1_000;

/// One more behind the others; the oldest goes when there are too many.
fn remember<T>(list: &mut VecDeque<T>, one: T) {
    if list.len() >= UNTOLD_MAX {
        list.pop_front();
    }
    list.push_back(one);
}

/// What WeChat Pay knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct WeChatPay {
    /// Those of whom something was said.
    merchants: Vec<Merchant>,
    /// RSA keys that were made, by merchant.
    keys: BTreeMap<String, String>,
    book: Book,
    /// Numbers given out so far.
    made: u64,
    /// Nonces given out so far.
    nonces: u64,
    cashiers: Vec<Cashier>,
    /// Payments that the trace does not show yet, at most [`UNTOLD_MAX`].
    untold: VecDeque<Payment>,
    /// Orders made in answers that the trace does not show yet, at most [`UNTOLD_MAX`].
    prepaid: VecDeque<server::Made>,
}

impl WeChatPay {
    /// The caller's program ends: nobody stands at a cashier of it any more.
    pub(super) fn end_run(&mut self, caller: &Caller) {
        self.cashiers.retain(|cashier| !cashier.is_of(caller));
    }
}
