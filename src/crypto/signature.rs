//! Signatures that a user's session key makes.
//!
//! Official page: "Signature check and decryption of open data"; server pages of `checksession` and of
//! the user session signature. The key is used as the base64 *text*, not as its bytes.

use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};
use sha2::Sha256;

use super::hex;

/// `signature` beside `rawData`: SHA-1 of the text followed by the session key, in hexadecimal.
pub fn of_raw_data(raw_data: &str, session_key: &str) -> String {
    let mut digest = Sha1::new();
    digest.update(raw_data.as_bytes());
    digest.update(session_key.as_bytes());
    hex::encode(&digest.finalize())
}

/// The user session signature: HMAC-SHA256 of a text under the session key, in hexadecimal.
pub fn of_session(text: &str, session_key: &str) -> String {
    hmac_sha256(text, session_key.as_bytes())
}

/// HMAC-SHA256 of a text under a key, in hexadecimal.
#[expect(clippy::missing_panics_doc, reason = "HMAC takes a key of any length")]
pub fn hmac_sha256(text: &str, key: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    hex::encode(&mac.finalize().into_bytes())
}

/// SHA-256 of a text, in hexadecimal: how a server names an `encryptedData`.
pub fn sha256(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{hmac_sha256, of_raw_data, of_session, sha256};
    use crate::crypto::base64_text;

    #[test]
    fn the_published_raw_data_gives_the_published_signature() {
        let raw_data = r#"{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}"#;
        assert_eq!(
            of_raw_data(raw_data, "HyVFkGl5F5OQWJZZaNzBBg=="),
            "75e81ceda165f4ffa64f4068af58c64b8f54b88c"
        );
    }

    #[test]
    fn the_published_session_signature_uses_the_key_as_text() {
        let key = "o0q0otL8aEzpcZL/FT9WsQ==";
        assert_eq!(
            of_session(r#"{"foo":"bar"}"#, key),
            "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"
        );
        assert_eq!(
            of_session("", key),
            "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128"
        );
        let bytes = base64_text::decode(key).expect("base64");
        let wrong = hmac_sha256(r#"{"foo":"bar"}"#, &bytes);
        assert!(wrong.starts_with("bfa68836"), "the decoded key: {wrong}");
    }

    #[test]
    fn sha256_of_nothing_is_the_known_one() {
        assert_eq!(
            sha256(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
