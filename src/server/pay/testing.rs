//! The server of a merchant, for tests: it signs what it sends and checks what it gets.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::request::Request;
use super::super::response::Response;
use super::super::testing::Client;
use super::super::xml;
use crate::crypto::merchant_key::MerchantKey;
use crate::crypto::pay_sign::{SignType, answer_lines, of_fields, request_lines};
use crate::crypto::platform_key;
use crate::profile::Profile;
use crate::world::pay::fields::Fields;
use crate::world::pay::merchant::ShowCredentials;
use crate::world::pay::notice::tests::pay_order;

/// The merchant.
pub(super) const MERCHANT: &str = "1900000001";

/// A merchant's server.
pub(super) struct Shop {
    pub(super) client: Client,
    pub(super) mch_id: String,
    pub(super) key: String,
    pub(super) sign_type: SignType,
    private_key: MerchantKey,
    serial: String,
}

/// Members of an answer in XML.
pub(super) type Members = BTreeMap<String, String>;

impl Shop {
    pub(super) fn new() -> Self {
        Self::of(Profile::default())
    }

    pub(super) fn of(profile: Profile) -> Self {
        let mut client = Client::new(profile);
        let known = client.world.apply(ShowCredentials(MERCHANT));
        let known = known.expect("the usual merchant");
        Self {
            client,
            mch_id: known.mch_id,
            key: known.key,
            sign_type: SignType::Md5,
            private_key: MerchantKey::from_pem(&known.private_key).expect("a key"),
            serial: known.serial,
        }
    }

    /// What a signed request of version 2 gets; the signature of the answer is checked.
    pub(super) fn v2(&mut self, path: &str, members: &[(&str, &str)]) -> Members {
        let mut fields = Fields::new();
        for (name, text) in members {
            fields.text(name, text);
        }
        if self.sign_type == SignType::HmacSha256 {
            fields.text("sign_type", "HMAC-SHA256");
        }
        fields.sign(self.sign_type, &self.key);
        self.v2_raw(path, &fields.xml("xml"))
    }

    /// What a body of version 2 gets.
    pub(super) fn v2_raw(&mut self, path: &str, body: &str) -> Members {
        let response = self.client.post(path, body);
        self.read(&response)
    }

    /// The members of an answer of version 2.
    pub(super) fn read(&self, response: &Response) -> Members {
        assert_eq!(response.status, 200);
        let members = xml::read(&response.body).expect("XML");
        let pairs: Vec<(&str, &str)> = members.iter().map(|(a, b)| (&**a, &**b)).collect();
        let members: Members = members.iter().cloned().collect();
        if members["return_code"] == "SUCCESS" {
            let sign = of_fields(&pairs, self.sign_type, &self.key);
            assert_eq!(members["sign"], sign, "{members:?}");
            assert!(members["nonce_str"].len() == 16 && members["mch_id"] == self.mch_id);
        } else {
            assert!(!members.contains_key("result_code"), "{members:?}");
            assert!(!members.contains_key("sign"), "{members:?}");
        }
        members
    }

    /// What a signed request of version 3 gets; the signature of the answer is checked.
    pub(super) fn v3(&mut self, method: &str, target: &str, body: &Json) -> Response {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = self.signed(method, target, &body);
        self.v3_raw(&request)
    }

    /// A signed request of version 3.
    pub(super) fn signed(&self, method: &str, target: &str, body: &str) -> Request {
        let text = request_lines(method, target, "1554208460", "NONCE", body);
        let signature = self.private_key.sign(&text);
        let line = format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{}\",nonce_str=\"NONCE\",signature=\"{signature}\",\
             timestamp=\"1554208460\",serial_no=\"{}\"",
            self.mch_id, self.serial
        );
        Request {
            method: method.to_owned(),
            ..Request::post(target, body)
        }
        .with_header("user-agent", "test")
        .with_header("authorization", &line)
    }

    /// What a request of version 3 gets.
    pub(super) fn v3_raw(&mut self, request: &Request) -> Response {
        let response = self.client.send(request);
        let header = |name: &str| response.header(name).unwrap_or_default();
        if response.status == 401 || response.status >= 500 {
            assert_eq!(header("wechatpay-signature"), "");
            return response;
        }
        let body = std::str::from_utf8(&response.body).expect("text");
        let text = answer_lines(
            header("wechatpay-timestamp"),
            header("wechatpay-nonce"),
            body,
        );
        let signature = header("wechatpay-signature");
        assert!(platform_key::key().verifies(&text, signature), "{body}");
        assert_eq!(header("wechatpay-serial"), platform_key::SERIAL);
        response
    }

    /// The user pays the order of that number; `transaction_id`.
    pub(super) fn pay(&mut self, out_trade_no: &str) -> String {
        let world = &mut self.client.world;
        let order = world.order(out_trade_no).expect("an order").clone();
        let paid = pay_order(world, &order);
        paid.transaction_id().to_owned()
    }
}
