//! Refunds.

use super::{
    OrderName, PlaceRefund, REFUND_MS, REFUNDABLE_MS, REFUNDS_OF_ORDER_MAX, RefundProblem,
};
use crate::profile::Profile;
use crate::world::open_api::delivery::TakeDueDeliveries;
use crate::world::pay::notice::tests::pay_for;
use crate::world::pay::order::{PlaceOrder, Placement};
use crate::world::{AdvanceTo, AppFacts, World};

const MERCHANT: &str = "1900000001";

const OF_N: PlaceRefund<'static> = PlaceRefund {
    mch_id: MERCHANT,
    order: OrderName::Number("N"),
    out_refund_no: "R1",
    total: 100,
    amount: 30,
    reason: "",
    notify_url: "http://127.0.0.1/r",
    is_v3: false,
};

/// A world with a paid order `N` of one yuan.
fn world() -> World {
    let mut world = World::new(Profile::default(), AppFacts::default(), 1);
    pay_for(
        &mut world,
        Placement {
            total: 100,
            out_trade_no: Some("N".into()),
            ..Placement::default()
        },
    );
    world
}

#[test]
fn a_refund_is_in_progress_and_then_succeeds_and_is_told() {
    let mut world = world();
    let (order, refund) = world.apply(OF_N).expect("a refund");
    assert_eq!((order.trade_state(), order.refunded()), ("REFUND", 30));
    assert_eq!(refund.status(world.now()), "PROCESSING");
    assert_eq!(refund.refund_id.len(), 29);
    assert_eq!(world.apply(OF_N), Ok((order, refund.clone())), "the same");
    assert!(world.apply(TakeDueDeliveries).is_empty(), "not yet");
    world.apply(AdvanceTo(world.now().plus(REFUND_MS)));
    assert_eq!(refund.status(world.now()), "SUCCESS");
    assert_eq!(world.apply(TakeDueDeliveries).len(), 1, "once");
    let found = world.refund_of(MERCHANT, "R1").map(|(_, it)| it.clone());
    assert_eq!(found.as_ref(), Some(&refund));
    let found = world.refund_of_id(MERCHANT, &refund.refund_id);
    assert_eq!(found.map(|(_, it)| it.clone()), Some(refund.clone()));
    assert!(world.refund_of_id("2", &refund.refund_id).is_none());
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, or one table of cases")]
fn what_cannot_be_refunded_says_why() {
    let mut world = world();
    let unpaid = Placement {
        total: 100,
        out_trade_no: Some("U".into()),
        ..Placement::default()
    };
    world.apply(PlaceOrder(unpaid)).expect("an order");
    let transaction = world
        .order("N")
        .expect("it is there")
        .transaction_id()
        .to_owned();
    world.apply(OF_N).expect("a refund");
    let more = PlaceRefund {
        out_refund_no: "R2",
        ..OF_N
    };
    for (refund, problem) in [
        (PlaceRefund { amount: 31, ..OF_N }, RefundProblem::Changed),
        (
            PlaceRefund {
                order: OrderName::Number("U"),
                ..OF_N
            },
            RefundProblem::Changed,
        ),
        (
            PlaceRefund {
                order: OrderName::Number("U"),
                ..more
            },
            RefundProblem::NotPaid,
        ),
        (
            PlaceRefund {
                order: OrderName::Number("none"),
                ..more
            },
            RefundProblem::NoOrder,
        ),
        (
            PlaceRefund {
                mch_id: "2",
                ..more
            },
            RefundProblem::NoOrder,
        ),
        (
            PlaceRefund {
                order: OrderName::Transaction("420"),
                ..more
            },
            RefundProblem::NoTransaction,
        ),
        (
            PlaceRefund {
                mch_id: "2",
                order: OrderName::Transaction(&transaction),
                ..more
            },
            RefundProblem::NoTransaction,
        ),
        (PlaceRefund { total: 99, ..more }, RefundProblem::OtherTotal),
        (PlaceRefund { amount: 71, ..more }, RefundProblem::TooMuch),
    ] {
        assert_eq!(world.apply(refund), Err(problem), "{refund:?}");
    }
    let rest = PlaceRefund {
        order: OrderName::Transaction(&transaction),
        amount: 70,
        ..more
    };
    assert!(world.apply(rest).is_ok());
    let third = PlaceRefund {
        out_refund_no: "R3",
        amount: 1,
        ..OF_N
    };
    assert_eq!(world.apply(third), Err(RefundProblem::AllRefunded));
}

#[test]
fn an_order_has_so_many_refunds_and_only_for_a_year() {
    let mut world = world();
    let refund = |world: &mut World, number: usize| {
        world.apply(PlaceRefund {
            out_refund_no: &number.to_string(),
            amount: 1,
            ..OF_N
        })
    };
    for number in 0..REFUNDS_OF_ORDER_MAX {
        refund(&mut world, number).expect("a refund");
    }
    assert_eq!(refund(&mut world, 99), Err(RefundProblem::TooMany));
    let mut world = self::world();
    world.apply(AdvanceTo(world.now().plus(REFUNDABLE_MS - 1)));
    refund(&mut world, 1).expect("the last moment");
    world.apply(AdvanceTo(world.now().plus(1)));
    assert_eq!(refund(&mut world, 2), Err(RefundProblem::Overdue));
}
