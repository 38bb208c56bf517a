//! Signatures of WeChat Pay, version 2 and 3, and `paySign` of `wx.requestPayment`.
//!
//! Official pages of WeChat Pay: "Signature algorithm" (v2), "Signature" (v3), "Calling payment in a mini
//! program". Version 2 signs the sorted fields with a key that both sides know; version 3 signs four
//! lines with the merchant's private key ([`merchant_key`](super::merchant_key)).

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::hex;

/// How an order is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignType {
    /// Version 2.
    #[serde(rename = "MD5")]
    Md5,
    /// Version 2.
    #[serde(rename = "HMAC-SHA256")]
    HmacSha256,
    /// Version 3.
    #[serde(rename = "RSA")]
    Rsa,
}

impl SignType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Md5, Self::HmacSha256, Self::Rsa];

    /// As in `signType`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::Rsa => "RSA",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What `paySign` signs.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The mini program's appid, which is not passed to the API.
    pub app_id: &'a str,
    /// `timeStamp`.
    pub time_stamp: &'a str,
    /// `nonceStr`.
    pub nonce: &'a str,
    /// `package`, with `prepay_id=`.
    pub package: &'a str,
}

impl Signed<'_> {
    /// `paySign` of version 2 under the merchant's key.
    ///
    /// `RSA` is no kind of version 2; it counts as MD5.
    pub fn with_key(&self, kind: SignType, key: &str) -> String {
        let fields = [
            ("appId", self.app_id),
            ("timeStamp", self.time_stamp),
            ("nonceStr", self.nonce),
            ("package", self.package),
            ("signType", kind.name()),
        ];
        of_fields(&fields, kind, key)
    }

    /// The text that version 3 signs.
    pub fn lines(&self) -> String {
        let Self {
            app_id,
            time_stamp,
            nonce,
            package,
        } = self;
        format!("{app_id}\n{time_stamp}\n{nonce}\n{package}\n")
    }
}

/// The text that a request of version 3 signs: method, path with query, time, nonce and body, each with its end.
pub fn request_lines(
    method: &str,
    target: &str,
    time_stamp: &str,
    nonce: &str,
    body: &str,
) -> String {
    format!("{method}\n{target}\n{time_stamp}\n{nonce}\n{body}\n")
}

/// The text that an answer or a notification of version 3 signs.
pub fn answer_lines(time_stamp: &str, nonce: &str, body: &str) -> String {
    format!("{time_stamp}\n{nonce}\n{body}\n")
}

/// The signature of version 2: the fields but empty ones and `sign`, in the order of their bytes.
#[expect(clippy::missing_panics_doc, reason = "HMAC takes a key of any length")]
pub fn of_fields(fields: &[(&str, &str)], kind: SignType, key: &str) -> String {
    let said = |field: &&(&str, &str)| !field.1.is_empty() && field.0 != "sign";
    let mut fields: Vec<_> = fields.iter().filter(said).copied().collect();
    fields.sort_unstable();
    fields.push(("key", key));
    let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
    let text = pairs.collect::<Vec<String>>().join("&");
    let digest = if kind == SignType::HmacSha256 {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
        mac.update(text.as_bytes());
        hex::encode(&mac.finalize().into_bytes())
    } else {
        hex::encode(&Md5::digest(text.as_bytes()))
    };
    digest.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{SignType, Signed, answer_lines, of_fields, request_lines};
    use crate::crypto::digest::sha256;

    #[test]
    fn the_published_parameters_give_the_published_pay_sign() {
        let signed = Signed {
            app_id: "wxd678efh567hg6787",
            time_stamp: "1490840662",
            nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
            package: "prepay_id=wx2017033010242291fcfe0db70013231072",
        };
        let key = "qazwsxedcrfvtgbyhnujmikolp111111";
        assert_eq!(
            signed.with_key(SignType::Md5, key),
            "22D9B4E54AB1950F51E0649E8810ACD6"
        );
        assert_eq!(
            signed.with_key(SignType::HmacSha256, key),
            "FB9D1EFB5C509131BBFF729F88A99CA2DE9B724D06D3B3262832A53083862BC0"
        );
    }

    #[test]
    fn the_published_order_gives_the_published_sign() {
        let fields = [
            ("sign", "is left out"),
            ("attach", ""),
            ("nonce_str", "ibuaiVcKdpRxkhJA"),
            ("mch_id", "10000100"),
            ("device_info", "1000"),
            ("body", "test"),
            ("appid", "wxd930ea5d5a258f4f"),
        ];
        let key = "192006250b4c09247ec02edce69f6a2d";
        assert_eq!(
            of_fields(&fields, SignType::Md5, key),
            "9A0A8659F005D6984697E2CA0A9CF3B7"
        );
        assert_eq!(
            of_fields(&fields, SignType::HmacSha256, key),
            "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"
        );
    }

    #[test]
    fn the_published_notification_gives_its_sign() {
        let fields = [
            ("appid", "wx2421b1c4370ec43b"),
            ("attach", "支付测试"),
            ("bank_type", "CFT"),
            ("fee_type", "CNY"),
            ("is_subscribe", "Y"),
            ("mch_id", "10000100"),
            ("nonce_str", "5d2b6c2a8db53831f7eda20af46e531c"),
            ("openid", "oUpF8uMEb4qRXf22hE3X68TekukE"),
            ("out_trade_no", "1409811653"),
            ("result_code", "SUCCESS"),
            ("return_code", "SUCCESS"),
            ("time_end", "20140903131540"),
            ("total_fee", "1"),
            ("trade_type", "JSAPI"),
            ("transaction_id", "1004400740201409030005092168"),
        ];
        assert_eq!(
            of_fields(&fields, SignType::Md5, "192006250b4c09247ec02edce69f6a2d"),
            "268B597D4659C19208FF81502E57CE2E"
        );
    }

    #[test]
    fn version_3_signs_four_lines_each_with_its_end() {
        let signed = Signed {
            app_id: "wx8888888888888888",
            time_stamp: "1414561699",
            nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
            package: "prepay_id=wx201410272009395522657a690389285100",
        };
        assert_eq!(
            sha256(signed.lines().as_bytes()),
            "e9f240553b798164cd07071a90bf684071b40781f3dafca1f828346682147df3"
        );
    }

    #[test]
    fn requests_and_answers_of_version_3_sign_lines_too() {
        let request = request_lines(
            "POST",
            "/v3/pay/transactions/jsapi",
            "1554208460",
            "593BEC0C930BF1AFEB40B4A08C8FB242",
            r#"{"appid":"wxd678efh567hg6787"}"#,
        );
        assert_eq!(
            sha256(request.as_bytes()),
            "eedd08f2bc1cb34b534dad1614fa933ec67753cd65dddd1233c0070742029fb5"
        );
        let answer = answer_lines(
            "1554209980",
            "c5ac7061fccab6bf3e254dcf98995b8c",
            r#"{"data":[{"serial_no":"5157F09EFDC096DE15EBE81A47057A7232F1B8E1"}]}"#,
        );
        assert_eq!(
            sha256(answer.as_bytes()),
            "651c9743d6912c1573c8a4f09dea9f136f763b9e6beec5cbd2c4ce14650257bf"
        );
    }

    #[test]
    fn a_kind_is_read_as_it_is_written() {
        for kind in SignType::ALL {
            assert_eq!(SignType::parse(kind.name()), Some(kind));
        }
        assert_eq!(SignType::parse("md5"), None);
    }
}
