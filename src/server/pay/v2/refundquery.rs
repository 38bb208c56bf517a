//! `/pay/refundquery`: how it stands with the refunds of an order, or with one.
//!
//! Official page of WeChat Pay: "Querying refunds" (v2).

use super::super::code::v2 as code;
use super::asked::{Asked, Field};
use super::refusal::Refusal;
use super::{Interface, orderquery};
use crate::world::World;
use crate::world::pay::fields::Fields;
use crate::world::pay::moment;
use crate::world::pay::order::Order;
use crate::world::pay::refund::Refund;

pub(super) const INTERFACE: Interface = Interface {
    path: "/pay/refundquery",
    fields: &[
        Field::needed("appid", 32),
        Field::needed("mch_id", 32),
        Field::needed("nonce_str", 32),
        Field::optional("transaction_id", 32),
        Field::optional("out_trade_no", 32),
        Field::optional("out_refund_no", 64),
        Field::optional("refund_id", 32),
    ],
    handle,
};

/// The refunds that are meant, and their order.
fn find<'a>(world: &'a World, asked: &Asked) -> Result<(&'a Order, Vec<&'a Refund>), Refusal> {
    let (id, number) = (asked.text("refund_id"), asked.text("out_refund_no"));
    let one = match (id, number) {
        ("", "") => {
            let order = orderquery::find(world, asked)?;
            let refunds: Vec<&Refund> = order.refunds.iter().collect();
            return if refunds.is_empty() {
                Err(code::REFUNDNOTEXIST.because("the order was not refunded"))
            } else {
                Ok((order, refunds))
            };
        }
        ("", number) => world.refund_of(&asked.mch_id, number),
        (id, _) => world.refund_of_id(&asked.mch_id, id),
    };
    let (order, refund) = one.ok_or(code::REFUNDNOTEXIST)?;
    Ok((order, vec![refund]))
}

fn handle(world: &mut World, asked: &Asked) -> Result<Fields, Refusal> {
    asked.app(world)?;
    let (order, refunds) = find(world, asked)?;
    let mut fields = Fields::new();
    fields.text("transaction_id", order.transaction_id());
    fields.text("out_trade_no", &order.out_trade_no);
    fields.number("total_fee", order.total);
    fields.number("cash_fee", order.total);
    fields.number("refund_count", refunds.len() as u64);
    for (at, refund) in refunds.into_iter().enumerate() {
        let name = |name: &str| format!("{name}_{at}");
        fields.text(&name("out_refund_no"), &refund.out_refund_no);
        fields.text(&name("refund_id"), &refund.refund_id);
        fields.text(&name("refund_channel"), "ORIGINAL");
        fields.number(&name("refund_fee"), refund.amount);
        fields.text(&name("refund_status"), refund.status(world.now()));
        fields.text(&name("refund_recv_accout"), "支付用户零钱");
        if refund.is_done(world.now()) {
            let words = moment::words(refund.succeeds);
            fields.text(&name("refund_success_time"), &words);
        }
    }
    Ok(fields)
}
