//! `/pay/closeorder`: an order cannot be paid any more.
//!
//! Official page of WeChat Pay: "Closing an order" (v2).
//!
//! Differs from the platform: an order can be closed at once, not five minutes after it was made.

use super::Interface;
use super::asked::{Asked, Field};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::pay::fields::Fields;
use crate::world::pay::order::CloseOrderOf;

pub(super) const INTERFACE: Interface = Interface {
    path: "/pay/closeorder",
    fields: &[
        Field::needed("appid", 32),
        Field::needed("mch_id", 32),
        Field::needed("out_trade_no", 32),
        Field::needed("nonce_str", 32),
    ],
    handle,
};

fn handle(world: &mut World, asked: &Asked) -> Result<Fields, Refusal> {
    asked.app(world)?;
    world.apply(CloseOrderOf {
        mch_id: &asked.mch_id,
        out_trade_no: asked.text("out_trade_no"),
    })?;
    Ok(Fields::new())
}
