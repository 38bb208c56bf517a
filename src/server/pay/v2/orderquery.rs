//! `/pay/orderquery`: how it stands with an order.
//!
//! Official page of WeChat Pay: "Querying orders" (v2).

use super::super::code::v2 as code;
use super::Interface;
use super::asked::{Asked, Field};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::pay::fields::Fields;
use crate::world::pay::order::Order;
use crate::world::pay::refund::OrderName;

pub(super) const INTERFACE: Interface = Interface {
    path: "/pay/orderquery",
    fields: &[
        Field::needed("appid", 32),
        Field::needed("mch_id", 32),
        Field::optional("transaction_id", 32),
        Field::optional("out_trade_no", 32),
        Field::needed("nonce_str", 32),
    ],
    handle,
};

/// The order that a merchant names.
pub(super) fn find<'a>(world: &'a World, asked: &Asked) -> Result<&'a Order, Refusal> {
    let order = match asked.order()? {
        OrderName::Transaction(id) => world.order_paid(&asked.mch_id, id),
        OrderName::Number(number) => world.order_of(&asked.mch_id, number),
    };
    order.ok_or_else(|| {
        code::ORDERNOTEXIST.because(format!("merchant {} has no such order", asked.mch_id))
    })
}

fn handle(world: &mut World, asked: &Asked) -> Result<Fields, Refusal> {
    asked.order()?;
    asked.app(world)?;
    let order = find(world, asked)?;
    let mut fields = world.payment_fields(order);
    if order.transaction_id().is_empty() {
        fields.text("device_info", &order.device_info);
        fields.text("out_trade_no", &order.out_trade_no);
        fields.text("attach", &order.attach);
        fields.number("total_fee", order.total);
    }
    fields.text("trade_state", world.trade_state(order));
    fields.text("trade_state_desc", world.trade_state_words(order));
    Ok(fields)
}
