//! WeChat Pay: merchants, their orders, the cashier.

pub mod cashier;
pub mod merchant;
pub mod order;
pub mod placement;
pub mod problem;
pub mod server;
#[cfg(test)]
mod walk_tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use cashier::{Cashier, Payment};
use merchant::Merchant;
use order::Order;

use super::Caller;

/// What WeChat Pay knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct WeChatPay {
    /// Those of whom something was said.
    merchants: Vec<Merchant>,
    /// RSA keys that were made, by merchant.
    keys: BTreeMap<String, String>,
    orders: Vec<Order>,
    /// Numbers given out so far.
    made: u64,
    cashiers: Vec<Cashier>,
    /// Payments that nobody was told of.
    untold: Vec<Payment>,
    /// Orders made in answers that nobody was told of.
    prepaid: Vec<server::Made>,
}

impl WeChatPay {
    /// The caller's program ends: nobody stands at a cashier of it any more.
    pub(super) fn end_run(&mut self, caller: &Caller) {
        self.cashiers.retain(|cashier| !cashier.is_of(caller));
    }
}
