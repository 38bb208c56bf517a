//! Refunds of paid orders.
//!
//! Official pages of WeChat Pay: "Refund", "Querying refunds" (v2, v3). A refund is in progress at first; the
//! merchant's server hears when it succeeded. The same number again with the same content is the same refund.
//!
//! Unverified: it takes [`REFUND_MS`] and never fails; what is refunded already or in progress counts alike.

use serde::{Deserialize, Serialize};

use super::super::rng::derived_hex;
use super::super::{Change, Millis, World, sealed::Sealed};
use super::order::{Order, OrderState};
use super::{moment, notice};

/// How long a refund is in progress, in milliseconds.
pub const REFUND_MS: i64 = 3_000;
/// Refunds of one order.
pub const REFUNDS_OF_ORDER_MAX: usize = 50;
/// How long a payment can be refunded, in milliseconds.
pub const REFUNDABLE_MS: i64 = 365 * 86_400_000;

/// A refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The merchant's number of it.
    pub out_refund_no: String,
    /// WeChat Pay's number of it.
    pub refund_id: String,
    /// In fen.
    pub amount: u64,
    /// What the payer is told.
    pub reason: String,
    /// Where it is told to; empty for nowhere.
    pub notify_url: String,
    /// When it was asked for.
    pub at: Millis,
    /// When it succeeds.
    pub succeeds: Millis,
    /// Whether version 3 asked for it, and is told of it.
    pub is_v3: bool,
}

impl Refund {
    /// Whether it succeeded.
    pub fn is_done(&self, now: Millis) -> bool {
        now >= self.succeeds
    }

    /// `SUCCESS` or `PROCESSING`.
    pub fn status(&self, now: Millis) -> &'static str {
        if self.is_done(now) {
            "SUCCESS"
        } else {
            "PROCESSING"
        }
    }
}

/// How a merchant names an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderName<'a> {
    /// By WeChat Pay's number of the payment.
    Transaction(&'a str),
    /// By its own.
    Number(&'a str),
}

/// Why there is no refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundProblem {
    /// No payment has that number.
    NoTransaction,
    /// No order has that number.
    NoOrder,
    /// The order is not paid.
    NotPaid,
    /// It was paid too long ago.
    Overdue,
    /// The order has another total.
    OtherTotal,
    /// Everything is refunded already.
    AllRefunded,
    /// It is more than is left.
    TooMuch,
    /// The number belongs to another refund.
    Changed,
    /// The order has too many refunds.
    TooMany,
}

/// A merchant's server refunds a payment, or a part.
#[derive(Clone, Copy, Debug)]
pub struct PlaceRefund<'a> {
    /// The merchant.
    pub mch_id: &'a str,
    /// The order.
    pub order: OrderName<'a>,
    /// The merchant's number of the refund.
    pub out_refund_no: &'a str,
    /// Total of the order, in fen.
    pub total: u64,
    /// What goes back, in fen, from 1.
    pub amount: u64,
    /// What the payer is told; may be empty.
    pub reason: &'a str,
    /// Where it is told to; may be empty.
    pub notify_url: &'a str,
    /// Whether version 3 asks.
    pub is_v3: bool,
}

impl PlaceRefund<'_> {
    /// The place of the order.
    fn find(&self, world: &World) -> Result<u64, RefundProblem> {
        match self.order {
            OrderName::Transaction(id) => {
                let place = world.pay.book.paid(id);
                let own = |place: &u64| {
                    let order = world.pay.book.get(*place);
                    order.is_some_and(|order| order.mch_id == self.mch_id)
                };
                place.filter(own).ok_or(RefundProblem::NoTransaction)
            }
            OrderName::Number(number) => {
                let place = world.pay.book.numbered(self.mch_id, number);
                place.ok_or(RefundProblem::NoOrder)
            }
        }
    }

    /// Whether the order can be refunded so.
    fn check(&self, order: &Order, now: Millis) -> Result<(), RefundProblem> {
        let OrderState::Paid { at, .. } = order.state else {
            return Err(RefundProblem::NotPaid);
        };
        if self.total != order.total {
            return Err(RefundProblem::OtherTotal);
        }
        if now.since(at) >= REFUNDABLE_MS {
            return Err(RefundProblem::Overdue);
        }
        let left = order.total.saturating_sub(order.refunded());
        if left == 0 {
            Err(RefundProblem::AllRefunded)
        } else if self.amount > left {
            Err(RefundProblem::TooMuch)
        } else if order.refunds.len() >= REFUNDS_OF_ORDER_MAX {
            Err(RefundProblem::TooMany)
        } else {
            Ok(())
        }
    }
}

impl Sealed for PlaceRefund<'_> {}
impl Change for PlaceRefund<'_> {
    type Effect = Result<(Order, Refund), RefundProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let place = self.find(world)?;
        let number = self.out_refund_no;
        if let Some(other) = world.pay.book.refunded(self.mch_id, number) {
            let order = world.pay.book.get(other).filter(|_| other == place);
            let order = order.ok_or(RefundProblem::Changed)?;
            let refund = order.refund(number).ok_or(RefundProblem::Changed)?;
            if refund.amount != self.amount || order.total != self.total {
                return Err(RefundProblem::Changed);
            }
            return Ok((order.clone(), refund.clone()));
        }
        let now = world.now;
        let order = world.pay.book.get(place).ok_or(RefundProblem::NoOrder)?;
        self.check(order, now)?;
        let digits = derived_hex(world.seed, &["refund", self.mch_id, number], 16);
        let tail = u64::from_str_radix(&digits, 16).unwrap_or_default() % 10_u64.pow(11);
        let refund = Refund {
            out_refund_no: number.to_owned(),
            refund_id: format!("50{}{:08}{tail:011}", &moment::digits(now)[..8], 0),
            amount: self.amount,
            reason: self.reason.to_owned(),
            notify_url: self.notify_url.to_owned(),
            at: now,
            succeeds: now.plus(REFUND_MS),
            is_v3: self.is_v3,
        };
        let changed = world.pay.book.change(place, |order| {
            order.refunds.push(refund.clone());
            order.clone()
        });
        let order = changed.ok_or(RefundProblem::NoOrder)?;
        notice::queue_refund(world, &order, &refund);
        Ok((order, refund))
    }
}

impl Order {
    /// What was refunded or is about to be, in fen.
    pub fn refunded(&self) -> u64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }

    /// The refund of that number of the merchant.
    pub fn refund(&self, out_refund_no: &str) -> Option<&Refund> {
        let mut refunds = self.refunds.iter();
        refunds.find(|refund| refund.out_refund_no == out_refund_no)
    }
}

impl World {
    /// A merchant's refund of that number, with its order.
    pub fn refund_of(&self, mch_id: &str, out_refund_no: &str) -> Option<(&Order, &Refund)> {
        let place = self.pay.book.refunded(mch_id, out_refund_no)?;
        let order = self.pay.book.get(place)?;
        Some((order, order.refund(out_refund_no)?))
    }

    /// A merchant's refund of WeChat Pay's number, with its order.
    pub fn refund_of_id(&self, mch_id: &str, refund_id: &str) -> Option<(&Order, &Refund)> {
        let place = self.pay.book.refund(refund_id)?;
        let order = self.pay.book.get(place)?;
        let mut refunds = order.refunds.iter();
        let refund = refunds.find(|refund| refund.refund_id == refund_id)?;
        (order.mch_id == mch_id).then_some((order, refund))
    }
}

#[cfg(test)]
#[path = "refund_tests.rs"]
mod tests;
