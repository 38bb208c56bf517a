//! The orders of all merchants, found by each of their numbers.
//!
//! At most [`ORDERS_MAX`] are kept, and [`SPARE_MAX`] of them that are not paid, or are closed. When another comes,
//! the oldest of these goes; when all are paid, the oldest of them with its refunds.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::order::{Order, OrderState};

/// Orders that are kept.
pub const ORDERS_MAX: usize = 20_000;
/// Orders that are not paid, or are closed, among them.
pub const SPARE_MAX: usize = 4_000;

/// A number of a merchant: the number, then who gave it, then the place of the order.
type Numbers = BTreeMap<String, BTreeMap<String, u64>>;

/// All orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Book {
    /// Orders that came so far.
    came: u64,
    /// By place, in the order in which they came.
    orders: BTreeMap<u64, Order>,
    by_number: Numbers,
    by_prepay_id: BTreeMap<String, u64>,
    by_transaction_id: BTreeMap<String, u64>,
    by_refund_number: Numbers,
    by_refund_id: BTreeMap<String, u64>,
    /// Places of those that may go: not paid, or closed.
    spare: BTreeSet<u64>,
}

fn number_of(numbers: &Numbers, mch_id: &str, number: &str) -> Option<u64> {
    numbers.get(number)?.get(mch_id).copied()
}

fn add_number(numbers: &mut Numbers, mch_id: &str, number: &str, place: u64) {
    let of_number = numbers.entry(number.to_owned()).or_default();
    of_number.insert(mch_id.to_owned(), place);
}

fn remove_number(numbers: &mut Numbers, mch_id: &str, number: &str) {
    if let Some(of_number) = numbers.get_mut(number) {
        of_number.remove(mch_id);
        if of_number.is_empty() {
            numbers.remove(number);
        }
    }
}

impl Book {
    /// The orders, in the order in which they came.
    pub(super) fn orders(&self) -> impl DoubleEndedIterator<Item = &Order> + ExactSizeIterator {
        self.orders.values()
    }

    /// The order of a place.
    pub(super) fn get(&self, place: u64) -> Option<&Order> {
        self.orders.get(&place)
    }

    /// The order of a merchant with that number.
    pub(super) fn numbered(&self, mch_id: &str, out_trade_no: &str) -> Option<u64> {
        number_of(&self.by_number, mch_id, out_trade_no)
    }

    /// The first order with that number, whoever gave it.
    pub(super) fn first_numbered(&self, out_trade_no: &str) -> Option<u64> {
        self.by_number.get(out_trade_no)?.values().min().copied()
    }

    /// The order that a `prepay_id` stands for.
    pub(super) fn prepaid(&self, prepay_id: &str) -> Option<u64> {
        self.by_prepay_id.get(prepay_id).copied()
    }

    /// The order of a payment.
    pub(super) fn paid(&self, transaction_id: &str) -> Option<u64> {
        self.by_transaction_id.get(transaction_id).copied()
    }

    /// The order of a merchant's refund.
    pub(super) fn refunded(&self, mch_id: &str, out_refund_no: &str) -> Option<u64> {
        number_of(&self.by_refund_number, mch_id, out_refund_no)
    }

    /// The order of WeChat Pay's number of a refund.
    pub(super) fn refund(&self, refund_id: &str) -> Option<u64> {
        self.by_refund_id.get(refund_id).copied()
    }

    /// One more order.
    pub(super) fn add(&mut self, order: Order) {
        if self.orders.len() >= ORDERS_MAX || self.spare.len() >= SPARE_MAX {
            let first = self.spare.first().or_else(|| self.orders.keys().next());
            if let Some(place) = first.copied() {
                self.unlink(place);
                self.orders.remove(&place);
            }
        }
        self.came += 1;
        let place = self.came;
        self.orders.insert(place, order);
        self.link(place);
    }

    /// Something about an order changes; `None` when there is none at that place.
    pub(super) fn change<T>(
        &mut self,
        place: u64,
        change: impl FnOnce(&mut Order) -> T,
    ) -> Option<T> {
        self.unlink(place);
        let done = self.orders.get_mut(&place).map(change);
        self.link(place);
        done
    }

