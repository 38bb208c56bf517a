//! What WeChat Pay tells of an order, to queries and in notifications.
//!
//! Official pages of WeChat Pay: "Querying orders" (v2, v3), "Payment notification" (v2, v3).
//!
//! Unverified: an order that ran out counts as closed; the bank is `CFT` before 2020 and `OTHERS` since.

use serde_json::{Value as Json, json};

use super::super::rng::derived_text;
use super::super::{Caller, World};
use super::fields::Fields;
use super::moment;
use super::order::{Order, OrderState};
use crate::profile::Date;

/// From this day on payments from the change come from no bank of their own.
const OTHERS_SINCE: Date = Date::new(2020, 1, 1);

impl Order {
    /// WeChat Pay's number of the payment; empty without one.
    pub fn transaction_id(&self) -> &str {
        match &self.state {
            OrderState::Paid { transaction_id, .. } => transaction_id,
            OrderState::NotPaid | OrderState::Closed => "",
        }
    }
}

impl World {
    /// `trade_state` of an order as it is now.
    pub fn trade_state(&self, order: &Order) -> &'static str {
        match order.state {
            OrderState::NotPaid if self.now >= order.expires => "CLOSED",
            _ => order.trade_state(),
        }
    }

    /// `trade_state_desc` of an order as it is now.
    pub fn trade_state_words(&self, order: &Order) -> &'static str {
        match self.trade_state(order) {
            "SUCCESS" => "支付成功",
            "REFUND" => "订单发生过退款",
            "CLOSED" => "订单已关闭",
            _ => "订单未支付",
        }
    }

    fn bank_type(&self) -> &'static str {
        if self.profile.compat_date < OTHERS_SINCE {
            "CFT"
        } else {
            "OTHERS"
        }
    }

    /// What version 2 tells of a paid order; nothing of another.
    pub fn payment_fields(&self, order: &Order) -> Fields {
        let mut fields = Fields::new();
        let OrderState::Paid { transaction_id, at } = &order.state else {
            return fields;
        };
        fields.text("device_info", &order.device_info);
        fields.text("openid", &self.open_id(&order.payer));
        fields.text("is_subscribe", "N");
        fields.text("trade_type", "JSAPI");
        fields.text("bank_type", self.bank_type());
        fields.number("total_fee", order.total);
        fields.text("fee_type", "CNY");
        fields.number("cash_fee", order.total);
        fields.text("transaction_id", transaction_id);
        fields.text("out_trade_no", &order.out_trade_no);
        fields.text("attach", &order.attach);
        fields.text("time_end", &moment::digits(*at));
        fields
    }

    /// What version 3 tells of an order.
    pub fn transaction(&self, order: &Order) -> Json {
        let mut told = json!({
            "appid": order.payer.app_id(),
            "mchid": order.mch_id,
            "out_trade_no": order.out_trade_no,
            "trade_state": self.trade_state(order),
            "trade_state_desc": self.trade_state_words(order),
            "amount": { "total": order.total, "currency": "CNY" },
            "promotion_detail": [],
        });
        if !order.attach.is_empty() {
            told["attach"] = order.attach.as_str().into();
        }
        if let OrderState::Paid { transaction_id, at } = &order.state {
            told["transaction_id"] = transaction_id.as_str().into();
            told["trade_type"] = "JSAPI".into();
            told["bank_type"] = self.bank_type().into();
            told["success_time"] = moment::rfc3339(*at).into();
            told["payer"] = json!({ "openid": self.open_id(&order.payer) });
            told["amount"]["payer_total"] = order.total.into();
            told["amount"]["payer_currency"] = "CNY".into();
        }
        told
    }

    /// The order of a merchant with that number.
    pub fn order_of(&self, mch_id: &str, out_trade_no: &str) -> Option<&Order> {
        let place = self.pay.book.numbered(mch_id, out_trade_no)?;
        self.pay.book.get(place)
    }

    /// The order of a merchant that was paid under that number of WeChat Pay.
    pub fn order_paid(&self, mch_id: &str, transaction_id: &str) -> Option<&Order> {
        let order = self.pay.book.get(self.pay.book.paid(transaction_id)?)?;
        (order.mch_id == mch_id).then_some(order)
    }

    /// The user who has an openid in an app.
    pub fn payer_of(&self, app_id: &str, open_id: &str) -> Option<Caller> {
        let callers = self
            .users()
            .iter()
            .map(|user| Caller::new(app_id, &*user.id));
        let mut callers = callers.filter(|caller| self.open_id(caller) == open_id);
        callers.next()
    }

    /// Random letters and digits for a text of WeChat Pay.
    pub(super) fn pay_nonce(&mut self, chars: usize) -> String {
        self.pay.nonces += 1;
        let count = self.pay.nonces.to_string();
        let text = derived_text(self.seed, &["WeChat Pay nonce", &count], chars * 2);
        let fits = |it: &char| it.is_ascii_alphanumeric();
        text.chars().filter(fits).take(chars).collect()
    }
}
