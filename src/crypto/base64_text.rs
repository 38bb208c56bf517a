//! Base64 as the platform writes it: the standard alphabet, padded.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Reads what is left of a text from scripts: with or without padding, with loose last bits.
const LOOSE: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes as text.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a text; `None` when it is not base64.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Bytes as a text in JSON, for `#[serde(with)]`.
pub mod in_json {
    use serde::{Deserialize as _, Deserializer, Serializer};

    /// Writes the text.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::encode(bytes))
    }

    /// Reads it.
    ///
    /// # Errors
    /// It is no base64.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::decode(&text).ok_or_else(|| serde::de::Error::custom("no base64"))
    }
}

/// The bytes of a text; characters outside of the alphabet are skipped, and so is a last digit
/// that makes no byte.
pub fn decode_loosely(text: &str) -> Vec<u8> {
    let known = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'+' || *byte == b'/';
    let mut digits: Vec<u8> = text.bytes().filter(known).collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    LOOSE.decode(digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_loosely, encode};

    #[test]
    fn the_vectors_of_the_standard() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()));
            assert_eq!(decode_loosely(text), plain.as_bytes());
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Some(all));
    }

    #[test]
    fn a_text_from_a_script_need_not_be_clean() {
        assert_eq!(decode("Zm 9v\n"), None);
        assert_eq!(decode_loosely("Zm 9v\n"), b"foo");
        assert_eq!(decode_loosely("Zm8"), b"fo");
        assert_eq!(decode_loosely("Zm9"), b"fo", "loose last bits");
        assert_eq!(decode_loosely("Zm9vZ"), b"foo", "half a byte");
    }
}
