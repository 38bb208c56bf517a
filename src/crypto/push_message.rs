//! Messages that WeChat pushes to a developer's server: their signatures and their encryption.
//!
//! Official page: "Message push". AES-256 in CBC mode; the key is the EncodingAESKey with `=` behind it, decoded from
//! base64, the initial vector its first 16 bytes; the padding is that of PKCS#7 with blocks of 32 bytes. The plain
//! text is 16 random bytes, the length of the message in 4 bytes (the highest first), the message, the appid.

use aes::Aes256;
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};

use super::base64_text;
use super::digest::sha1;

/// Characters of an EncodingAESKey.
pub const AES_KEY_CHARS: usize = 43;
/// Random bytes before a message.
pub const RANDOM_BYTES: usize = 16;
/// Block of the padding, in bytes.
const PADDING_BLOCK: usize = 32;

/// The last character of a key leaves two bits that mean nothing, whatever they are.
const TOLERANT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a message does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The EncodingAESKey is not 43 characters of base64.
    #[error("the EncodingAESKey is not 43 letters and digits")]
    Key,
    /// The text is not what the key makes.
    #[error("the text does not open with this EncodingAESKey")]
    Text,
    /// It is for another app.
    #[error("the text names another appid")]
    AppId,
}

/// The signature of texts: SHA-1, in hexadecimal digits, of all of them sorted by bytes and put together.
pub fn signature(texts: &[&str]) -> String {
    let mut sorted = texts.to_vec();
    sorted.sort_unstable();
    sha1(sorted.concat().as_bytes())
}

/// The 32 bytes of an EncodingAESKey.
///
/// # Errors
/// It is none.
pub fn key(encoding_aes_key: &str) -> Result<[u8; 32], PushError> {
    if encoding_aes_key.len() != AES_KEY_CHARS {
        return Err(PushError::Key);
    }
    let bytes = TOLERANT
        .decode(encoding_aes_key)
        .map_err(|_| PushError::Key)?;
    bytes.try_into().map_err(|_| PushError::Key)
}

/// Encrypts a message for an app: base64.
///
/// # Errors
/// The key is none.
pub fn seal(
    message: &str,
    app_id: &str,
    encoding_aes_key: &str,
    random: [u8; RANDOM_BYTES],
) -> Result<String, PushError> {
    let key = key(encoding_aes_key)?;
    let length = u32::try_from(message.len())
        .map_err(|_| PushError::Text)?
        .to_be_bytes();
    let mut plain = [&random, &length[..], message.as_bytes(), app_id.as_bytes()].concat();
    let pad = PADDING_BLOCK - plain.len() % PADDING_BLOCK;
    plain.extend(std::iter::repeat_n(
        u8::try_from(pad).unwrap_or_default(),
        pad,
    ));
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&key, &key[..16]);
    let cipher = cipher.map_err(|_| PushError::Key)?;
    Ok(base64_text::encode(
        &cipher.encrypt_padded_vec::<NoPadding>(&plain),
    ))
}

/// Decrypts a message for an app, as a developer's server does, and as WeChat does with a reply.
///
/// # Errors
/// What is wrong.
pub fn open(text: &str, app_id: &str, encoding_aes_key: &str) -> Result<String, PushError> {
    let key = key(encoding_aes_key)?;
    let bytes = base64_text::decode(text.trim()).ok_or(PushError::Text)?;
    let cipher = cbc::Decryptor::<Aes256>::new_from_slices(&key, &key[..16]);
    let cipher = cipher.map_err(|_| PushError::Key)?;
    let plain = cipher
        .decrypt_padded_vec::<NoPadding>(&bytes)
        .map_err(|_| PushError::Text)?;
    let pad = usize::from(plain.last().copied().ok_or(PushError::Text)?);
    let end = plain
        .len()
        .checked_sub(pad)
        .filter(|_| (1..=PADDING_BLOCK).contains(&pad));
    let plain = &plain[..end.ok_or(PushError::Text)?];
    let (length, rest) = plain
        .get(RANDOM_BYTES..)
        .and_then(<[u8]>::split_first_chunk::<4>)
        .ok_or(PushError::Text)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| PushError::Text)?;
    let (message, of) = rest.split_at_checked(length).ok_or(PushError::Text)?;
    if of != app_id.as_bytes() {
        return Err(PushError::AppId);
    }
    String::from_utf8(message.to_vec()).map_err(|_| PushError::Text)
}

