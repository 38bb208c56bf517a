//! What version 3 of WeChat Pay hides: `AEAD_AES_256_GCM`, in base64, the tag behind the text.
//!
//! Official page of WeChat Pay: "Decrypting callbacks and platform certificates". The key is the APIv3 key, 32
//! characters as they are; the nonce has 12.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

use super::base64_text;

/// Characters of a nonce.
pub const NONCE_CHARS: usize = 12;

fn parts(key: &str, nonce: &str) -> Option<(Aes256Gcm, [u8; NONCE_CHARS])> {
    let cipher = Aes256Gcm::new_from_slice(key.as_bytes()).ok()?;
    Some((cipher, nonce.as_bytes().try_into().ok()?))
}

/// Encrypts a text; `None` when key or nonce have another length.
pub fn seal(plain: &str, key: &str, nonce: &str, associated: &str) -> Option<String> {
    let (cipher, nonce) = parts(key, nonce)?;
    let payload = Payload {
        msg: plain.as_bytes(),
        aad: associated.as_bytes(),
    };
    let sealed = cipher.encrypt(&Nonce::from(nonce), payload).ok()?;
    Some(base64_text::encode(&sealed))
}

/// Decrypts to the text; `None` when the parts do not belong together.
pub fn open(sealed: &str, key: &str, nonce: &str, associated: &str) -> Option<String> {
    let (cipher, nonce) = parts(key, nonce)?;
    let sealed = base64_text::decode(sealed)?;
    let payload = Payload {
        msg: &sealed,
        aad: associated.as_bytes(),
    };
    let plain = cipher.decrypt(&Nonce::from(nonce), payload).ok()?;
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::{open, seal};

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const NONCE: &str = "fdasflkja484";

    #[test]
    fn the_known_payment_gives_the_known_text() {
        let plain = r#"{"transaction_id":"4200000000000000001","out_trade_no":"O1","trade_state":"SUCCESS"}"#;
        let sealed = "DUcHkaTwFIBdbF8U6qyPlBVg313iwd+QDAMbIiR1/uroOkdL0pF7NYiNfsbzyPtaDuPY5BckzhGE84PeZ9mJT5V3I9R+lC1wdRlsLxl9dbp0j0PBMZH/Kmt+Ay1lgXBdRyTCwg==";
        let made = seal(plain, KEY, NONCE, "transaction");
        assert_eq!(made.as_deref(), Some(sealed));
        let opened = open(sealed, KEY, NONCE, "transaction");
        assert_eq!(opened.as_deref(), Some(plain));
    }

    #[test]
    fn every_changed_part_spoils_it() {
        let sealed = seal("a", KEY, NONCE, "b").expect("it fits");
        assert_eq!(open(&sealed, KEY, NONCE, "c"), None);
        assert_eq!(open(&sealed, KEY, "fdasflkja485", "b"), None);
        assert_eq!(open(&sealed, &KEY.to_uppercase(), NONCE, "b"), None);
        assert_eq!(open("AAAA", KEY, NONCE, "b"), None);
        assert_eq!(seal("a", "short", NONCE, "b"), None);
        assert_eq!(seal("a", KEY, "short", "b"), None);
    }
}
