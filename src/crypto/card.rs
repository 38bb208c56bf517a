//! What proves that a merchant hands a card out, and how the code of a taken card is hidden.
//!
//! Official pages: `wx.addCard` (`cardExt`), "Signature of cards" (the appendix on JS-SDK of official
//! accounts). The signature is SHA-1 of the values, sorted by their bytes and put together without
//! anything between.
//!
//! Differs from the client: how the platform hides a code is not published. Here it is AES-128 in CBC
//! mode, base64 of vector and ciphertext; only the platform's servers open it there, too.

use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};

use super::{base64_text, digest};

/// Bytes of the key and of the vector.
pub const BLOCK_BYTES: usize = 16;

/// The `signature` of a `cardExt`; a value that is empty counts for nothing.
pub fn signature(values: &[&str]) -> String {
    let mut values = values.to_vec();
    // Texts are compared by their bytes: digits before capitals before small letters.
    values.sort_unstable();
    digest::sha1(values.concat().as_bytes())
}

/// A code as the client gets it.
pub fn hide(code: &str, key: [u8; BLOCK_BYTES], vector: [u8; BLOCK_BYTES]) -> String {
    let cipher = cbc::Encryptor::<Aes128>::new(&key.into(), &vector.into());
    let hidden = cipher.encrypt_padded_vec::<Pkcs7>(code.as_bytes());
    base64_text::encode(&[&vector[..], &hidden].concat())
}

/// The code again; `None` for a text that was not made with this key.
pub fn show(hidden: &str, key: [u8; BLOCK_BYTES]) -> Option<String> {
    let bytes = base64_text::decode(hidden)?;
    let (vector, hidden) = bytes.split_at_checked(BLOCK_BYTES)?;
    let vector: [u8; BLOCK_BYTES] = vector.try_into().ok()?;
    let cipher = cbc::Decryptor::<Aes128>::new(&key.into(), &vector.into());
    let plain = cipher.decrypt_padded_vec::<Pkcs7>(hidden).ok()?;
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::{hide, show, signature};

    #[test]
    fn the_published_values_give_the_published_signatures() {
        let published = [
            "1404896688",
            "jonyqin",
            "jonyqin_1434008071",
            "pjZ8Yt1XGILfi-FUsewpnnolGgZk",
            // The blank at the end is the sample's own.
            "ojZ8YtyVyr30HheH3CM73y7h4jJE ",
        ];
        assert_eq!(
            signature(&published),
            "6b81fbf6af16e856334153b39737556063c82689"
        );
        let mut trimmed = published;
        trimmed[4] = published[4].trim_end();
        assert_eq!(
            signature(&trimmed),
            "2b4d29b5f60fa4be37522ddfd9583c329446d3e3"
        );
        let of_the_appendix = [
            "123",
            "1404896688",
            "1434008071",
            "ojZ8YtyVyr30HheH3CM73y7h4jJE",
            "pjZ8Yt1XGILfi-FUsewpnnolGgZk",
        ];
        assert_eq!(
            signature(&of_the_appendix),
            "f137ab68b7f8112d20ee528ab6074564e2796250"
        );
    }

    #[test]
    fn values_are_sorted_by_their_bytes_and_empty_ones_count_for_nothing() {
        let own = [
            "tk-CARD-0001",
            "1527998400",
            "pFS7Fjg8kV1IdDz01r4SQwMkuCKc",
            "",
            "8aZk3",
            "",
        ];
        assert_eq!(signature(&own), "d11edb67e6f6434155d456a76d3cc07d92aba28e");
        let mixed = [
            "IpK_1T69hDhZkLQTlwsAX_TICKET",
            "p1Pj9jr90_SQRaVqYI239Ka1erkI",
            "nonce01",
            "1528077600",
        ];
        assert_eq!(
            signature(&mixed),
            "c642d209fb57b0746275ff79b61fad5be9a2fc58"
        );
    }

    #[test]
    fn a_hidden_code_opens_with_its_key_only() {
        let (key, other) = ([7; 16], [8; 16]);
        let hidden = hide("110201201245", key, [1; 16]);
        assert_eq!(show(&hidden, key).as_deref(), Some("110201201245"));
        assert_ne!(show(&hidden, other).as_deref(), Some("110201201245"));
        assert_ne!(hide("110201201245", key, [2; 16]), hidden);
        for wrong in ["", "?", "AAAA", "110201201245"] {
            assert_eq!(show(wrong, key), None, "{wrong}");
        }
    }
}
