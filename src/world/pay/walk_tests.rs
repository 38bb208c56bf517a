//! A seeded random walk of merchants, users and time: an order is paid at most once, by its payer, in
//! time, and no other key's signature opens a cashier.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::cashier::{LeaveCashier, OpenCashier, Pay, TakePayments, TypeWrongPassword};
use super::merchant::{DeclareMerchants, Merchant};
use super::order::{CloseOrder, Order, OrderState, PlaceOrder, Placement, SignPayment};
use crate::crypto::pay_sign::SignType;
use crate::errmsg::PaymentProblem;
use crate::profile::Profile;
use crate::world::rng::{Rng, Stream};
use crate::world::user::{AddUser, SwitchUser, User};
use crate::world::{AdvanceTo, AppFacts, Caller, World};

const STEPS: usize = 3_000;
const USERS: [&str; 3] = ["a", "b", "c"];

struct Walk {
    world: World,
    /// The same world with other keys: what a forger would sign.
    forger: World,
    dice: Rng,
    /// What was signed, by whom and whether with the right key.
    signed: Vec<(Order, Json, bool)>,
    /// Payments that servers heard of, by number of the order.
    paid: BTreeMap<String, u32>,
    outcomes: BTreeMap<&'static str, u32>,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let with_key = |key: &str, seed| {
            let mut world = World::new(Profile::default(), AppFacts::default(), seed);
            for id in USERS {
                world.apply(AddUser(User {
                    id: id.into(),
                    ..User::default()
                }));
            }
            world.apply(DeclareMerchants(vec![Merchant {
                id: "1".into(),
                key: Some(key.into()),
                ..Merchant::default()
            }]));
            world
        };
        Self {
            world: with_key("right", seed),
            forger: with_key("wrong", seed + 1),
            dice: Rng::new(seed),
            signed: Vec::new(),
            paid: BTreeMap::new(),
            outcomes: BTreeMap::new(),
        }
    }

    fn die(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.draw(Stream::Ids) % sides as u64).expect("small")
    }

    fn count(&mut self, what: &'static str) {
        *self.outcomes.entry(what).or_default() += 1;
    }

    fn place(&mut self) {
        // RSA signatures take their time.
        let kind = match self.die(12) {
            0 => SignType::Rsa,
            1..=6 => SignType::Md5,
            _ => SignType::HmacSha256,
        };
        let placement = Placement {
            total: 1 + self.die(2) as u64,
            sign_type: Some(kind),
            out_trade_no: Some(format!("N{}", self.die(600))),
            user: Some(USERS[self.die(3)].to_owned()),
            life_ms: [None, Some(60_000), Some(600_000)][self.die(3)],
            ..Placement::default()
        };
        let Ok(order) = self.world.apply(PlaceOrder(placement)) else {
            return self.count("refused order");
        };
        let rightly = self.die(3) > 0;
        let signer = if rightly {
            &mut self.world
        } else {
            &mut self.forger
        };
        let said = signer.apply(SignPayment(&order));
        self.signed.push((order, said, rightly));
    }

    fn open(&mut self) {
        if self.signed.is_empty() {
            return;
        }
        let at = self.signed.len() - 1 - self.die(self.signed.len().min(4));
        let (order, said, rightly) = self.signed[at].clone();
        if self.die(2) == 0 {
            let payer = order.payer.user_id().to_owned();
            self.world.apply(SwitchUser(payer)).expect("known");
        }
        let user = self.world.caller();
        let text = |name: &str| said[name].as_str().unwrap_or_default();
        let opened = self.world.apply(OpenCashier {
            user: &user,
            time_stamp: text("timeStamp"),
            nonce: text("nonceStr"),
            package: text("package"),
            sign_type: text("signType"),
            pay_sign: text("paySign"),
        });
        match opened {
            Ok(opened) => {
                assert!(rightly, "another key opened the cashier");
                assert_eq!(opened.out_trade_no, order.out_trade_no);
                self.count("opened");
            }
            Err(PaymentProblem::Signature) => {
                assert!(!rightly, "the right key was refused");
                self.count("forged");
            }
            Err(_) => self.count("refused cashier"),
        }
    }

    fn act(&mut self) {
        if self.signed.is_empty() {
            return;
        }
        let at = self.signed.len() - 1 - self.die(self.signed.len().min(4));
        let order = self.signed[at].0.clone();
        let anybody = Caller::new(order.payer.app_id(), USERS[self.die(3)]);
        let is_payer = self.die(2) == 0;
        let user = if is_payer {
            order.payer.clone()
        } else {
            anybody
        };
        let at = Pay {
            prepay_id: &order.prepay_id,
            user: &user,
        };
        match self.die(6) {
            0 => self.world.apply(LeaveCashier(at)),
            1 => drop(self.world.apply(TypeWrongPassword(at))),
            _ if self.world.apply(at).is_ok() => {
                self.count("paid");
                assert_eq!(user, order.payer, "somebody else paid");
                assert!(self.world.now() < order.expires, "paid after it ran out");
                assert!(self.world.now() < order.prepaid_until);
            }
            _ => self.count("not paid"),
        }
    }

    fn step(&mut self) {
        match self.die(10) {
            0 | 1 => self.place(),
            2..=4 => self.open(),
            5 | 6 => self.act(),
            7 => {
                let user = USERS[self.die(3)].to_owned();
                self.world.apply(SwitchUser(user)).expect("known");
            }
            8 => {
                let ms = [1, 20_000, 90_000, 4_000_000][self.die(4)];
                self.world.apply(AdvanceTo(self.world.now().plus(ms)));
            }
            _ => {
                let number = format!("N{}", self.die(600));
                if self.die(6) == 0 {
                    let closed = self.world.apply(CloseOrder(&number)).is_ok();
                    assert!(!closed || !self.paid.contains_key(&number));
                }
            }
        }
        for payment in self.world.apply(TakePayments) {
            let number = payment.order.out_trade_no;
            let times = self.paid.entry(number).or_default();
            *times += 1;
            assert_eq!(*times, 1, "paid twice");
        }
        for order in self.world.orders() {
            let is_paid = matches!(order.state, OrderState::Paid { .. });
            assert_eq!(is_paid, self.paid.contains_key(&order.out_trade_no));
        }
    }
}

#[test]
fn an_order_is_paid_at_most_once_by_its_payer_in_time_with_the_right_key() {
    let mut outcomes: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..4 {
        let mut walk = Walk::new(seed);
        for _ in 0..STEPS {
            walk.step();
        }
        for (what, times) in walk.outcomes {
            *outcomes.entry(what).or_default() += times;
        }
    }
    for what in [
        "opened",
        "forged",
        "refused cashier",
        "refused order",
        "paid",
        "not paid",
    ] {
        let times = outcomes.get(what).copied().unwrap_or_default();
        assert!(times > 20, "{what}: {outcomes:?}");
    }
}
