//! Why version 3 refuses a request.

use serde_json::{Value as Json, json};

use super::super::code::{V3, v3 as code};
use crate::world::pay::problem::OrderProblem;
use crate::world::pay::refund::{REFUNDS_OF_ORDER_MAX, RefundProblem};

/// A refusal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    /// Status and code.
    pub(super) code: V3,
    /// `message`.
    pub(super) words: String,
    /// `detail`; `null` for none.
    pub(super) detail: Box<Json>,
    /// What led to it, for the author; may be empty.
    pub(super) why: String,
}

impl Refusal {
    /// The same with a reason for the author.
    pub(super) fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }
}

impl From<V3> for Refusal {
    fn from(code: V3) -> Self {
        code.saying(code.2)
    }
}

impl V3 {
    /// The refusal with another text than the usual one.
    pub(super) fn saying(self, words: impl Into<String>) -> Refusal {
        Refusal {
            code: self,
            words: words.into(),
            detail: Box::default(),
            why: String::new(),
        }
    }

    /// The refusal with a reason for the author.
    pub(super) fn because(self, why: impl Into<String>) -> Refusal {
        Refusal::from(self).because(why)
    }
}

/// A member of the body that is wrong, `/amount/total`, and what it should be.
pub(super) fn wrong(member: &str, value: &Json, should: &str) -> Refusal {
    wrong_at("body", member, value, should)
}

/// The same in another place: `query`, `path`.
pub(super) fn wrong_at(place: &str, member: &str, value: &Json, should: &str) -> Refusal {
    let issue = format!("{should}, not {value}");
    let mut refusal = code::PARAM_ERROR.because(format!("`{member}` is {issue}"));
    *refusal.detail = json!({
        "location": place,
        "field": member,
        "value": value,
        "issue": issue,
    });
    refusal
}

impl From<OrderProblem> for Refusal {
    fn from(problem: OrderProblem) -> Self {
        let words = problem.text();
        match problem {
            OrderProblem::NoApp => code::PARAM_ERROR.saying(words),
            OrderProblem::NoUser => code::OPENID_MISMATCH.into(),
            OrderProblem::NotBound => code::APPID_MCHID_NOT_MATCH.into(),
            OrderProblem::Limit => code::RULE_LIMIT
                .saying(words)
                .because("the total is higher than the limit of the merchant"),
            OrderProblem::Paid => code::INVALID_REQUEST.saying("该订单已支付"),
            OrderProblem::Closed => code::ORDER_CLOSED.into(),
            OrderProblem::NumberUsed => code::OUT_TRADE_NO_USED
                .because("another user or another app has an order of that number"),
            OrderProblem::Changed => code::INVALID_REQUEST.saying(words).because(
                "the number has an order with another total, description or way to sign; repeat \
                 it with the same, or take another number",
            ),
            OrderProblem::NoOrder => code::ORDER_NOT_EXIST.into(),
        }
    }
}

impl From<RefundProblem> for Refusal {
    fn from(problem: RefundProblem) -> Self {
        match problem {
            RefundProblem::NoTransaction | RefundProblem::NoOrder => {
                code::RESOURCE_NOT_EXISTS.saying("订单不存在")
            }
            RefundProblem::NotPaid => code::INVALID_REQUEST
                .saying("订单未支付")
                .because("only a paid order can be refunded"),
            RefundProblem::Overdue => code::INVALID_REQUEST.saying("订单已经超过退款期限"),
            RefundProblem::OtherTotal => code::INVALID_REQUEST
                .saying("订单金额不一致")
                .because("amount.total is the total of the order"),
            RefundProblem::AllRefunded => code::INVALID_REQUEST.saying("订单已全额退款"),
            RefundProblem::TooMuch => code::INVALID_REQUEST.saying("累计退款金额大于支付金额"),
            RefundProblem::Changed => code::INVALID_REQUEST
                .saying("订单金额或退款金额与之前请求不一致，请核实后再试")
                .because("out_refund_no has a refund of another order or amount"),
            RefundProblem::TooMany => code::INVALID_REQUEST
                .saying(format!("部分退款次数不能超过{REFUNDS_OF_ORDER_MAX}次")),
        }
    }
}
