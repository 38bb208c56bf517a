//! `/v3/certificates`: the certificate whose key signs answers and notifications, under the APIv3 key.
//!
//! Official page of WeChat Pay: "Getting the list of platform certificates" (v3).

use serde_json::{Value as Json, json};

use super::super::code::v3 as code;
use super::Interface;
use super::asked::Asked;
use super::refusal::Refusal;
use crate::crypto::{gcm, platform_key};
use crate::profile::Date;
use crate::world::pay::moment;
use crate::world::pay::notice::NextPayNonce;
use crate::world::{Millis, World};

pub(super) const INTERFACE: Interface = Interface {
    method: "GET",
    path: "/v3/certificates",
    handle,
};

/// What the certificate is bound to.
const ASSOCIATED: &str = "certificate";

/// The moment at which a year begins in London.
fn begin_of(year: i32) -> String {
    let in_china = Millis(Date::new(year, 1, 1).midnight_unix_ms());
    moment::rfc3339(in_china.plus(i64::from(crate::profile::CHINA_UTC_OFFSET_S) * 1_000))
}

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    let nonce = world.apply(NextPayNonce(gcm::NONCE_CHARS));
    let key = world.merchant_v3_key(&asked.mch_id);
    let pem = platform_key::certificate();
    let sealed = pem.and_then(|pem| gcm::seal(&pem, &key, &nonce, ASSOCIATED));
    let sealed = sealed.ok_or_else(|| {
        code::SYSTEM_ERROR.because("the APIv3 key of the merchant has not 32 bytes")
    })?;
    let (from, until) = platform_key::VALID_YEARS;
    Ok(Some(json!({
        "data": [{
            "serial_no": platform_key::SERIAL,
            "effective_time": begin_of(from),
            "expire_time": begin_of(until),
            "encrypt_certificate": {
                "algorithm": "AEAD_AES_256_GCM",
                "nonce": nonce,
                "associated_data": ASSOCIATED,
                "ciphertext": sealed,
            },
        }],
    })))
}
