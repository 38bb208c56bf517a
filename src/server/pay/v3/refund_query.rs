//! `/v3/refund/domestic/refunds/{}`: how it stands with a refund.
//!
//! Official page of WeChat Pay: "Querying one refund" (v3).

use serde_json::Value as Json;

use super::super::code::v3 as code;
use super::asked::Asked;
use super::refusal::Refusal;
use super::{Interface, refund};
use crate::world::World;

pub(super) const INTERFACE: Interface = Interface {
    method: "GET",
    path: "/v3/refund/domestic/refunds/{}",
    handle,
};

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    let number = asked.part(0);
    let found = world.refund_of(&asked.mch_id, number);
    let (order, refund) = found.ok_or_else(|| {
        let why = format!("merchant {} has no refund `{number}`", asked.mch_id);
        code::RESOURCE_NOT_EXISTS
            .saying("退款单不存在")
            .because(why)
    })?;
    Ok(Some(refund::told(world, order, refund)))
}
