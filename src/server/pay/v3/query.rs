//! `/v3/pay/transactions/id/{}` and `/v3/pay/transactions/out-trade-no/{}`: how it stands with an order.
//!
//! Official page of WeChat Pay: "Querying orders" (v3).

use serde_json::Value as Json;

use super::super::code::v3 as code;
use super::Interface;
use super::asked::Asked;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::pay::order::Order;

pub(super) const BY_ID: Interface = Interface {
    method: "GET",
    path: "/v3/pay/transactions/id/{}",
    handle: by_id,
};

pub(super) const BY_NUMBER: Interface = Interface {
    method: "GET",
    path: "/v3/pay/transactions/out-trade-no/{}",
    handle: by_number,
};

fn by_id(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    asked.same_merchant_in_query()?;
    let order = world.order_paid(&asked.mch_id, asked.part(0));
    told(world, asked, order)
}

fn by_number(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    asked.same_merchant_in_query()?;
    let order = world.order_of(&asked.mch_id, asked.part(0));
    told(world, asked, order)
}

fn told(world: &World, asked: &Asked<'_>, order: Option<&Order>) -> Result<Option<Json>, Refusal> {
    let order = order.ok_or_else(|| {
        let (mch_id, number) = (&asked.mch_id, asked.part(0));
        code::ORDER_NOT_EXIST.because(format!("merchant {mch_id} has no order `{number}`"))
    })?;
    Ok(Some(world.transaction(order)))
}
