//! Reading `cardExt`, which is a JSON text.
//!
//! Official page: `wx.addCard`. `code` and `openid` that are empty texts count as left out, as in the
//! signature. `timestamp` is a number of seconds or the same as text.

use serde_json::{Map, Value as Json};

use crate::errmsg::CardProblem;

/// Longest `nonce_str`.
pub const NONCE_CHARS_MAX: usize = 32;

/// A `cardExt`; what is left out is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardExt {
    /// `code`.
    pub code: String,
    /// `openid`.
    pub open_id: String,
    /// `timestamp`, as it is signed.
    pub timestamp: String,
    /// `nonce_str`.
    pub nonce: String,
    /// `fixed_begintimestamp`, in seconds.
    pub fixed_begin_s: Option<i64>,
    /// `outer_str`.
    pub outer_str: String,
    /// `signature`.
    pub signature: String,
}

impl CardExt {
    /// Reads a text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, CardProblem> {
        let json: Json = serde_json::from_str(text).map_err(|_| CardProblem::Ext)?;
        let members = json.as_object().ok_or(CardProblem::Ext)?;
        let nonce = word(members, "nonce_str")?;
        if nonce.chars().count() > NONCE_CHARS_MAX {
            return Err(CardProblem::Ext);
        }
        Ok(Self {
            code: word(members, "code")?,
            open_id: word(members, "openid")?,
            timestamp: seconds(members.get("timestamp")).ok_or(CardProblem::Timestamp)?,
            nonce,
            fixed_begin_s: match members.get("fixed_begintimestamp") {
                None | Some(Json::Null) => None,
                Some(value) => Some(value.as_i64().ok_or(CardProblem::Ext)?),
            },
            outer_str: word(members, "outer_str")?,
            signature: word(members, "signature")?,
        })
    }

    /// The values that are signed besides the ticket, with a card's id.
    pub fn signed<'a>(&'a self, card_id: &'a str) -> [&'a str; 5] {
        [
            &self.timestamp,
            card_id,
            &self.code,
            &self.open_id,
            &self.nonce,
        ]
    }

    /// The text of it.
    pub fn text(&self) -> String {
        let mut members = Map::new();
        let mut add = |key: &str, value: &str| {
            if !value.is_empty() {
                members.insert(key.to_owned(), value.into());
            }
        };
        add("code", &self.code);
        add("openid", &self.open_id);
        add("timestamp", &self.timestamp);
        add("nonce_str", &self.nonce);
        add("outer_str", &self.outer_str);
        add("signature", &self.signature);
        if let Some(seconds) = self.fixed_begin_s {
            members.insert("fixed_begintimestamp".to_owned(), seconds.into());
        }
        Json::Object(members).to_string()
    }
}

/// A member that is a text or left out.
fn word(members: &Map<String, Json>, key: &str) -> Result<String, CardProblem> {
    match members.get(key) {
        None | Some(Json::Null) => Ok(String::new()),
        Some(Json::String(text)) => Ok(text.clone()),
        Some(_) => Err(CardProblem::Ext),
    }
}

/// Digits, from a number or a text.
fn seconds(value: Option<&Json>) -> Option<String> {
    match value? {
        Json::Number(number) => number.as_u64().map(|it| it.to_string()),
        Json::String(text) => {
            let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
            is_number.then(|| text.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CardExt;
    use crate::errmsg::CardProblem;

    #[test]
    fn what_is_read_is_what_was_written() {
        let ext = CardExt {
            code: "c".into(),
            open_id: "o".into(),
            timestamp: "1".into(),
            nonce: "n".into(),
            fixed_begin_s: Some(5),
            outer_str: "door".into(),
            signature: "s".into(),
        };
        assert_eq!(CardExt::read(&ext.text()), Ok(ext));
        let bare = CardExt {
            timestamp: "1".into(),
            ..CardExt::default()
        };
        assert_eq!(bare.text(), r#"{"timestamp":"1"}"#);
        for text in [
            r#"{"timestamp":1}"#,
            r#"{"timestamp":"1","code":"","openid":null}"#,
        ] {
            assert_eq!(CardExt::read(text).as_ref(), Ok(&bare), "{text}");
        }
    }

    #[test]
    fn what_is_no_card_ext_says_so() {
        let long = format!(r#"{{"timestamp":1,"nonce_str":"{}"}}"#, "n".repeat(33));
        for (text, problem) in [
            ("", CardProblem::Ext),
            ("[]", CardProblem::Ext),
            (r#"{"timestamp":1,"code":5}"#, CardProblem::Ext),
            (
                r#"{"timestamp":1,"fixed_begintimestamp":"5"}"#,
                CardProblem::Ext,
            ),
            (&long, CardProblem::Ext),
            ("{}", CardProblem::Timestamp),
            (r#"{"timestamp":1.5}"#, CardProblem::Timestamp),
            (r#"{"timestamp":"1 s"}"#, CardProblem::Timestamp),
            (r#"{"timestamp":""}"#, CardProblem::Timestamp),
        ] {
            assert_eq!(CardExt::read(text), Err(problem), "{text}");
        }
    }
}
