//! Whatever comes is answered.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::request::Request;
use super::testing::{MERCHANT, Shop};
use crate::world::pay::fields::Fields;

const PATHS: [&str; 12] = [
    "/pay/unifiedorder",
    "/pay/orderquery",
    "/pay/closeorder",
    "/pay/refundquery",
    "/secapi/pay/refund",
    "/sandboxnew/pay/getsignkey",
    "/sandboxnew/pay/unifiedorder",
    "/v3/pay/transactions/jsapi",
    "/v3/pay/transactions/out-trade-no/a",
    "/v3/refund/domestic/refunds",
    "/v3/certificates",
    "/v3/",
];

/// Names that interfaces know, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "appid", "mch_id", "nonce_str", "body", "out_trade_no", "total_fee", "notify_url",
            "spbill_create_ip", "trade_type", "openid", "time_expire", "time_start", "sign_type",
            "transaction_id", "out_refund_no", "refund_fee", "refund_id",
        ]).prop_map(str::to_owned),
        1 => "[a-z_]{1,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_get_an_answer(
        path in prop::sample::select(PATHS.to_vec()),
        more in "[ -~]{0,12}",
        method in prop::sample::select(vec!["GET", "POST", "PUT", "HEAD"]),
        body in vec(any::<u8>(), 0..300),
        line in "\\PC{0,80}",
    ) {
        let mut shop = Shop::new();
        let request = Request {
            method: method.to_owned(),
            ..Request::post(&format!("{path}{more}"), body)
        }
        .with_header("user-agent", "t")
        .with_header("authorization", &format!("WECHATPAY2-SHA256-RSA2048 {line}"));
        let response = shop.client.send(&request);
        prop_assert!((200..600).contains(&response.status));
    }

    #[test]
    fn any_signed_xml_gets_a_signed_answer(
        path in prop::sample::select(PATHS[..5].to_vec()),
        members in vec((name(), "\\PC{0,20}"), 0..12),
    ) {
        let mut shop = Shop::new();
        let members: std::collections::BTreeMap<String, String> = members
            .into_iter()
            // Blanks around a text are of no account in XML without sections only.
            .filter(|(name, _)| !["sign", "sign_type"].contains(&name.as_str()))
            .chain([("mch_id".to_owned(), MERCHANT.to_owned())])
            .collect();
        let mut fields = Fields::new();
        for (name, text) in &members {
            fields.text(name, text);
        }
        fields.sign(shop.sign_type, &shop.key);
        let answer = shop.v2_raw(path, &fields.xml("xml"));
        prop_assert_eq!(&answer["return_code"], "SUCCESS");
    }
}

proptest! {
    // Signing with RSA takes its time.
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_signed_json_gets_a_signed_answer(
        path in prop::sample::select(PATHS[7..].to_vec()),
        method in prop::sample::select(vec!["GET", "POST"]),
        query in "[a-z=&%0-9]{0,20}",
        body in "\\PC{0,60}",
        member in "\\PC{0,20}",
        number in any::<i64>(),
    ) {
        let mut shop = Shop::new();
        let open_id = shop.client.open_id();
        let json = serde_json::json!({
            "appid": crate::server::testing::APP, "mchid": MERCHANT, "description": member,
            "out_trade_no": member, "out_refund_no": member, "notify_url": member,
            "time_expire": member, "amount": { "total": number, "refund": number },
            "payer": { "openid": open_id },
        });
        for body in [body, json.to_string()] {
            let request = shop.signed(method, &format!("{path}?{query}"), &body);
            let response = shop.v3_raw(&request);
            prop_assert!((200..500).contains(&response.status), "{}", response.why);
        }
    }
}
