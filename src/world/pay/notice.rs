//! What WeChat Pay tells servers of payments and refunds.
//!
//! Official pages of WeChat Pay: "Payment notification", "Refund notification" (v2, v3). A payment is told in the
//! version of its order, a refund in the version that asked for it. The same payment may be told again.
//!
//! Unverified: a notification of version 3 that is told again keeps its id.

use serde_json::{Value as Json, json};

use super::super::open_api::delivery::{Kind, QueueDelivery};
use super::super::rng::derived_hex;
use super::super::{Change, Millis, World, sealed::Sealed};
use super::fields::Fields;
use super::moment;
use super::order::{Order, OrderState};
use super::refund::Refund;
use crate::crypto::pay_sign::{SignType, answer_lines};
use crate::crypto::{ecb, gcm, platform_key};

/// How `Wechatpay-Signature` is made.
const SIGNATURE_TYPE: &str = "WECHATPAY2-SHA256-RSA2048";

/// Something that WeChat Pay tells of in version 3.
struct Event<'a> {
    /// `event_type`.
    kind: &'a str,
    /// `summary`.
    summary: &'a str,
    /// `original_type` and `associated_data`.
    original: &'a str,
    /// What its id follows from.
    name: &'a str,
    /// When it happened.
    at: Millis,
    /// What is hidden.
    resource: &'a Json,
}

impl Event<'_> {
    fn body(&self, world: &mut World, mch_id: &str) -> String {
        let nonce = world.pay_nonce(gcm::NONCE_CHARS);
        let key = world.merchant_v3_key(mch_id);
        let plain = self.resource.to_string();
        let sealed = gcm::seal(&plain, &key, &nonce, self.original).unwrap_or_default();
        let id = derived_hex(world.seed, &["pay event", self.kind, self.name], 32);
        let event = json!({
            "id": format!("EV-{id}"),
            "create_time": moment::rfc3339(self.at),
            "resource_type": "encrypt-resource",
            "event_type": self.kind,
            "summary": self.summary,
            "resource": {
                "original_type": self.original,
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": sealed,
                "associated_data": self.original,
                "nonce": nonce,
            },
        });
        event.to_string()
    }
}

fn xml_headers() -> Vec<(String, String)> {
    vec![("Content-Type".to_owned(), "text/xml".to_owned())]
}

/// Queues what a merchant's server is told of a paid order.
pub(super) fn queue_payment(world: &mut World, order: &Order) -> Option<u64> {
    if order.notify_url.is_empty() {
        return None;
    }
    let (kind, body) = of_payment(world, order)?;
    Some(queue(
        world,
        kind,
        order,
        &order.notify_url,
        body,
        world.now,
    ))
}

/// What a server is told of a paid order.
fn of_payment(world: &mut World, order: &Order) -> Option<(Kind, String)> {
    let OrderState::Paid { transaction_id, at } = &order.state else {
        return None;
    };
    let told = if order.is_v3() {
        let resource = world.transaction(order);
        let event = Event {
            kind: "TRANSACTION.SUCCESS",
            summary: "支付成功",
            original: "transaction",
            name: transaction_id,
            at: *at,
            resource: &resource,
        };
        (Kind::PayV3, event.body(world, &order.mch_id))
    } else {
        (Kind::PayV2, payment_xml(world, order))
    };
    Some(told)
}

/// The notification of a payment as it is sent now: header lines, body; empty when the order is not paid.
#[derive(Clone, Copy, Debug)]
pub struct ShowNotice<'a>(pub &'a Order);

impl Sealed for ShowNotice<'_> {}
impl Change for ShowNotice<'_> {
    type Effect = (Vec<(String, String)>, String);

    fn apply(self, world: &mut World) -> Self::Effect {
        match of_payment(world, self.0) {
            None => (Vec::new(), String::new()),
            Some((Kind::PayV3, body)) => (headers(world, body.as_bytes()), body),
            Some((_, body)) => (xml_headers(), body),
        }
    }
}

fn payment_xml(world: &mut World, order: &Order) -> String {
    let mut fields = Fields::new();
    fields.text("return_code", "SUCCESS");
    fields.text("result_code", "SUCCESS");
    fields.text("appid", order.payer.app_id());
    fields.text("mch_id", &order.mch_id);
    fields.text("nonce_str", &world.pay_nonce(32));
    if order.sign_type == SignType::HmacSha256 {
        fields.text("sign_type", order.sign_type.name());
    }
    fields.append(world.payment_fields(order));
    fields.sign(order.sign_type, &world.merchant_key(&order.mch_id));
    fields.xml("xml")
}

/// Queues what a merchant's server is told of a refund, for the moment at which it succeeds.
pub(super) fn queue_refund(world: &mut World, order: &Order, refund: &Refund) {
    if refund.notify_url.is_empty() {
        return;
    }
    let (kind, body) = if refund.is_v3 {
        let resource = refund_resource(order, refund);
        let event = Event {
            kind: "REFUND.SUCCESS",
            summary: "退款成功",
            original: "refund",
            name: &refund.refund_id,
            at: refund.succeeds,
            resource: &resource,
        };
        (Kind::RefundV3, event.body(world, &order.mch_id))
    } else {
        (Kind::RefundV2, refund_xml(world, order, refund))
    };
    queue(
        world,
        kind,
        order,
        &refund.notify_url,
        body,
        refund.succeeds,
    );
}

