//! Orders of WeChat Pay: made by a merchant's server for one user in one program, signed, paid once.
//!
//! Official pages of WeChat Pay: "Unified order" (v2), "JSAPI order" (v3), "Closing an order". The same number
//! again with the same content is the same order; everything else is refused.
//!
//! Unverified: asking again gives the same `prepay_id` as long as that lives; an order without a time of its own can be paid for seven days, a `prepay_id` used for two
//! hours; both are rules of [`Rules`](crate::profile::Rules) or of the order.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::super::rng::derived_hex;
use super::super::{Caller, Change, Millis, World, sealed::Sealed};
use super::moment;
use super::problem::OrderProblem;
use super::refund::Refund;
use crate::crypto::pay_sign::{SignType, Signed};
use crate::profile::Date;

/// Whether an order is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderState {
    /// Not yet.
    NotPaid,
    /// It is.
    Paid {
        /// WeChat Pay's number of the payment.
        transaction_id: String,
        /// When.
        at: Millis,
    },
    /// The merchant closed it.
    Closed,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The merchant's number of it.
    pub out_trade_no: String,
    /// The merchant.
    pub mch_id: String,
    /// Who is to pay it, in which program.
    pub payer: Caller,
    /// In fen.
    pub total: u64,
    /// What the cashier shows.
    pub description: String,
    /// Where the payment is told to; empty for nowhere.
    pub notify_url: String,
    /// How it is signed.
    pub sign_type: SignType,
    /// What stands behind `prepay_id=`.
    pub prepay_id: String,
    /// Until when that is good.
    pub prepaid_until: Millis,
    /// Until when the order can be paid.
    pub expires: Millis,
    /// Whether it is paid.
    pub state: OrderState,
    /// What the merchant gets back with every answer; may be empty.
    pub attach: String,
    /// `device_info` of version 2; may be empty.
    pub device_info: String,
    /// Its refunds, the oldest in front.
    pub refunds: Vec<Refund>,
}

/// Usual time in which an order can be paid, in milliseconds.
const ORDER_LIFE_MS: i64 = 7 * 24 * 3_600_000;
/// From this day on orders are of version 3 when nothing else is said (the typings of November 2020 know
/// `RSA`).
const VERSION_3_FROM: Date = Date::new(2021, 1, 1);
/// What the cashier shows when nothing is said.
const DESCRIPTION: &str = "商品";

/// What an order is to be; `None` is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// In fen.
    pub total: u64,
    /// How it is signed.
    pub sign_type: Option<SignType>,
    /// The merchant's number of it.
    pub out_trade_no: Option<String>,
    /// What the cashier shows.
    pub description: Option<String>,
    /// The merchant.
    pub mch_id: Option<String>,
    /// The program.
    pub app_id: Option<String>,
    /// Id of the user who is to pay.
    pub user: Option<String>,
    /// Where the payment is told to.
    pub notify_url: Option<String>,
    /// Milliseconds in which it can be paid.
    pub life_ms: Option<i64>,
    /// What the merchant gets back with every answer.
    pub attach: Option<String>,
    /// `device_info` of version 2.
    pub device_info: Option<String>,
}

/// A merchant's server makes an order, or asks for the one of that number again.
#[derive(Clone, Debug)]
pub struct PlaceOrder(pub Placement);

impl Sealed for PlaceOrder {}
impl Change for PlaceOrder {
    type Effect = Result<Order, OrderProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let said = self.0;
        let own = world.caller();
        let app_id = said.app_id.as_deref().unwrap_or(own.app_id());
        let user = said.user.as_deref().unwrap_or(own.user_id());
        let known = world.registered(app_id).ok_or(OrderProblem::NoApp)?;
        world.user_of(user).ok_or(OrderProblem::NoUser)?;
        let mch_id = said.mch_id.as_ref().or(known.merchants.first());
        let mch_id = mch_id.filter(|id| known.merchants.contains(id));
        let mch_id = mch_id.ok_or(OrderProblem::NotBound)?.clone();
        let limit = world.merchant(&mch_id).and_then(|known| known.limit);
        if limit.is_some_and(|limit| said.total > limit) {
            return Err(OrderProblem::Limit);
        }
        world.pay.made += 1;
        let (made, now) = (world.pay.made, world.now);
        let usual = || format!("W{}{made:04}", &moment::digits(now)[..8]);
        let is_new = world.profile.compat_date >= VERSION_3_FROM;
        let usual_kind = if is_new { SignType::Rsa } else { SignType::Md5 };
        let sign_type = said.sign_type.unwrap_or(usual_kind);
        let tail = derived_hex(world.seed, &["prepay", &made.to_string()], 20);
        let order = Order {
            out_trade_no: said.out_trade_no.unwrap_or_else(usual),
            mch_id,
            payer: Caller::new(app_id, user),
            total: said.total,
            description: said.description.unwrap_or_else(|| DESCRIPTION.to_owned()),
            notify_url: said.notify_url.unwrap_or_default(),
            sign_type,
            prepay_id: format!("wx{}{tail}", moment::digits(now)),
            prepaid_until: now.plus(world.profile.rules.prepay_life_ms),
            expires: now.plus(said.life_ms.unwrap_or(ORDER_LIFE_MS)),
            state: OrderState::NotPaid,
            attach: said.attach.unwrap_or_default(),
            device_info: said.device_info.unwrap_or_default(),
            refunds: Vec::new(),
        };
        if sign_type == SignType::Rsa {
            world.rsa_key(&order.mch_id);
        }
        let book = &mut world.pay.book;
        let Some(former) = book.numbered(&order.mch_id, &order.out_trade_no) else {
            book.add(order.clone());
            return Ok(order);
        };
        let again = book.change(former, |former| {
            former.again(order, now).map(|()| former.clone())
        });
        again.unwrap_or(Err(OrderProblem::NoOrder))
    }
}

