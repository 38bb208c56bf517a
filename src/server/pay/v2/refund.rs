//! `/secapi/pay/refund`: a payment, or a part of it, goes back.
//!
//! Official page of WeChat Pay: "Refund" (v2).
//!
//! Unverified: which code stands for which rule; the texts are those that developers report. `NOTENOUGH`,
//! `USER_ACCOUNT_ABNORMAL`, `BIZERR_NEED_RETRY` and `FREQUENCY_LIMITED` come as injected faults alone.

use super::super::code::v2 as code;
use super::Interface;
use super::asked::{Asked, Field};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::pay::fields::Fields;
use crate::world::pay::refund::{PlaceRefund, REFUNDS_OF_ORDER_MAX, RefundProblem};

pub(super) const INTERFACE: Interface = Interface {
    path: "/secapi/pay/refund",
    fields: &[
        Field::needed("appid", 32),
        Field::needed("mch_id", 32),
        Field::needed("nonce_str", 32),
        Field::optional("transaction_id", 32),
        Field::optional("out_trade_no", 32),
        Field::needed("out_refund_no", 64),
        Field::needed("total_fee", 20),
        Field::needed("refund_fee", 20),
        Field::optional("refund_fee_type", 8),
        Field::optional("refund_desc", 80),
        Field::optional("refund_account", 30),
        Field::optional("notify_url", 256),
    ],
    handle,
};

impl From<RefundProblem> for Refusal {
    fn from(problem: RefundProblem) -> Self {
        match problem {
            RefundProblem::NoTransaction => code::INVALID_TRANSACTIONID.into(),
            RefundProblem::NoOrder => code::ORDERNOTEXIST.into(),
            RefundProblem::NotPaid => code::ERROR
                .saying("订单未支付")
                .because("only a paid order can be refunded"),
            RefundProblem::Overdue => code::TRADE_OVERDUE.into(),
            RefundProblem::OtherTotal => code::ERROR
                .saying("订单金额不一致")
                .because("total_fee is the total of the order"),
            RefundProblem::AllRefunded => code::ERROR.saying("订单已全额退款"),
            RefundProblem::TooMuch => code::ERROR.saying("累计退款金额大于支付金额"),
            RefundProblem::Changed => code::ERROR
                .saying("订单金额或退款金额与之前请求不一致，请核实后再试")
                .because("out_refund_no has a refund of another order or amount"),
            RefundProblem::TooMany => {
                code::ERROR.saying(format!("部分退款次数不能超过{REFUNDS_OF_ORDER_MAX}次"))
            }
        }
    }
}

fn handle(world: &mut World, asked: &Asked) -> Result<Fields, Refusal> {
    let (total, amount) = (asked.fen("total_fee")?, asked.fen("refund_fee")?);
    let name = asked.order()?;
    let out_refund_no = asked.number("out_refund_no", "_-|*@")?;
    let notify_url = asked.notify_url()?;
    if amount > total {
        let words = "refund_fee大于total_fee";
        return Err(code::PARAM_ERROR.saying(words));
    }
    asked.app(world)?;
    let (order, refund) = world.apply(PlaceRefund {
        mch_id: &asked.mch_id,
        order: name,
        out_refund_no,
        total,
        amount,
        reason: asked.text("refund_desc"),
        notify_url,
        is_v3: false,
    })?;
    let mut fields = Fields::new();
    fields.text("transaction_id", order.transaction_id());
    fields.text("out_trade_no", &order.out_trade_no);
    fields.text("out_refund_no", &refund.out_refund_no);
    fields.text("refund_id", &refund.refund_id);
    fields.text("refund_channel", "ORIGINAL");
    fields.number("refund_fee", refund.amount);
    fields.number("total_fee", order.total);
    fields.number("cash_fee", order.total);
    fields.number("cash_refund_fee", refund.amount);
    Ok(fields)
}
