//! The cashier: what must hold before it opens, and what the user does in it.
//!
//! Official pages: `wx.requestPayment`; of WeChat Pay: "Calling payment in a mini program". Permission comes
//! first, then the order, then the signature (the order that reports of developers tell).
//!
//! A payment is queued for the server of the merchant ([`notice`]); the trace of a run tells of it by itself
//! ([`TakePayments`]).
//!
//! Unverified: a person's account and one that is not verified have no payment; the fifth wrong password
//! closes the cashier; two cashiers of one order can be open.

use serde::{Deserialize, Serialize};

use super::super::account::Subject;
use super::super::registration::Capability;
use super::super::rng::derived_hex;
use super::super::{Caller, Change, Millis, World, sealed::Sealed};
use super::order::{Order, OrderState};
use super::{notice, remember};
use crate::crypto::pay_sign::{SignType, Signed};
use crate::errmsg::PaymentProblem;
use crate::profile::Date;

/// A cashier that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cashier {
    prepay_id: String,
    user: Caller,
    wrong: u32,
}

impl Cashier {
    pub(super) fn is_of(&self, user: &Caller) -> bool {
        self.user == *user
    }
}

/// Wrong passwords that end a payment.
pub const WRONG_PASSWORDS_MAX: u32 = 5;
/// Cashiers that are open; the one that opened first closes for one more.
pub const CASHIERS_MAX: usize = 1_000;
/// The scene of the timeline, where a program shows one page and has no payment.
const TIMELINE_SCENE: u32 = 1154;
/// What `package` begins with.
const PREPAY: &str = "prepay_id=";

/// What a program hands over.
#[derive(Clone, Copy, Debug)]
pub struct OpenCashier<'a> {
    /// Who is to pay, where.
    pub user: &'a Caller,
    /// `timeStamp`.
    pub time_stamp: &'a str,
    /// `nonceStr`.
    pub nonce: &'a str,
    /// `package`.
    pub package: &'a str,
    /// `signType`.
    pub sign_type: &'a str,
    /// `paySign`.
    pub pay_sign: &'a str,
}

impl OpenCashier<'_> {
    fn is_signed(&self, world: &World, order: &Order) -> bool {
        let signed = Signed {
            app_id: self.user.app_id(),
            time_stamp: self.time_stamp,
            nonce: self.nonce,
            package: self.package,
        };
        if SignType::parse(self.sign_type) != Some(order.sign_type) {
            return false;
        }
        match order.sign_type {
            SignType::Rsa => {
                let key = world.known_rsa_key(&order.mch_id);
                key.is_some_and(|key| key.verifies(&signed.lines(), self.pay_sign))
            }
            kind => signed.with_key(kind, &world.merchant_key(&order.mch_id)) == self.pay_sign,
        }
    }
}

impl Sealed for OpenCashier<'_> {}
impl Change for OpenCashier<'_> {
    type Effect = Result<Order, PaymentProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        if world.is_blocked(Capability::Payment) {
            return Err(PaymentProblem::Limited);
        }
        let prepay_id = self.package.strip_prefix(PREPAY);
        let order = prepay_id.and_then(|id| world.prepaid(id)).cloned();
        let order = order.filter(|order| order.payer.app_id() == self.user.app_id());
        let order = order.ok_or(PaymentProblem::NoOrder)?;
        order.can_be_paid(self.user, world.now)?;
        if !self.is_signed(world, &order) {
            return Err(PaymentProblem::Signature);
        }
        close(world, &order.prepay_id, self.user);
        if world.pay.cashiers.len() >= CASHIERS_MAX {
            world.pay.cashiers.remove(0);
        }
        world.pay.cashiers.push(Cashier {
            prepay_id: order.prepay_id.clone(),
            user: self.user.clone(),
            wrong: 0,
        });
        Ok(order)
    }
}

impl Order {
    fn can_be_paid(&self, user: &Caller, now: Millis) -> Result<(), PaymentProblem> {
        if self.payer != *user {
            return Err(PaymentProblem::OtherPayer);
        }
        match self.state {
            OrderState::Paid { .. } => return Err(PaymentProblem::Paid),
            OrderState::Closed => return Err(PaymentProblem::Closed),
            OrderState::NotPaid => {}
        }
        if now >= self.expires {
            Err(PaymentProblem::Expired)
        } else if now >= self.prepaid_until {
            Err(PaymentProblem::NoOrder)
        } else {
            Ok(())
        }
    }