    fn link(&mut self, place: u64) {
        let Some(order) = self.orders.get(&place) else {
            return;
        };
        let mch_id = &order.mch_id;
        add_number(&mut self.by_number, mch_id, &order.out_trade_no, place);
        self.by_prepay_id.insert(order.prepay_id.clone(), place);
        if let OrderState::Paid { transaction_id, .. } = &order.state {
            self.by_transaction_id.insert(transaction_id.clone(), place);
        } else {
            self.spare.insert(place);
        }
        for refund in &order.refunds {
            let number = &refund.out_refund_no;
            add_number(&mut self.by_refund_number, mch_id, number, place);
            self.by_refund_id.insert(refund.refund_id.clone(), place);
        }
    }

    fn unlink(&mut self, place: u64) {
        let Some(order) = self.orders.get(&place) else {
            return;
        };
        remove_number(&mut self.by_number, &order.mch_id, &order.out_trade_no);
        self.by_prepay_id.remove(&order.prepay_id);
        if let OrderState::Paid { transaction_id, .. } = &order.state {
            self.by_transaction_id.remove(transaction_id);
        }
        self.spare.remove(&place);
        for refund in &order.refunds {
            let number = &refund.out_refund_no;
            remove_number(&mut self.by_refund_number, &order.mch_id, number);
            self.by_refund_id.remove(&refund.refund_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Book, ORDERS_MAX, SPARE_MAX};
    use crate::crypto::pay_sign::SignType;
    use crate::world::pay::order::{Order, OrderState};
    use crate::world::{Caller, Millis};

    fn order(number: usize, state: OrderState) -> Order {
        Order {
            out_trade_no: format!("N{number}"),
            mch_id: "1".into(),
            payer: Caller::new("wx1", "a"),
            total: 1,
            description: String::new(),
            notify_url: String::new(),
            sign_type: SignType::Md5,
            prepay_id: format!("p{number}"),
            prepaid_until: Millis(0),
            expires: Millis(0),
            state,
            attach: String::new(),
            device_info: String::new(),
            refunds: Vec::new(),
        }
    }

    fn paid(number: usize) -> OrderState {
        OrderState::Paid {
            transaction_id: format!("t{number}"),
            at: Millis(0),
        }
    }

    #[test]
    fn an_order_is_found_by_the_numbers_it_has_now() {
        let mut book = Book::default();
        book.add(order(1, OrderState::NotPaid));
        let other = Order {
            mch_id: "2".into(),
            prepay_id: "q".into(),
            ..order(1, OrderState::NotPaid)
        };
        book.add(other);
        assert_eq!(book.numbered("1", "N1"), Some(1));
        assert_eq!(book.numbered("2", "N1"), Some(2));
        assert_eq!(book.first_numbered("N1"), Some(1));
        assert_eq!(book.prepaid("p1"), Some(1));
        book.change(1, |order| {
            order.prepay_id = "new".into();
            order.state = paid(1);
        });
        assert_eq!((book.prepaid("p1"), book.prepaid("new")), (None, Some(1)));
        assert_eq!(book.paid("t1"), Some(1));
        assert_eq!(book.change(3, |_| ()), None);
    }

    #[test]
    fn the_oldest_that_is_not_paid_makes_room_and_then_the_oldest() {
        let mut book = Book::default();
        book.add(order(0, paid(0)));
        book.add(order(1, OrderState::Closed));
        book.add(order(2, OrderState::NotPaid));
        for number in 3..ORDERS_MAX {
            book.add(order(number, paid(number)));
        }
        let kept =
            |book: &Book, number: usize| book.first_numbered(&format!("N{number}")).is_some();
        book.add(order(ORDERS_MAX, paid(ORDERS_MAX)));
        assert!(kept(&book, 0) && !kept(&book, 1) && kept(&book, 2));
        book.add(order(ORDERS_MAX + 1, paid(ORDERS_MAX + 1)));
        assert!(kept(&book, 0) && !kept(&book, 2));
        book.add(order(ORDERS_MAX + 2, paid(ORDERS_MAX + 2)));
        assert!(!kept(&book, 0) && kept(&book, 3));
        assert_eq!(book.paid("t0"), None, "its numbers go with it");
        assert_eq!(book.orders().len(), ORDERS_MAX);
    }

    #[test]
    fn orders_that_nobody_pays_do_not_pile_up() {
        let mut book = Book::default();
        for number in 0..=SPARE_MAX {
            book.add(order(number, OrderState::NotPaid));
        }
        assert_eq!(book.orders().len(), SPARE_MAX);
        assert!(book.first_numbered("N0").is_none() && book.first_numbered("N1").is_some());
    }
}