impl Order {
    /// The server asks for it again.
    fn again(&mut self, other: Self, now: Millis) -> Result<(), OrderProblem> {
        match self.state {
            OrderState::Paid { .. } => return Err(OrderProblem::Paid),
            OrderState::Closed => return Err(OrderProblem::Closed),
            OrderState::NotPaid => {}
        }
        if self.payer != other.payer {
            return Err(OrderProblem::NumberUsed);
        }
        let content = |order: &Self| (order.total, order.description.clone(), order.sign_type);
        if content(self) != content(&other) {
            return Err(OrderProblem::Changed);
        }
        // A program may hold what the first request gave, so that stays good as long as it lives.
        if now >= self.prepaid_until {
            self.prepay_id = other.prepay_id;
            self.prepaid_until = other.prepaid_until;
        }
        Ok(())
    }

    /// Whether it is of version 3.
    pub fn is_v3(&self) -> bool {
        self.sign_type == SignType::Rsa
    }

    /// `trade_state`, as an order query gives it.
    pub fn trade_state(&self) -> &'static str {
        match self.state {
            OrderState::NotPaid => "NOTPAY",
            OrderState::Paid { .. } if self.refunds.is_empty() => "SUCCESS",
            OrderState::Paid { .. } => "REFUND",
            OrderState::Closed => "CLOSED",
        }
    }

    /// What an order query tells.
    pub fn told(&self) -> Json {
        let mut told = json!({
            "out_trade_no": self.out_trade_no,
            "trade_state": self.trade_state(),
            "total": self.total,
        });
        if let OrderState::Paid { transaction_id, .. } = &self.state {
            told["transaction_id"] = transaction_id.as_str().into();
        }
        told
    }
}

/// The merchant closes an order that is not paid.
#[derive(Clone, Debug)]
pub struct CloseOrder<'a>(pub &'a str);

impl Sealed for CloseOrder<'_> {}
impl Change for CloseOrder<'_> {
    type Effect = Result<Json, OrderProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let place = world.pay.book.first_numbered(self.0);
        close(world, place)
    }
}

/// A merchant closes an order of its own that is not paid.
#[derive(Clone, Copy, Debug)]
pub struct CloseOrderOf<'a> {
    /// The merchant.
    pub mch_id: &'a str,
    /// Its number of the order.
    pub out_trade_no: &'a str,
}

impl Sealed for CloseOrderOf<'_> {}
impl Change for CloseOrderOf<'_> {
    type Effect = Result<Json, OrderProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let place = world.pay.book.numbered(self.mch_id, self.out_trade_no);
        close(world, place)
    }
}

fn close(world: &mut World, place: Option<u64>) -> Result<Json, OrderProblem> {
    let place = place.ok_or(OrderProblem::NoOrder)?;
    let closed = world.pay.book.change(place, |order| match order.state {
        OrderState::Paid { .. } => Err(OrderProblem::Paid),
        OrderState::Closed => Err(OrderProblem::Closed),
        OrderState::NotPaid => {
            order.state = OrderState::Closed;
            Ok(order.told())
        }
    });
    closed.unwrap_or(Err(OrderProblem::NoOrder))
}

/// The merchant's server signs what the program hands to `wx.requestPayment`.
#[derive(Clone, Copy, Debug)]
pub struct SignPayment<'a>(pub &'a Order);

impl Sealed for SignPayment<'_> {}
impl Change for SignPayment<'_> {
    type Effect = Json;

    fn apply(self, world: &mut World) -> Json {
        let order = self.0;
        world.pay.made += 1;
        let made = world.pay.made.to_string();
        let nonce = derived_hex(world.seed, &["pay nonce", &made], 32);
        let time_stamp = (world.now.0 / 1_000).to_string();
        let package = format!("prepay_id={}", order.prepay_id);
        let signed = Signed {
            app_id: order.payer.app_id(),
            time_stamp: &time_stamp,
            nonce: &nonce,
            package: &package,
        };
        let pay_sign = match order.sign_type {
            SignType::Rsa => world.rsa_key(&order.mch_id).sign(&signed.lines()),
            kind => signed.with_key(kind, &world.merchant_key(&order.mch_id)),
        };
        json!({
            "timeStamp": time_stamp,
            "nonceStr": nonce,
            "package": package,
            "signType": order.sign_type.name(),
            "paySign": pay_sign,
        })
    }
}

impl World {
    /// The orders, in the order in which they were made.
    pub fn orders(&self) -> impl DoubleEndedIterator<Item = &Order> + ExactSizeIterator {
        self.pay.book.orders()
    }

    /// The order of that number; the first of several merchants.
    pub fn order(&self, out_trade_no: &str) -> Option<&Order> {
        let place = self.pay.book.first_numbered(out_trade_no)?;
        self.pay.book.get(place)
    }
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
