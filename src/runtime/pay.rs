//! What the program's server does with WeChat Pay: by a step, while it answers, when it is told of a payment.
//!
//! Official pages of WeChat Pay: "Unified order", "JSAPI order", "Payment notification".
//!
//! A notification goes to whoever answers for the server: the functions of a test, which get it as it is sent, or a rule.
//!
//! Differs from the client: a notification without an answer of a rule, or with another status than 2xx, is
//! not repeated; one that is still to come when the program ends does not come.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value as Json, json};

use super::core::Core;
use super::fate::Telling;
use super::queue::Work;
use super::step::BadStep;
use super::trace::Event;
use crate::world::network::{Fetch, Outcome};
use crate::world::pay::cashier::{Payment, TakePayments};
use crate::world::pay::merchant::ShowPublicKey;
use crate::world::pay::order::{CloseOrder, Order, PlaceOrder, Placement, SignPayment};
use crate::world::pay::problem::OrderProblem;
use crate::world::pay::server::TakeMade;

/// What the program's server asks of WeChat Pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayStep {
    /// Makes an order and signs the parameters.
    Prepay {
        /// As written.
        text: String,
        /// The order.
        placement: Box<Placement>,
    },
    /// Lists the orders.
    Orders,
    /// Closes the order of that number.
    Close(String),
    /// Shows the public keys of the merchants.
    PublicKey,
}

/// Forms of these steps, for help texts.
pub(super) const FORMS: &str = "prepay ORDER|orders|close NUMBER|publicKey";

impl PayStep {
    /// Whether a step of the server with that first word is one of these.
    pub(super) fn begins(word: &str) -> bool {
        ["prepay", "orders", "close", "publicKey"].contains(&word)
    }

    /// The first word of a step.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Prepay { .. } => "prepay",
            Self::Orders => "orders",
            Self::Close(_) => "close",
            Self::PublicKey => "publicKey",
        }
    }
}

impl FromStr for PayStep {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match (word, rest) {
            ("prepay", text) => {
                let placement = Placement::read_words(text);
                let placement =
                    placement.map_err(|it| BadStep(format!("`server prepay`: {it}")))?;
                Ok(Self::Prepay {
                    text: text.to_owned(),
                    placement: Box::new(placement),
                })
            }
            ("close", "") => Err(BadStep(
                "`server close` needs the number of an order".into(),
            )),
            ("close", number) => Ok(Self::Close(number.to_owned())),
            ("orders", "") => Ok(Self::Orders),
            ("publicKey", "") => Ok(Self::PublicKey),
            ("orders" | "publicKey", more) => Err(BadStep(format!(
                "`server {word}` takes nothing more, not `{more}`"
            ))),
            _ => Err(BadStep(format!("there are {FORMS}, not `{text}`"))),
        }
    }
}

impl fmt::Display for PayStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Prepay { text, .. } | Self::Close(text) => write!(f, " {text}"),
            Self::Orders | Self::PublicKey => Ok(()),
        }
    }
}

/// When a notification that did not come through is sent again, in virtual milliseconds (the first pause of WeChat Pay).
const AGAIN_MS: i64 = 15_000;

impl Core {
    /// What comes of a step: a result, or why there is none.
    pub(super) fn ask_wechat_pay(&mut self, step: &PayStep) -> (Json, String) {
        let done = match step {
            PayStep::Prepay { placement, .. } => self
                .world
                .apply(PlaceOrder((**placement).clone()))
                .map(|order| {
                    let mut result = self.world.apply(SignPayment(&order));
                    result["out_trade_no"] = order.out_trade_no.as_str().into();
                    result
                }),
            PayStep::Orders => {
                let orders = self.world.orders();
                Ok(orders.map(|order| self.row_of_order(order)).collect())
            }
            PayStep::Close(number) => self.world.apply(CloseOrder(number)),
            PayStep::PublicKey => {
                let merchants = self.world.app().merchants.clone();
                let keys = merchants.iter().map(|id| {
                    let key = self.world.apply(ShowPublicKey(id));
                    (id.clone(), key.into())
                });
                Ok(Json::Object(keys.collect::<Map<_, _>>()))
            }
        };
        match done {
            Ok(result) => (result, String::new()),
            Err(problem) => (Json::Null, words(problem)),
        }
    }

    fn row_of_order(&self, order: &Order) -> Json {
        let mut row = order.told();
        row["mch_id"] = order.mch_id.as_str().into();
        row["appid"] = order.payer.app_id().into();
        row["openid"] = self.world.open_id(&order.payer).into();
        row["signType"] = order.sign_type.name().into();
        let messages = order.messages_left(self.world.now());
        if messages > 0 {
            row["messages"] = messages.into();
        }
        row
    }

    /// Tells what the program's server did while it answered, and which payments it hears of.
    pub(super) fn tell_server(&mut self) {
        for made in self.world.apply(TakeMade) {
            self.emit(|| Event::Server {
                action: "prepay".to_owned(),
                result: made.order,
                problem: made.problem,
            });
        }
        for payment in self.world.apply(TakePayments) {
            self.payment_is_made(&payment);
        }
    }

    /// A payment was made: the merchant's server is told, if nothing goes otherwise.
    fn payment_is_made(&mut self, payment: &Payment) {
        let responder = self.responder.as_ref();
        let is_heard = responder.is_some_and(|own| own.hears_payments());
        if !is_heard || payment.order.notify_url.is_empty() {
            return self.notify(payment);
        }
        let mut fate = self.fate.take();
        let telling = fate.as_mut().map_or(Telling::Once, |fate| fate.paid());
        self.fate = fate;
        let told = |payment: &Payment| Work::Told(Box::new(payment.clone()));
        match telling {
            Telling::Once => self.later(0, told(payment)),
            Telling::Twice => {
                self.later(0, told(payment));
                self.later(0, told(payment));
            }
            Telling::Late => {
                let at = self.world.now().plus(AGAIN_MS);
                self.queue.push_idle(at, told(payment));
            }
            Telling::Never => {}
        }
    }

    /// The merchant's server is told of a payment.
    pub(super) fn notify(&mut self, payment: &Payment) {
        let order = &payment.order;
        let url = order.notify_url.as_str();
        let method = "POST";
        let answer = if url.is_empty() {
            None
        } else {
            self.world.apply(Fetch { method, url })
        };
        let status = answer.and_then(|(_, outcome)| match outcome {
            Outcome::Response(response) => Some(response.status),
            Outcome::Fail(_) | Outcome::Open(_) => None,
        });
        let openid = self.world.open_id(&order.payer);
        let told = json!({
            "out_trade_no": order.out_trade_no,
            "transaction_id": payment.transaction_id,
            "total": order.total,
            "openid": openid,
            "mch_id": order.mch_id,
        });
        self.emit(|| Event::Payment {
            told,
            notify_url: url.to_owned(),
            status,
        });
    }
}

fn words(problem: OrderProblem) -> String {
    format!("{} {}", problem.code(), problem.text())
}
