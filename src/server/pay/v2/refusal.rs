//! Why version 2 refuses a request.

use super::super::code::{V2, v2 as code};
use crate::world::pay::problem::OrderProblem;

/// Where a refusal stands in the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    /// `return_code`, without a signature.
    First,
    /// `result_code`.
    #[default]
    Second,
}

/// A refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    /// `err_code`.
    pub(super) code: &'static str,
    /// `err_code_des`, or `return_msg`.
    pub(super) words: String,
    /// What led to it, for the author; may be empty.
    pub(super) why: String,
    /// Where it stands.
    pub(super) level: Level,
}

impl Refusal {
    /// The same with a reason for the author.
    pub(super) fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }
}

impl From<V2> for Refusal {
    fn from(code: V2) -> Self {
        code.saying(code.1)
    }
}

impl V2 {
    /// The refusal with another text than the usual one.
    pub(super) fn saying(self, words: impl Into<String>) -> Refusal {
        Refusal {
            code: self.0,
            words: words.into(),
            ..Refusal::default()
        }
    }

    /// The refusal with a reason for the author.
    pub(super) fn because(self, why: impl Into<String>) -> Refusal {
        Refusal::from(self).because(why)
    }
}

impl From<OrderProblem> for Refusal {
    fn from(problem: OrderProblem) -> Self {
        match problem {
            OrderProblem::NoApp => code::APPID_NOT_EXIST.into(),
            OrderProblem::NoUser => code::PARAM_ERROR.saying(problem.text()),
            OrderProblem::NotBound => code::APPID_MCHID_NOT_MATCH.into(),
            OrderProblem::Limit => code::INVALID_REQUEST
                .saying(problem.text())
                .because("total_fee is higher than the limit of the merchant"),
            OrderProblem::Paid => code::ORDERPAID.into(),
            OrderProblem::Closed => code::ORDERCLOSED.into(),
            OrderProblem::NumberUsed => code::OUT_TRADE_NO_USED
                .because("another user or another app has an order of that number"),
            OrderProblem::Changed => code::INVALID_REQUEST.saying(problem.text()).because(
                "the number has an order with another total_fee, body or way to sign; repeat it \
                 with the same, or take another number",
            ),
            OrderProblem::NoOrder => code::ORDERNOTEXIST.into(),
        }
    }
}
