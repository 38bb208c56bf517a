//! Signed parameters of a recorded payment as the `$pay` that a server makes them of.
//!
//! What is signed belongs to an order of that run: another run has no such order. What the cashier showed and
//! what the merchant was told say which order it was.

use serde_json::{Map, Value as Json};

const PREPAY: &str = "prepay_id=";

/// The orders of a run, as far as its trace tells.
#[derive(Default)]
pub(super) struct Orders {
    all: Vec<Order>,
    /// The one at the cashier.
    paying: Option<usize>,
}

#[derive(Default)]
struct Order {
    /// `package` of its parameters.
    package: String,
    total: u64,
    description: String,
    out_trade_no: Option<Json>,
}

impl Orders {
    /// `wx.requestPayment` is called.
    pub(super) fn called(&mut self, options: &Json) {
        let package = options["package"].as_str().unwrap_or_default().to_owned();
        self.paying = Some(self.all.len());
        self.all.push(Order {
            package,
            total: 1,
            ..Order::default()
        });
    }

    /// The cashier shows `¥1.00 / DESCRIPTION / MERCHANT`, perhaps after a remark.
    pub(super) fn shown(&mut self, text: &str) {
        let Some(order) = self.paying.and_then(|at| self.all.get_mut(at)) else {
            return;
        };
        let parts: Vec<&str> = text.split(" / ").collect();
        let Some(price) = parts.iter().position(|part| part.starts_with('¥')) else {
            return;
        };
        let digits: String = parts[price].chars().filter(char::is_ascii_digit).collect();
        order.total = digits.parse().unwrap_or(1);
        let rest = parts.get(price + 1..parts.len() - 1).unwrap_or_default();
        order.description = rest.join(" / ");
    }

    /// The merchant's server is told of a payment.
    pub(super) fn paid(&mut self, told: &Json) {
        let Some(order) = self.paying.and_then(|at| self.all.get(at)) else {
            return;
        };
        let (total, description) = (order.total, order.description.clone());
        // An order that was asked for before, and not paid then, is most likely the same.
        let same = |own: &&mut Order| own.total == total && own.description == description;
        for own in self.all.iter_mut().filter(same) {
            own.out_trade_no
                .get_or_insert_with(|| told["out_trade_no"].clone());
        }
    }

    /// A body in which `$pay` stands for the parameters of these orders.
    pub(super) fn restored(&self, json: Json) -> Json {
        match json {
            Json::Array(items) => items.into_iter().map(|item| self.restored(item)).collect(),
            Json::Object(members) => {
                if let Some(order) = self.order_of(&members) {
                    order.marker(&members)
                } else {
                    let members = members.into_iter();
                    let members = members.map(|(key, value)| (key, self.restored(value)));
                    Json::Object(members.collect())
                }
            }
            other => other,
        }
    }

    fn order_of(&self, members: &Map<String, Json>) -> Option<&Order> {
        members.get("paySign")?;
        let package = members.get("package")?.as_str()?;
        let is_signed = package.starts_with(PREPAY);
        self.all
            .iter()
            .find(|order| is_signed && order.package == package)
    }
}

impl Order {
    fn marker(&self, members: &Map<String, Json>) -> Json {
        let mut pay = Map::new();
        pay.insert("total".to_owned(), self.total.into());
        if let Some(number) = &self.out_trade_no {
            pay.insert("out_trade_no".to_owned(), number.clone());
        }
        if !self.description.is_empty() {
            pay.insert("description".to_owned(), self.description.as_str().into());
        }
        if let Some(kind) = members.get("signType") {
            pay.insert("signType".to_owned(), kind.clone());
        }
        Json::Object(Map::from_iter([("$pay".to_owned(), pay.into())]))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Orders;

    #[test]
    fn signed_parameters_are_those_of_the_order_that_the_cashier_showed() {
        let signed = |id: &str| json!({ "package": id, "paySign": "x", "signType": "RSA" });
        let mut orders = Orders::default();
        for id in ["prepay_id=1", "prepay_id=2"] {
            orders.called(&signed(id));
            orders.shown("余额不足 / ¥1280.05 / 茶 / 杯 / 1900000001");
        }
        orders.paid(&json!({ "out_trade_no": "T1" }));
        let pay = json!({ "$pay": { "total": 128_005, "out_trade_no": "T1", "description": "茶 / 杯", "signType": "RSA" } });
        for id in ["prepay_id=1", "prepay_id=2"] {
            assert_eq!(
                orders.restored(json!({ "a": [signed(id)] })),
                json!({ "a": [pay] })
            );
        }
        let other = signed("prepay_id=3");
        assert_eq!(orders.restored(other.clone()), other);
    }
}