fn refund_resource(order: &Order, refund: &Refund) -> Json {
    json!({
        "mchid": order.mch_id,
        "transaction_id": order.transaction_id(),
        "out_trade_no": order.out_trade_no,
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "refund_status": "SUCCESS",
        "success_time": moment::rfc3339(refund.succeeds),
        "user_received_account": "支付用户零钱",
        "amount": {
            "total": order.total,
            "refund": refund.amount,
            "payer_total": order.total,
            "payer_refund": refund.amount,
        },
    })
}

fn refund_xml(world: &mut World, order: &Order, refund: &Refund) -> String {
    let mut hidden = Fields::new();
    hidden.text("transaction_id", order.transaction_id());
    hidden.text("out_trade_no", &order.out_trade_no);
    hidden.text("refund_id", &refund.refund_id);
    hidden.text("out_refund_no", &refund.out_refund_no);
    hidden.number("total_fee", order.total);
    hidden.number("settlement_total_fee", order.total);
    hidden.number("refund_fee", refund.amount);
    hidden.number("settlement_refund_fee", refund.amount);
    hidden.text("refund_status", "SUCCESS");
    hidden.text("success_time", &moment::words(refund.succeeds));
    hidden.text("refund_recv_accout", "支付用户零钱");
    hidden.text("refund_account", "REFUND_SOURCE_RECHARGE_FUNDS");
    hidden.text("refund_request_source", "API");
    let key = world.merchant_key(&order.mch_id);
    let mut fields = Fields::new();
    fields.text("return_code", "SUCCESS");
    fields.text("appid", order.payer.app_id());
    fields.text("mch_id", &order.mch_id);
    fields.text("nonce_str", &world.pay_nonce(32));
    fields.text("req_info", &ecb::seal(&hidden.xml("root"), &key));
    fields.xml("xml")
}

fn queue(
    world: &mut World,
    kind: Kind,
    order: &Order,
    url: &str,
    body: String,
    due: Millis,
) -> u64 {
    world.apply(QueueDelivery {
        kind,
        owner: order.mch_id.clone(),
        url: url.to_owned(),
        // Those of version 3 carry the moment at which they go out.
        headers: xml_headers(),
        body: body.into_bytes(),
        due,
    })
}

/// Why a payment is not told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoNotice {
    /// There is no order of that number.
    #[error("there is no order of that number")]
    NoOrder,
    /// It is not paid.
    #[error("the order is not paid, and only payments are told of")]
    NotPaid,
    /// Nobody is to be told.
    #[error("the order has no notify_url")]
    NoUrl,
}

/// A payment is told once more, as it happens on the platform; the number of the delivery.
#[derive(Clone, Copy, Debug)]
pub struct RepeatNotify<'a>(pub &'a str);

impl Sealed for RepeatNotify<'_> {}
impl Change for RepeatNotify<'_> {
    type Effect = Result<u64, NoNotice>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let order = world.order(self.0).cloned().ok_or(NoNotice::NoOrder)?;
        if !matches!(order.state, OrderState::Paid { .. }) {
            return Err(NoNotice::NotPaid);
        }
        queue_payment(world, &order).ok_or(NoNotice::NoUrl)
    }
}

/// Letters and digits for an answer of WeChat Pay, never the same.
#[derive(Clone, Copy, Debug)]
pub struct NextPayNonce(pub usize);

impl Sealed for NextPayNonce {}
impl Change for NextPayNonce {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        world.pay_nonce(self.0)
    }
}

/// WeChat Pay signs an answer or a notification of version 3: the header lines.
#[derive(Clone, Copy, Debug)]
pub struct SignAsPlatform<'a>(pub &'a str);

impl Sealed for SignAsPlatform<'_> {}
impl Change for SignAsPlatform<'_> {
    type Effect = Vec<(String, String)>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let time_stamp = world.now.0.div_euclid(1_000).to_string();
        let nonce = world.pay_nonce(32);
        let signature = platform_key::key().sign(&answer_lines(&time_stamp, &nonce, self.0));
        [
            ("Wechatpay-Timestamp", time_stamp),
            ("Wechatpay-Nonce", nonce),
            ("Wechatpay-Signature", signature),
            ("Wechatpay-Serial", platform_key::SERIAL.to_owned()),
            ("Wechatpay-Signature-Type", SIGNATURE_TYPE.to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

/// The header lines of a notification of version 3 that goes out now.
pub(in super::super) fn headers(world: &mut World, body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let mut headers = world.apply(SignAsPlatform(&text));
    headers.insert(
        0,
        ("Content-Type".to_owned(), "application/json".to_owned()),
    );
    headers
}

#[cfg(test)]
#[path = "notice_tests.rs"]
pub(crate) mod tests;
