//! `wx.requestOrderPayment`: opens the cashier for an order of a program with the trading component.
//!
//! Official page: `api/payment/wx.requestOrderPayment`, base library 2.16.0. It has the parameters of
//! [`wx.requestPayment`](super::request_payment) and `orderInfo`; in the scenes that the component checks, a program has
//! to use it, elsewhere both do the same.
//!
//! Differs from the client: no program has the component, so that no scene is checked and `orderInfo` is not compared with
//! the orders of the component.
//! Unverified: the rest is as of `wx.requestPayment`.

use super::request_payment::{SPEC as PAYMENT, answered, ask};
use crate::api::{Api, Behaviour};
use crate::errmsg::{PaymentProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "requestOrderPayment",
    summary: "Lets the user pay an order of the trading component with WeChat Pay.",
    since: Version(2, 16, 0),
    params: &[
        Param::required("timeStamp", Class::String),
        Param::required("nonceStr", Class::String),
        Param::required("package", Class::String),
        Param::defaulted("signType", Class::String),
        Param::required("paySign", Class::String),
        Param::optional("orderInfo", Class::Object),
    ],
    fails: &[
        Reason::NoPermission,
        Reason::Payment(PaymentProblem::NotPermitted(String::new())),
        Reason::Payment(PaymentProblem::Limited),
        Reason::Payment(PaymentProblem::NoOrder),
        Reason::Payment(PaymentProblem::OtherPayer),
        Reason::Payment(PaymentProblem::Paid),
        Reason::Payment(PaymentProblem::Closed),
        Reason::Payment(PaymentProblem::Expired),
        Reason::Payment(PaymentProblem::Signature),
        Reason::Cancel,
        Reason::Payment(PaymentProblem::OldCancel),
        Reason::Payment(PaymentProblem::NotEnough),
        Reason::Payment(PaymentProblem::Locked),
        Reason::Timeout,
    ],
    differs: "The user is the simulator's; no money moves. No program has the trading component: `orderInfo` is not checked.",
    examples: &[Example {
        title: "Parameters that no server signed",
        js: "wx.requestOrderPayment({ timeStamp: '1490840662', nonceStr: 'n', package: 'prepay_id=wx1', signType: 'RSA', paySign: '', orderInfo: {}, fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "requestOrderPayment:fail 调用支付JSAPI缺少参数：total_fee",
    }],
    ..PAYMENT
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Dialog { ask, answered },
};
