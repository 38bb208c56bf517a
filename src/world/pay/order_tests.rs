//! Orders.

use serde_json::json;

use super::{CloseOrder, OrderState, PlaceOrder, Placement, SignPayment};
use crate::crypto::pay_sign::{SignType, Signed};
use crate::profile::{Date, Profile};
use crate::world::pay::merchant::{DeclareMerchants, Merchant};
use crate::world::pay::problem::OrderProblem;
use crate::world::user::{AddUser, User};
use crate::world::{AdvanceTo, AppFacts, World};

fn world_on(day: Date) -> World {
    let mut world = World::new(Profile::on(day), AppFacts::default(), 1);
    world.apply(DeclareMerchants(vec![Merchant {
        id: "1".into(),
        key: Some("k".repeat(32)),
        limit: Some(1_000),
        ..Merchant::default()
    }]));
    world
}

fn world() -> World {
    world_on(Date::new(2026, 7, 30))
}

fn of(number: &str, total: u64) -> Placement {
    Placement {
        total,
        out_trade_no: Some(number.into()),
        sign_type: Some(SignType::Md5),
        ..Placement::default()
    }
}

#[test]
fn an_order_is_of_the_version_of_its_day() {
    let kind = |day| {
        let usual = Placement {
            total: 1,
            ..Placement::default()
        };
        let order = world_on(day).apply(PlaceOrder(usual)).expect("an order");
        assert!(order.prepay_id.starts_with("wx20") && order.prepay_id.len() == 36);
        order.sign_type
    };
    assert_eq!(kind(Date::new(2020, 12, 31)), SignType::Md5);
    assert_eq!(kind(Date::new(2021, 1, 1)), SignType::Rsa);
}

#[test]
fn the_same_again_is_the_same_order_and_all_else_is_refused() {
    let mut world = world();
    world.apply(AddUser(User {
        id: "b".into(),
        ..User::default()
    }));
    let mut place = |placement| world.apply(PlaceOrder(placement));
    let first = place(of("A1", 100)).expect("an order");
    let second = place(of("A1", 100)).expect("the same order");
    assert_eq!(first.prepay_id, second.prepay_id);
    for (other, problem) in [
        (of("A1", 101), OrderProblem::Changed),
        (of("A2", 1_001), OrderProblem::Limit),
        (
            Placement {
                user: Some("b".into()),
                ..of("A1", 100)
            },
            OrderProblem::NumberUsed,
        ),
        (
            Placement {
                user: Some("nobody".into()),
                ..of("A1", 100)
            },
            OrderProblem::NoUser,
        ),
        (
            Placement {
                app_id: Some("nowhere".into()),
                ..of("A1", 100)
            },
            OrderProblem::NoApp,
        ),
        (
            Placement {
                mch_id: Some("2".into()),
                ..of("A1", 100)
            },
            OrderProblem::NotBound,
        ),
    ] {
        assert_eq!(place(other), Err(problem));
    }
    assert!(world.prepaid(&first.prepay_id).is_some(), "it lives");
    assert_eq!(world.orders().len(), 1);
}

#[test]
fn an_order_is_closed_once() {
    let mut world = world();
    world.apply(PlaceOrder(of("A1", 100))).expect("an order");
    let closed = world.apply(CloseOrder("A1"));
    let expected = json!({ "out_trade_no": "A1", "trade_state": "CLOSED", "total": 100 });
    assert_eq!(closed, Ok(expected));
    assert_eq!(world.apply(CloseOrder("A1")), Err(OrderProblem::Closed));
    assert_eq!(world.apply(CloseOrder("A2")), Err(OrderProblem::NoOrder));
    let again = world.apply(PlaceOrder(of("A1", 100)));
    assert_eq!(again, Err(OrderProblem::Closed));
    assert_eq!(
        world.order("A1").map(|order| order.state.clone()),
        Some(OrderState::Closed)
    );
}

#[test]
fn what_is_signed_verifies_with_the_merchants_key() {
    let mut world = world();
    world.apply(AdvanceTo(world.now().plus(1_234)));
    for kind in SignType::ALL {
        let order = world
            .apply(PlaceOrder(Placement {
                total: 1,
                sign_type: Some(kind),
                ..Placement::default()
            }))
            .expect("an order");
        let said = world.apply(SignPayment(&order));
        let text = |name: &str| said[name].as_str().expect(name).to_owned();
        let signed = Signed {
            app_id: "wx0000000000000000",
            time_stamp: &text("timeStamp"),
            nonce: &text("nonceStr"),
            package: &text("package"),
        };
        assert_eq!(text("nonceStr").len(), 32);
        assert_eq!(text("signType"), kind.name());
        let sign = text("paySign");
        if kind == SignType::Rsa {
            assert!(world.rsa_key("1").verifies(&signed.lines(), &sign));
        } else {
            assert_eq!(signed.with_key(kind, &"k".repeat(32)), sign);
        }
    }
}