#[cfg(test)]
mod tests {
    use super::{PushError, key, open, seal, signature};
    use crate::crypto::hex;

    #[test]
    fn signatures_are_those_of_the_official_examples() {
        let of = |texts: &[&str]| signature(texts);
        assert_eq!(
            of(&["AAAAA", "1714036504", "1514711492"]),
            "f464b24fc39322e44b38aa78f5edd27bd1441696"
        );
        assert_eq!(
            of(&["AAAAA", "1714037059", "486452656"]),
            "899cf89e464efb63f54ddac96b0a0a235f53aa78"
        );
    }

    #[test]
    fn the_official_reply_is_made_byte_for_byte() {
        let (app_id, aes_key) = ("wxba5fad812f8e6fb9", "A".repeat(43));
        let random = *b"707722b803182950";
        let message = r#"{"demo_resp":"good luck"}"#;
        let sealed = seal(message, app_id, &aes_key, random).expect("a key");
        assert_eq!(
            sealed,
            "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
        );
        let signed = signature(&["AAAAA", "1713424427", "415670741", &sealed]);
        assert_eq!(signed, "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1");
        assert_eq!(open(&sealed, app_id, &aes_key).as_deref(), Ok(message));
        assert_eq!(open(&sealed, "wx0", &aes_key), Err(PushError::AppId));
    }

    #[test]
    fn a_key_with_loose_bits_and_text_of_many_bytes() {
        let aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        let bytes = key(aes_key).expect("a key");
        assert_eq!(
            hex::encode(&bytes),
            "69b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3d0010831051"
        );
        let message = "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oUserOpenId000000000000000001]]></FromUserName><CreateTime>1528077600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content><MsgId>6562345678901234567</MsgId></xml>";
        let sealed =
            seal(message, "wx0123456789abcdef", aes_key, *b"0123456789abcdef").expect("a key");
        let expected = "Q3stYC6hdFzMh9T8HCvyDNlQSuDDtQm2I6puL+LFAVfrpQFViqeq15p/A3LoSNgzG45/uIBbJLS86DScr1YJR599zVMiZVDlJncY8Lm1SPN74Rj9qbE1yL8eRTVqxFCRuE4dvB/iliMoaByaiB4H8ij/kvQBcMuETOg6SYGSHx468mE9JZX++/+qpOMkZul4/PvJx6vrkmtdKwVGLrOE/US7wA5T88zVm66Hfil2hl251FX9YIBN+hnNkUI/cfKNdFZZ+PUiPvXdJFgE+bPo0PTTQyCuCsoANYTTwMoMCK5o2/Znjl/vxl5YrjI+uUnOyZdhpcNE+Nx41NKgi4thHZnqJAikMayIOHKxtJzCavZ/RFPt+x77J2mp0tD0fY2DdLNFcC0G5u2lODVhTg6e2DlmQbKr5MYKIec+FmTX3HQ=";
        assert_eq!(sealed, expected);
        let token = "mytoken";
        let signed = signature(&[token, "1528077600", "1320562132", &sealed]);
        assert_eq!(signed, "8addebfce3161224179f5176b8f3f52c6f8d862d");
        assert_eq!(
            signature(&[token, "1528077600", "1320562132"]),
            "2ac60f1520e6cc417025beef20d16578cfd5450c"
        );
        assert_eq!(
            open(&sealed, "wx0123456789abcdef", aes_key).as_deref(),
            Ok(message)
        );
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        let aes_key = "A".repeat(43);
        assert_eq!(key("short"), Err(PushError::Key));
        assert_eq!(key(&"*".repeat(43)), Err(PushError::Key));
        for text in ["", "*", "AAAA", "ELGduP2YcVatjqIS+eZbpw=="] {
            assert_eq!(open(text, "wx1", &aes_key), Err(PushError::Text), "{text}");
        }
    }
}