    /// Template messages that the payment still lets the server send: three within seven days, until
    /// template messages ended on 2020-01-10.
    pub fn messages_left(&self, now: Millis) -> u32 {
        match self.state {
            OrderState::Paid { at, .. }
                if now.since(at) < CREDIT_MS && now.0 < MESSAGES_UNTIL.midnight_unix_ms() =>
            {
                CREDITS
            }
            _ => 0,
        }
    }
}

const CREDITS: u32 = 3;
const CREDIT_MS: i64 = 7 * 24 * 3_600_000;
const MESSAGES_UNTIL: Date = Date::new(2020, 1, 10);

fn close(world: &mut World, prepay_id: &str, user: &Caller) -> Option<Cashier> {
    let cashiers = &mut world.pay.cashiers;
    let mut open = cashiers.iter();
    let at = open.position(|it| it.prepay_id == prepay_id && it.user == *user)?;
    Some(cashiers.remove(at))
}

/// What the server of a merchant is told of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The order, as it is now.
    pub order: Order,
    /// WeChat Pay's number of the payment.
    pub transaction_id: String,
}

/// The user pays in an open cashier.
#[derive(Clone, Copy, Debug)]
pub struct Pay<'a> {
    /// What stands behind `prepay_id=`.
    pub prepay_id: &'a str,
    /// Who pays.
    pub user: &'a Caller,
}

impl Sealed for Pay<'_> {}
impl Change for Pay<'_> {
    type Effect = Result<(), PaymentProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let open = close(world, self.prepay_id, self.user);
        open.ok_or(PaymentProblem::NoOrder)?;
        let (seed, now) = (world.seed, world.now);
        let place = world.pay.book.prepaid(self.prepay_id);
        let place = place.ok_or(PaymentProblem::NoOrder)?;
        let order = world.pay.book.get(place).ok_or(PaymentProblem::NoOrder)?;
        order.can_be_paid(self.user, now)?;
        let digits = derived_hex(seed, &["transaction", self.prepay_id], 16);
        let number = u64::from_str_radix(&digits, 16).unwrap_or_default();
        let transaction_id = format!("42000000{number:020}");
        let state = OrderState::Paid {
            transaction_id: transaction_id.clone(),
            at: now,
        };
        let changed = world.pay.book.change(place, |order| {
            order.state = state;
            order.clone()
        });
        let order = changed.ok_or(PaymentProblem::NoOrder)?;
        notice::queue_payment(world, &order);
        let payment = Payment {
            order,
            transaction_id,
        };
        remember(&mut world.pay.untold, payment);
        Ok(())
    }
}

/// The user types a wrong password; whether the cashier stays open.
#[derive(Clone, Copy, Debug)]
pub struct TypeWrongPassword<'a>(pub Pay<'a>);

impl Sealed for TypeWrongPassword<'_> {}
impl Change for TypeWrongPassword<'_> {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let Pay { prepay_id, user } = self.0;
        let Some(mut cashier) = close(world, prepay_id, user) else {
            return false;
        };
        cashier.wrong += 1;
        let stays = cashier.wrong < WRONG_PASSWORDS_MAX;
        if stays {
            world.pay.cashiers.push(cashier);
        }
        stays
    }
}

/// The user leaves a cashier.
#[derive(Clone, Copy, Debug)]
pub struct LeaveCashier<'a>(pub Pay<'a>);

impl Sealed for LeaveCashier<'_> {}
impl Change for LeaveCashier<'_> {
    type Effect = ();

    fn apply(self, world: &mut World) {
        close(world, self.0.prepay_id, self.0.user);
    }
}

/// Hands over the payments that no server was told of.
#[derive(Clone, Copy, Debug)]
pub struct TakePayments;

impl Sealed for TakePayments {}
impl Change for TakePayments {
    type Effect = Vec<Payment>;

    fn apply(self, world: &mut World) -> Vec<Payment> {
        std::mem::take(&mut world.pay.untold).into()
    }
}

impl World {
    /// Whether the program may ask for payments at all.
    pub fn may_ask_for_payment(&self) -> bool {
        let app = self.app();
        let scene = self.enter_options().map(|options| options.scene);
        app.subject != Subject::Personal
            && app.verified
            && !app.merchants.is_empty()
            && scene != Some(TIMELINE_SCENE)
    }

    /// The order that a `package` names.
    pub fn prepaid(&self, prepay_id: &str) -> Option<&Order> {
        self.pay.book.get(self.pay.book.prepaid(prepay_id)?)
    }

    /// What stands behind `prepay_id=`.
    pub fn prepay_id(package: &str) -> &str {
        package.strip_prefix(PREPAY).unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "cashier_tests.rs"]
mod tests;
