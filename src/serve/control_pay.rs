//! Paying, as calls of the control interface.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::control::{Told, body};
use crate::server::Request;
use crate::world::World;
use crate::world::pay::cashier::{LeaveCashier, OpenCashier, Pay};
use crate::world::pay::order::SignPayment;

/// Which order, how the program asks for it, and what the user does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    /// `prepay_id`, or…
    #[serde(rename = "prepay_id")]
    prepay_id: Option<String>,
    /// …`out_trade_no`, or…
    #[serde(rename = "out_trade_no")]
    out_trade_no: Option<String>,
    /// …the parameters of `wx.requestPayment`, whose signature is checked.
    params: Option<Params>,
    /// `ok` or `cancel`.
    answer: Option<String>,
}

/// The parameters of `wx.requestPayment`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Params {
    time_stamp: String,
    nonce_str: String,
    package: String,
    sign_type: String,
    pay_sign: String,
}

/// The user pays an order at the cashier, or leaves it.
pub(super) fn pay(world: &mut World, request: &Request) -> Told {
    let body: Body = body(request)?;
    let order = match &body {
        Body {
            params: Some(params),
            ..
        } => world.prepaid(World::prepay_id(&params.package)),
        Body {
            prepay_id: Some(id),
            ..
        } => world.prepaid(id),
        Body {
            out_trade_no: Some(number),
            ..
        } => world.order(number),
        _ => return Err("give `params`, `prepay_id` or `out_trade_no`".to_owned()),
    };
    let order = order
        .cloned()
        .ok_or("there is no such order; GET orders lists all")?;
    let signed = match body.params {
        Some(params) => params,
        None => signed(&world.apply(SignPayment(&order))),
    };
    let Params {
        time_stamp,
        nonce_str,
        package,
        sign_type,
        pay_sign,
    } = &signed;
    let sign_type = if sign_type.is_empty() {
        "MD5"
    } else {
        sign_type
    };
    let user = order.payer.clone();
    let opened = world.apply(OpenCashier {
        user: &user,
        time_stamp,
        nonce: nonce_str,
        package,
        sign_type,
        pay_sign,
    });
    let words = |problem: &dyn std::fmt::Debug| format!("requestPayment:fail: {problem:?}");
    let order = opened.map_err(|problem| words(&problem))?;
    let pay = Pay {
        prepay_id: &order.prepay_id,
        user: &user,
    };
    match body.answer.as_deref() {
        None | Some("ok") => world.apply(pay).map_err(|problem| words(&problem))?,
        Some("cancel") => {
            world.apply(LeaveCashier(pay));
            return Ok(json!({ "errMsg": "requestPayment:fail cancel" }));
        }
        Some(other) => return Err(format!("`answer` is ok or cancel, not {other}")),
    }
    let told = world
        .order(&order.out_trade_no)
        .map(crate::world::pay::order::Order::told);
    Ok(told.unwrap_or_default())
}

fn signed(json: &Json) -> Params {
    serde_json::from_value(json.clone()).unwrap_or_default()
}

/// `{"out_trade_no": "…"}`: the notification of a paid order goes out once more.
pub(super) fn notify_again(world: &mut World, request: &Request) -> Told {
    let number = body::<Body>(request)?.out_trade_no.unwrap_or_default();
    let _ = (world, &number);
    Ok(json!({}))
}
