//! The cashier.

use serde_json::Value as Json;

use super::{LeaveCashier, OpenCashier, Pay, TakePayments, TypeWrongPassword, WRONG_PASSWORDS_MAX};
use crate::crypto::pay_sign::SignType;
use crate::errmsg::PaymentProblem;
use crate::profile::{Date, PREPAY_LIFE_MS, Profile};
use crate::world::account::Subject;
use crate::world::foreground::Kill;
use crate::world::pay::order::{CloseOrder, Order, PlaceOrder, Placement, SignPayment};
use crate::world::registry::{Register, Registered};
use crate::world::user::{AddUser, User};
use crate::world::{AdvanceTo, AppFacts, Caller, World};

const MD5: Placement = Placement {
    total: 100,
    sign_type: Some(SignType::Md5),
    out_trade_no: None,
    description: None,
    mch_id: None,
    app_id: None,
    user: None,
    notify_url: None,
    life_ms: None,
    attach: None,
    device_info: None,
};

fn world() -> World {
    World::new(Profile::default(), AppFacts::default(), 1)
}

fn prepaid(world: &mut World, placement: Placement) -> (Order, Json) {
    let order = world.apply(PlaceOrder(placement)).expect("an order");
    let said = world.apply(SignPayment(&order));
    (order, said)
}

fn open(world: &mut World, said: &Json) -> Result<Order, PaymentProblem> {
    let user = world.caller();
    let text = |name: &str| said[name].as_str().unwrap_or_default();
    world.apply(OpenCashier {
        user: &user,
        time_stamp: text("timeStamp"),
        nonce: text("nonceStr"),
        package: text("package"),
        sign_type: text("signType"),
        pay_sign: text("paySign"),
    })
}

fn pay(world: &mut World, order: &Order) -> Result<(), PaymentProblem> {
    let user = world.caller();
    let prepay_id = &order.prepay_id;
    world.apply(Pay {
        prepay_id,
        user: &user,
    })
}

#[test]
fn an_order_is_paid_in_an_open_cashier_and_its_server_hears_of_it() {
    let mut world = world();
    for kind in SignType::ALL {
        let (order, said) = prepaid(
            &mut world,
            Placement {
                sign_type: Some(kind),
                ..MD5
            },
        );
        assert_eq!(pay(&mut world, &order), Err(PaymentProblem::NoOrder));
        assert_eq!(open(&mut world, &said), Ok(order.clone()));
        assert_eq!(pay(&mut world, &order), Ok(()));
        let told = world.apply(TakePayments);
        assert_eq!(told.len(), 1, "once");
        assert_eq!(told[0].transaction_id.len(), 28);
        assert_eq!(told[0].order.trade_state(), "SUCCESS");
        assert_eq!(open(&mut world, &said), Err(PaymentProblem::Paid));
    }
}

#[test]
fn every_changed_field_spoils_the_signature() {
    let mut world = world();
    for kind in SignType::ALL {
        let (_, said) = prepaid(
            &mut world,
            Placement {
                sign_type: Some(kind),
                ..MD5
            },
        );
        for (name, value) in [
            ("timeStamp", "1"),
            ("nonceStr", "n"),
            ("signType", "md5"),
            ("paySign", ""),
        ] {
            let mut other = said.clone();
            other[name] = value.into();
            let opened = open(&mut world, &other);
            assert_eq!(opened, Err(PaymentProblem::Signature), "{kind:?} {name}");
        }
        let kinds = SignType::ALL.into_iter().filter(|other| *other != kind);
        for other in kinds {
            let mut said = said.clone();
            said["signType"] = other.name().into();
            assert_eq!(open(&mut world, &said), Err(PaymentProblem::Signature));
        }
        let mut plain = said.clone();
        plain["package"] = World::prepay_id(said["package"].as_str().unwrap_or_default()).into();
        assert_eq!(open(&mut world, &plain), Err(PaymentProblem::NoOrder));
    }
}

