//! `/v3/refund/domestic/refunds`: a payment, or a part of it, goes back.
//!
//! Official page of WeChat Pay: "Refund" (v3).

use serde_json::{Value as Json, json};

use super::Interface;
use super::asked::Asked;
use super::refusal::{Refusal, wrong};
use crate::world::World;
use crate::world::pay::moment;
use crate::world::pay::order::Order;
use crate::world::pay::refund::{OrderName, PlaceRefund, Refund};

pub(super) const INTERFACE: Interface = Interface {
    method: "POST",
    path: "/v3/refund/domestic/refunds",
    handle,
};

/// What version 3 tells of a refund.
pub(super) fn told(world: &World, order: &Order, refund: &Refund) -> Json {
    let mut told = json!({
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "transaction_id": order.transaction_id(),
        "out_trade_no": order.out_trade_no,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": moment::rfc3339(refund.at),
        "status": refund.status(world.now()),
        "funds_account": "AVAILABLE",
        "amount": {
            "total": order.total,
            "refund": refund.amount,
            "from": [],
            "payer_total": order.total,
            "payer_refund": refund.amount,
            "settlement_refund": refund.amount,
            "settlement_total": order.total,
            "discount_refund": 0,
            "currency": "CNY",
        },
        "promotion_detail": [],
    });
    if refund.is_done(world.now()) {
        told["success_time"] = moment::rfc3339(refund.succeeds).into();
    }
    told
}

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    let order = match (
        asked.text("/transaction_id", 32)?,
        asked.text("/out_trade_no", 32)?,
    ) {
        ("", "") => {
            let should = "a text when there is no out_trade_no";
            return Err(wrong("/transaction_id", &Json::Null, should));
        }
        ("", number) => OrderName::Number(number),
        (id, _) => OrderName::Transaction(id),
    };
    let out_refund_no = asked.number("/out_refund_no", (1, 64), "_-|*@")?;
    let reason = asked.text("/reason", 80)?;
    let notify_url = asked.notify_url(256)?;
    let (amount, total) = (asked.fen("/amount/refund")?, asked.fen("/amount/total")?);
    asked.currency()?;
    if amount > total {
        return Err(wrong(
            "/amount/refund",
            &amount.into(),
            "not more than the total",
        ));
    }
    let (order, refund) = world.apply(PlaceRefund {
        mch_id: &asked.mch_id,
        order,
        out_refund_no,
        total,
        amount,
        reason,
        notify_url,
        is_v3: true,
    })?;
    Ok(Some(told(world, &order, &refund)))
}
