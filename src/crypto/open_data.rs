//! Open data: what the client gives a program only in encrypted form, for its server.
//!
//! Official page: "Signature check and decryption of open data". AES-128 in CBC mode with PKCS#7
//! padding; key and initial vector are base64 texts of 16 bytes. The plain text is compact JSON
//! that ends with a watermark: when it was made and for which app, which a server must check.

use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use serde_json::{Map, Value as Json, json};

use super::base64_text;

/// Bytes of keys and initial vectors.
pub const BLOCK_BYTES: usize = 16;

/// `encryptedData` and `iv` of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encrypted {
    /// `encryptedData`, base64.
    pub data: String,
    /// `iv`, base64.
    pub iv: String,
}

/// Why a ciphertext does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Key or vector is not base64 of 16 bytes, or the data is not base64.
    #[error("session_key, iv or encryptedData is not base64 of the right length")]
    Malformed,
    /// The padding is wrong: nearly always another session key than the one it was made with.
    #[error("the data does not open with this session_key")]
    WrongKey,
    /// It opens to something that is no JSON text.
    #[error("the data opens to something that is no JSON text")]
    NoJson,
}

/// The members with the watermark behind them, as the platform writes it: compact, slashes and
/// non-ASCII characters as they are.
pub fn plain_text(mut members: Map<String, Json>, app_id: &str, unix_s: i64) -> String {
    let watermark = json!({ "timestamp": unix_s, "appid": app_id });
    members.insert("watermark".to_owned(), watermark);
    Json::Object(members).to_string()
}

/// Encrypts a plain text.
///
/// # Errors
/// [`OpenError::Malformed`] when the key is not base64 of 16 bytes.
pub fn seal(plain: &str, session_key: &str, iv: [u8; BLOCK_BYTES]) -> Result<Encrypted, OpenError> {
    let key = block(session_key)?;
    let cipher = cbc::Encryptor::<Aes128>::new(&key.into(), &iv.into());
    let data = cipher.encrypt_padded_vec::<Pkcs7>(plain.as_bytes());
    Ok(Encrypted {
        data: base64_text::encode(&data),
        iv: base64_text::encode(&iv),
    })
}

/// Decrypts to the plain text.
///
/// # Errors
/// What is wrong with the texts, or that they do not belong together.
pub fn open(encrypted: &Encrypted, session_key: &str) -> Result<String, OpenError> {
    let (key, iv) = (block(session_key)?, block(&encrypted.iv)?);
    let data = base64_text::decode(&encrypted.data).ok_or(OpenError::Malformed)?;
    let cipher = cbc::Decryptor::<Aes128>::new(&key.into(), &iv.into());
    let plain = cipher.decrypt_padded_vec::<Pkcs7>(&data);
    let plain = String::from_utf8(plain.map_err(|_| OpenError::WrongKey)?);
    let plain = plain.map_err(|_| OpenError::WrongKey)?;
    let is_json = serde_json::from_str::<Json>(&plain).is_ok();
    is_json.then_some(plain).ok_or(OpenError::NoJson)
}

fn block(text: &str) -> Result<[u8; BLOCK_BYTES], OpenError> {
    let bytes = base64_text::decode(text).ok_or(OpenError::Malformed)?;
    bytes.try_into().map_err(|_| OpenError::Malformed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Encrypted, OpenError, block, open, plain_text, seal};

    const OFFICIAL_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";
    const OFFICIAL_IV: &str = "r7BXXKkLb8qrSNn05n0qiA==";
    const OFFICIAL_DATA: &str = "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==";
    const OFFICIAL_PLAIN: &str = r#"{"openId":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2AHWr8MHM4WgMEm7GFhsf8OYrySdbvAMvTsw3mo8ibKicsnfN5pRjl1p8HQ/0","unionId":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA","watermark":{"timestamp":1477314187,"appid":"wx4f4bc4dec97d474b"}}"#;

    #[test]
    fn the_official_sample_opens_and_is_made_again() {
        let sample = Encrypted {
            data: OFFICIAL_DATA.into(),
            iv: OFFICIAL_IV.into(),
        };
        assert_eq!(open(&sample, OFFICIAL_KEY).as_deref(), Ok(OFFICIAL_PLAIN));
        let iv = block(OFFICIAL_IV).expect("16 bytes");
        assert_eq!(seal(OFFICIAL_PLAIN, OFFICIAL_KEY, iv), Ok(sample));
    }

    #[test]
    fn a_phone_number_and_a_group_id_give_the_known_ciphertexts() {
        let (key, iv) = ("AAECAwQFBgcICQoLDA0ODw==", "EBESExQVFhcYGRobHB0eHw==");
        let iv = block(iv).expect("16 bytes");
        let made = |members: serde_json::Value| {
            let members = members.as_object().expect("an object").clone();
            let plain = plain_text(members, "wx0123456789abcdef", 1_528_077_600);
            seal(&plain, key, iv).expect("a key of 16 bytes").data
        };
        assert_eq!(
            made(json!({
                "phoneNumber": "13580006666",
                "purePhoneNumber": "13580006666",
                "countryCode": "86",
            })),
            "aLhedzo+Z6es5zW+YHo9sgkoobhypSEeViQBPmmCx3fmcZGKbataj/52/+U/sVY3AiF2KzOGsSF26s6H1VwLALPpPqvznm6/Yrci88llVSl0bwplNsmm05X71JB++CQvIIVGoU9CM+JTk5S+M7O+HWTEjII2PzwmP7gyxngdZDSsAahUWO8od7aPb4ojpHBteB6fihbNSX/3hYsE5znckw=="
        );
        assert_eq!(
            made(json!({ "openGId": "tGSIM0000000000000000000000001" })),
            "eAG8g3bxnbXPaM6roomVU8gxKlIynM+/l3qYUQogH9D8PeW+gdeG4Kxre9pomqUz+Z6I2gMCHCEC7HYXSrielQ0Qj3FRdg2G8Ax6H1coeWaroF67Rk+4n9zvuvJn/EEdwWIcsL84p+UO2WP+hP5oqw=="
        );
    }

    #[test]
    fn what_does_not_fit_together_does_not_open() {
        let sample = |data: &str| Encrypted {
            data: data.into(),
            iv: OFFICIAL_IV.into(),
        };
        let other_key = "HyVFkGl5F5OQWJZZaNzBBg==";
        assert_eq!(
            open(&sample(OFFICIAL_DATA), other_key),
            Err(OpenError::WrongKey)
        );
        for (data, key) in [
            ("?", OFFICIAL_KEY),
            (OFFICIAL_DATA, "AAAA"),
            (OFFICIAL_DATA, ""),
        ] {
            assert_eq!(
                open(&sample(data), key),
                Err(OpenError::Malformed),
                "{data} {key}"
            );
        }
        let no_json = seal("hello", OFFICIAL_KEY, [0; 16]).expect("a key of 16 bytes");
        assert_eq!(open(&no_json, OFFICIAL_KEY), Err(OpenError::NoJson));
    }
}
