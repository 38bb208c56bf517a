//! `/v3/pay/transactions/out-trade-no/{}/close`: an order cannot be paid any more; 204.
//!
//! Official page of WeChat Pay: "Closing an order" (v3).

use serde_json::Value as Json;

use super::Interface;
use super::asked::Asked;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::pay::order::CloseOrderOf;

pub(super) const INTERFACE: Interface = Interface {
    method: "POST",
    path: "/v3/pay/transactions/out-trade-no/{}/close",
    handle,
};

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    asked.same_merchant()?;
    world.apply(CloseOrderOf {
        mch_id: &asked.mch_id,
        out_trade_no: asked.part(0),
    })?;
    Ok(None)
}