#[test]
fn the_order_must_be_the_users_of_this_program_and_not_over() {
    let mut world = world();
    world.apply(AddUser(User {
        id: "b".into(),
        ..User::default()
    }));
    let other = Registered {
        app_id: "wx2".into(),
        merchants: vec!["1".into()],
        ..Registered::default()
    };
    world.apply(Register(other)).expect("another program");
    let mut fails = |placement: Placement| {
        let (_, said) = prepaid(&mut world, placement);
        open(&mut world, &said).expect_err("refused")
    };
    let of_b = Placement {
        user: Some("b".into()),
        ..MD5
    };
    assert_eq!(fails(of_b), PaymentProblem::OtherPayer);
    let elsewhere = Placement {
        app_id: Some("wx2".into()),
        ..MD5
    };
    assert_eq!(fails(elsewhere), PaymentProblem::NoOrder);
    let (order, said) = prepaid(&mut world, MD5);
    world
        .apply(CloseOrder(&order.out_trade_no))
        .expect("closed");
    assert_eq!(open(&mut world, &said), Err(PaymentProblem::Closed));
    let short = Placement {
        life_ms: Some(60_000),
        ..MD5
    };
    let (order, said) = prepaid(&mut world, short);
    assert!(open(&mut world, &said).is_ok());
    world.apply(AdvanceTo(world.now().plus(59_999)));
    assert!(open(&mut world, &said).is_ok(), "last moment");
    world.apply(AdvanceTo(world.now().plus(1)));
    assert_eq!(pay(&mut world, &order), Err(PaymentProblem::Expired));
    let (_, said) = prepaid(&mut world, MD5);
    world.apply(AdvanceTo(world.now().plus(PREPAY_LIFE_MS - 1)));
    assert!(open(&mut world, &said).is_ok(), "last moment");
    world.apply(AdvanceTo(world.now().plus(1)));
    assert_eq!(open(&mut world, &said), Err(PaymentProblem::NoOrder));
}

#[test]
fn five_wrong_passwords_close_the_cashier_and_leaving_does_too() {
    let mut world = world();
    let (order, said) = prepaid(&mut world, MD5);
    let user = world.caller();
    let at = Pay {
        prepay_id: &order.prepay_id,
        user: &user,
    };
    assert!(!world.apply(TypeWrongPassword(at)), "no cashier");
    open(&mut world, &said).expect("it opens");
    for _ in 1..WRONG_PASSWORDS_MAX {
        assert!(world.apply(TypeWrongPassword(at)));
    }
    assert!(!world.apply(TypeWrongPassword(at)));
    assert_eq!(pay(&mut world, &order), Err(PaymentProblem::NoOrder));
    open(&mut world, &said).expect("it opens");
    assert!(world.apply(TypeWrongPassword(at)), "counted anew");
    world.apply(LeaveCashier(at));
    assert_eq!(pay(&mut world, &order), Err(PaymentProblem::NoOrder));
    open(&mut world, &said).expect("it opens");
    world.apply(Kill);
    assert_eq!(pay(&mut world, &order), Err(PaymentProblem::NoOrder));
    assert!(world.apply(TakePayments).is_empty());
}

#[test]
fn who_may_ask_for_payments() {
    let may = |change: &dyn Fn(&mut AppFacts)| {
        let mut app = AppFacts::default();
        change(&mut app);
        World::new(Profile::default(), app, 1).may_ask_for_payment()
    };
    assert!(may(&|_| ()));
    assert!(!may(&|app| app.merchants.clear()));
    assert!(!may(&|app| app.subject = Subject::Personal));
    assert!(!may(&|app| app.verified = false));
}

#[test]
fn a_payment_let_the_server_send_messages_until_2020() {
    let left = |day: Date, after_ms| {
        let mut world = World::new(Profile::on(day), AppFacts::default(), 1);
        let (order, said) = prepaid(&mut world, MD5);
        assert_eq!(order.messages_left(world.now()), 0, "not paid");
        open(&mut world, &said).expect("it opens");
        pay(&mut world, &order).expect("paid");
        let order = world.orders().next().expect("there is one");
        order.messages_left(world.now().plus(after_ms))
    };
    let week = 7 * 24 * 3_600_000;
    assert_eq!(left(Date::new(2018, 6, 4), week - 1), 3);
    assert_eq!(left(Date::new(2018, 6, 4), week), 0);
    assert_eq!(left(Date::new(2020, 1, 9), 0), 3);
    assert_eq!(left(Date::new(2020, 1, 10), 0), 0);
}

#[test]
fn only_the_payer_pays_what_another_made_out() {
    let mut world = world();
    let (order, said) = prepaid(&mut world, MD5);
    open(&mut world, &said).expect("it opens");
    let other = Caller::new("wx0000000000000000", "b");
    let paid = world.apply(Pay {
        prepay_id: &order.prepay_id,
        user: &other,
    });
    assert_eq!(paid, Err(PaymentProblem::NoOrder), "no cashier of theirs");
    assert_eq!(pay(&mut world, &order), Ok(()));
}
