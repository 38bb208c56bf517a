//! `GET /wxa/getpaidunionid`: the `unionid` of a user who has just paid.
//!
//! Official page: "Get unionid after payment" (`getPaidUnionid`). It works within five minutes of the payment,
//! without login or consent. The payment is named by `transaction_id`, or by `mch_id` and `out_trade_no`.
//!
//! Unverified: `POST` is taken too, with the parameters in a JSON body, as some servers send it; a request that
//! names no payment is 89300.

use serde_json::json;

use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::server::{errcode, openid};
use crate::world::pay::order::{Order, OrderState};
use crate::world::{Caller, World};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getPaidUnionid", Verb::Any, "/wxa/getpaidunionid", handle);

/// How long after the payment it works, in milliseconds.
const WINDOW_MS: i64 = 300_000;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let caller = openid::user(world, &asked.app_id, &asked.param("openid"))?;
    let Some(union_id) = world.union_id(&caller) else {
        let why = "the app is bound to no open-platform account";
        return Err(errcode::OPEN_NOT_EXISTS.because(why));
    };
    check_payment(world, asked, &caller).map_err(|why| errcode::INVALID_TRADE.because(why))?;
    Ok(Answer::with(json!({ "unionid": union_id })))
}

/// Whether the request names a payment that counts.
///
/// # Errors
/// Why it does not.
fn check_payment(world: &World, asked: &Asked<'_>, caller: &Caller) -> Result<(), &'static str> {
    let transaction = asked.param("transaction_id");
    let (mch_id, number) = (asked.param("mch_id"), asked.param("out_trade_no"));
    if transaction.is_empty() && (mch_id.is_empty() || number.is_empty()) {
        return Err("name the payment by transaction_id, or by mch_id and out_trade_no");
    }
    let is_it = |order: &&Order| match &order.state {
        _ if transaction.is_empty() => order.mch_id == mch_id && order.out_trade_no == number,
        OrderState::Paid { transaction_id, .. } => *transaction_id == transaction,
        _ => false,
    };
    // The latest orders are the ones that are asked for.
    let order = world.orders().rev().find(is_it);
    let order = order.ok_or("there is no such payment")?;
    if order.payer != *caller {
        return Err("somebody else paid it, or the same user in another app");
    }
    match order.state {
        OrderState::Paid { at, .. } if world.now().since(at) < WINDOW_MS => Ok(()),
        OrderState::Paid { .. } => Err("it was paid five minutes ago or earlier"),
        _ => Err("the order is not paid"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::WINDOW_MS;
    use crate::crypto::pay_sign::SignType;
    use crate::profile::Profile;
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::pay::cashier::{OpenCashier, Pay};
    use crate::world::pay::order::{Order, OrderState, PlaceOrder, Placement, SignPayment};
    use crate::world::registry::{Register, Registered};
    use crate::world::user::{AddUser, User};
    use crate::world::{AppFacts, Caller};

    const PATH: &str = "/wxa/getpaidunionid";

    fn client(open_platform: Option<&str>) -> Client {
        let app = AppFacts {
            app_id: APP.into(),
            open_platform: open_platform.map(str::to_owned),
            ..AppFacts::default()
        };
        Client::of(Profile::default(), app)
    }

    fn order(client: &mut Client) -> Order {
        let placement = Placement {
            total: 100,
            sign_type: Some(SignType::Md5),
            ..Placement::default()
        };
        client.world.apply(PlaceOrder(placement)).expect("an order")
    }

    /// The user pays an order; its `transaction_id`.
    fn pay(client: &mut Client, order: &Order) -> String {
        let user = client.world.caller();
        let said = client.world.apply(SignPayment(order));
        let text = |name: &str| said[name].as_str().unwrap_or_default();
        let opened = client.world.apply(OpenCashier {
            user: &user,
            time_stamp: text("timeStamp"),
            nonce: text("nonceStr"),
            package: text("package"),
            sign_type: text("signType"),
            pay_sign: text("paySign"),
        });
        assert!(opened.is_ok());
        let paid = client.world.apply(Pay {
            prepay_id: &order.prepay_id,
            user: &user,
        });
        assert_eq!(paid, Ok(()));
        match &client.world.order(&order.out_trade_no).expect("it").state {
            OrderState::Paid { transaction_id, .. } => transaction_id.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// `errcode` and reason for a query behind the openid.
    fn refused(client: &mut Client, query: &str) -> (i64, String) {
        let url = format!("{PATH}?openid={}&{query}", client.open_id());
        let url = client.with_token(&url);
        let response = client.get(&url);
        (code(&response), response.why)
    }

    #[test]
    fn both_names_of_a_payment_give_the_unionid() {
        let mut client = client(Some("a"));
        let order = order(&mut client);
        let transaction = pay(&mut client, &order);
        client.wait(WINDOW_MS - 1);
        let (open_id, number, mch) = (client.open_id(), &order.out_trade_no, &order.mch_id);
        let union_id = client.world.union_id(&client.world.caller());
        let expected = json!({ "errcode": 0, "errmsg": "ok", "unionid": union_id });
        for query in [
            format!("transaction_id={transaction}"),
            format!("mch_id={mch}&out_trade_no={number}"),
        ] {
            let url = format!("{PATH}?openid={open_id}&{query}");
            assert_eq!(client.read(&url), expected, "{query}");
        }
        let body = json!({ "openid": open_id, "transaction_id": transaction });
        assert_eq!(client.call(PATH, &body), expected, "in the body");
    }

    #[test]
    fn a_payment_counts_for_five_minutes_for_its_payer_and_when_it_is_one() {
        let mut client = client(Some("a"));
        let order = order(&mut client);
        let named = format!(
            "mch_id={}&out_trade_no={}",
            order.mch_id, order.out_trade_no
        );
        let (code, why) = refused(&mut client, &named);
        assert!(code == 89300 && why.contains("not paid"), "{why}");
        let transaction = pay(&mut client, &order);
        assert_eq!(refused(&mut client, &named).0, 0);
        let number = format!("mch_id=1&out_trade_no={}", order.out_trade_no);
        for (query, part) in [
            ("", "name the payment"),
            ("mch_id=1", "name the payment"),
            ("out_trade_no=1", "name the payment"),
            ("transaction_id=1", "no such payment"),
            (&number, "no such payment"),
        ] {
            let (code, why) = refused(&mut client, query);
            assert!(code == 89300 && why.contains(part), "{query}: {why}");
        }
        let id = "second".to_owned();
        client.world.apply(AddUser(User {
            id,
            ..User::default()
        }));
        let second = client.world.open_id(&Caller::new(APP, "second"));
        let url = format!("{PATH}?openid={second}&transaction_id={transaction}");
        assert_eq!(code_of(&client.read(&url)), 89300, "somebody else");
        client.wait(WINDOW_MS);
        let (code, why) = refused(&mut client, &named);
        assert!(code == 89300 && why.contains("five minutes"), "{why}");
    }

    #[test]
    fn the_openid_and_the_binding_are_checked_first() {
        let mut bound = client(Some("a"));
        let other = Registered {
            app_id: "wx2222222222222222".into(),
            ..Registered::default()
        };
        bound.world.apply(Register(other)).expect("it does not run");
        let caller = Caller::new("wx2222222222222222", bound.world.user().id.clone());
        let foreign = bound.world.open_id(&caller);
        for (open_id, expected) in [("", 40003), ("o", 40003), (foreign.as_str(), 43104)] {
            let url = format!("{PATH}?openid={open_id}&transaction_id=1");
            assert_eq!(code_of(&bound.read(&url)), expected, "{open_id}");
        }
        assert_eq!(code_of(&bound.read(PATH)), 40003);
        let mut free = client(None);
        assert_eq!(refused(&mut free, "transaction_id=1").0, 89002);
    }
}
