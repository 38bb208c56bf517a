//! What the notification of a refund hides: AES-256 in ECB mode with PKCS#7 padding, in base64.
//!
//! Official page of WeChat Pay: "Refund notification" (v2). The key is the MD5 digest of the merchant's key, as
//! its 32 small hexadecimal digits.

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};

use super::{base64_text, digest};

const BLOCK_BYTES: usize = 16;

fn cipher(merchant_key: &str) -> Option<Aes256> {
    Aes256::new_from_slice(digest::md5(merchant_key.as_bytes()).as_bytes()).ok()
}

/// Encrypts a text under a merchant's key of version 2.
pub fn seal(plain: &str, merchant_key: &str) -> String {
    let Some(cipher) = cipher(merchant_key) else {
        return String::new();
    };
    let mut bytes = plain.as_bytes().to_vec();
    let more = BLOCK_BYTES - bytes.len() % BLOCK_BYTES;
    bytes.resize(bytes.len() + more, u8::try_from(more).unwrap_or_default());
    for block in bytes.as_chunks_mut::<BLOCK_BYTES>().0 {
        cipher.encrypt_block(block.into());
    }
    base64_text::encode(&bytes)
}

/// Decrypts to the text; `None` when the key is another one.
pub fn open(sealed: &str, merchant_key: &str) -> Option<String> {
    let cipher = cipher(merchant_key)?;
    let mut bytes = base64_text::decode(sealed)?;
    let (blocks, rest) = bytes.as_chunks_mut::<BLOCK_BYTES>();
    if !rest.is_empty() {
        return None;
    }
    for block in blocks {
        cipher.decrypt_block(block.into());
    }
    let last = *bytes.last()?;
    let more = usize::from(last);
    let is_padding = (1..=BLOCK_BYTES).contains(&more) && bytes.ends_with(&vec![last; more]);
    bytes.truncate(bytes.len() - if is_padding { more } else { return None });
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{open, seal};

    const KEY: &str = "192006250b4c09247ec02edce69f6a2d";

    #[test]
    fn the_known_refund_gives_the_known_text() {
        let plain = "<root><out_refund_no><![CDATA[R1]]></out_refund_no><refund_status><![CDATA[SUCCESS]]></refund_status></root>";
        let sealed = "WBzGpzQuNpcFxIlFjUUD9BZv+lpBMzd2SHiKCkwfALWid5G8ZvfOussfMIHLbKJmcnxPKdb1ZJEqTAp8ysQv+xa1fj+Eorgndx3fNxf3KAYa3LPgsjvZgxaeYyrhV05Kbjkj6ywg27cEyTTaPZFYNg==";
        assert_eq!(seal(plain, KEY), sealed);
        assert_eq!(open(sealed, KEY).as_deref(), Some(plain));
    }

    #[test]
    fn every_length_opens_again_and_nothing_else_does() {
        for length in 0..50 {
            let plain = "x".repeat(length);
            assert_eq!(open(&seal(&plain, KEY), KEY), Some(plain));
        }
        assert_eq!(open(&seal("你好", KEY), "another"), None);
        for wrong in ["", "?", "AAAA"] {
            assert_eq!(open(wrong, KEY), None, "{wrong}");
        }
    }
}
