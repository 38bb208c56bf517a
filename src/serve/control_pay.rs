//! Paying, as calls of the control interface.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::control::{Told, body};
use crate::errmsg::Reason;
use crate::server::Request;
use crate::world::World;
use crate::world::pay::cashier::{LeaveCashier, OpenCashier, Pay};
use crate::world::pay::merchant::{Credentials, ShowCredentials};
use crate::world::pay::notice::RepeatNotify;
use crate::world::pay::order::{Order, SignPayment};

/// Which order, how the program asks for it, and what the user does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Body {
    /// `prepay_id`, or…
    prepay_id: Option<String>,
    /// …`out_trade_no`, or…
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
    let order = order(world, &body)?;
    let signed = match body.params {
        Some(params) => params,
        None => signed(&world.apply(SignPayment(&order))),
    };
    let sign_type = match signed.sign_type.as_str() {
        "" => "MD5",
        sign_type => sign_type,
    };
    let user = order.payer.clone();
    let opened = world.apply(OpenCashier {
        user: &user,
        time_stamp: &signed.time_stamp,
        nonce: &signed.nonce_str,
        package: &signed.package,
        sign_type,
        pay_sign: &signed.pay_sign,
    });
    let profile = world.profile().clone();
    let words = |problem| {
        let words = Reason::Payment(problem).text("requestPayment", &profile);
        format!("requestPayment:fail {words}")
    };
    let order = opened.map_err(words)?;
    let pay = Pay {
        prepay_id: &order.prepay_id,
        user: &user,
    };
    match body.answer.as_deref() {
        None | Some("ok") => world.apply(pay).map_err(words)?,
        Some("cancel") => {
            world.apply(LeaveCashier(pay));
            return Ok(json!({ "errMsg": "requestPayment:fail cancel" }));
        }
        Some(other) => return Err(format!("`answer` is ok or cancel, not {other}")),
    }
    let told = world.order(&order.out_trade_no).map(Order::told);
    Ok(told.unwrap_or_default())
}

/// The order that a body names.
fn order(world: &World, body: &Body) -> Result<Order, String> {
    let order = if let Some(params) = &body.params {
        world.prepaid(World::prepay_id(&params.package))
    } else if let Some(id) = &body.prepay_id {
        world.prepaid(id)
    } else if let Some(number) = &body.out_trade_no {
        world.order(number)
    } else {
        return Err("give `params`, `prepay_id` or `out_trade_no`".to_owned());
    };
    let order = order.cloned();
    order.ok_or_else(|| "there is no such order; GET orders lists all".to_owned())
}

fn signed(json: &Json) -> Params {
    serde_json::from_value(json.clone()).unwrap_or_default()
}

/// `{"out_trade_no": "…"}`: the notification of a paid order goes out once more.
pub(super) fn notify_again(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        out_trade_no: String,
    }
    let body: Body = body(request)?;
    world
        .apply(RepeatNotify(&body.out_trade_no))
        .map_err(|problem| problem.to_string())?;
    Ok(json!({}))
}

/// Every merchant that an app is bound to, with its keys.
pub(super) fn merchants(world: &mut World) -> Vec<Json> {
    let mut ids = world.app().merchants.clone();
    ids.extend(
        world
            .other_apps()
            .iter()
            .flat_map(|app| app.merchants.clone()),
    );
    ids.sort();
    ids.dedup();
    let shown = ids.iter().filter_map(|id| world.apply(ShowCredentials(id)));
    shown.map(|of| told(&of)).collect()
}

fn told(of: &Credentials) -> Json {
    json!({
        "mch_id": of.mch_id,
        "key": of.key,
        "v3_key": of.v3_key,
        "serial": of.serial,
        "private_key": of.private_key,
    })
}
