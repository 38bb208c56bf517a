//! How an order is written: as JSON, or as words `total=100 signType=MD5`.

use serde_json::{Map, Value as Json};

use super::order::Placement;
use crate::crypto::pay_sign::SignType;
use crate::near::near;
use crate::profile::parse_duration_ms;

/// Writes one member.
type Writer = fn(&mut Placement, &Json) -> Option<()>;

/// Every member: its name, what it is, how it is read.
const MEMBERS: &[(&str, &str, Writer)] = &[
    ("total", "a number of fen from 1", |to, value| {
        to.total = value.as_u64().filter(|total| *total > 0)?;
        Some(())
    }),
    ("signType", "MD5, HMAC-SHA256 or RSA", |to, value| {
        to.sign_type = Some(SignType::parse(value.as_str()?)?);
        Some(())
    }),
    (
        "out_trade_no",
        "a text of up to 32 letters, digits and _-|*",
        |to, value| {
            let text = value.as_str().filter(|text| is_number(text))?;
            to.out_trade_no = Some(text.to_owned());
            Some(())
        },
    ),
    ("description", "a text", |to, value| {
        to.description = Some(filled(value)?);
        Some(())
    }),
    (
        "mch_id",
        "the number of a merchant, as a text",
        |to, value| {
            to.mch_id = Some(filled(value)?);
            Some(())
        },
    ),
    ("appid", "an appid", |to, value| {
        to.app_id = Some(filled(value)?);
        Some(())
    }),
    ("user", "the id of a user", |to, value| {
        to.user = Some(filled(value)?);
        Some(())
    }),
    ("notify_url", "a URL", |to, value| {
        let url = filled(value).filter(|url| url.contains("://"))?;
        to.notify_url = Some(url);
        Some(())
    }),
    ("expires_in", "a duration such as \"30m\"", |to, value| {
        to.life_ms = Some(parse_duration_ms(value.as_str()?).ok()?);
        Some(())
    }),
];

fn filled(value: &Json) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    Some(text.to_owned())
}

/// Whether a text can be the number of an order.
fn is_number(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-|*".contains(c);
    (1..=32).contains(&text.len()) && text.chars().all(fits)
}

impl Placement {
    /// Reads an order.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn read(json: &Json) -> Result<Self, String> {
        let example = "write {\"total\": 100}";
        let members = json.as_object();
        let members = members.ok_or_else(|| format!("an order is an object: {example}"))?;
        let mut placement = Self::default();
        for (name, value) in members {
            let known = MEMBERS.iter().find(|(known, ..)| known == name);
            let Some((_, wanted, write)) = known else {
                let names = || MEMBERS.iter().map(|(name, ..)| *name);
                let all = names().collect::<Vec<_>>().join(", ");
                let advice = match near(name, names()).first() {
                    Some(meant) => format!("did you mean `{meant}`? There are {all}"),
                    None => format!("there are {all}"),
                };
                return Err(format!("an order has no `{name}` ({advice})"));
            };
            write(&mut placement, value)
                .ok_or_else(|| format!("`{name}` is {wanted}, not {value}"))?;
        }
        if placement.total == 0 {
            return Err(format!("`total` is missing, in fen: {example}"));
        }
        Ok(placement)
    }

    /// Reads an order of words, or JSON.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn read_words(text: &str) -> Result<Self, String> {
        if text.starts_with('{') {
            let json = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
            return Self::read(&json);
        }
        let mut members = Map::new();
        for word in text.split_whitespace() {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| format!("`{word}`: write NAME=VALUE, such as total=100"))?;
            let number = value.parse::<u64>().ok().filter(|_| name == "total");
            let value = number.map_or_else(|| Json::from(value), Json::from);
            members.insert(name.to_owned(), value);
        }
        Self::read(&Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::Placement;
    use crate::crypto::pay_sign::SignType;

    #[test]
    fn an_order_is_json_or_words() {
        let expected = Placement {
            total: 100,
            sign_type: Some(SignType::Md5),
            out_trade_no: Some("S-1".into()),
            life_ms: Some(60_000),
            ..Placement::default()
        };
        let words = "total=100 signType=MD5 out_trade_no=S-1 expires_in=1m";
        assert_eq!(Placement::read_words(words), Ok(expected.clone()));
        let json = r#"{"total":100,"signType":"MD5","out_trade_no":"S-1","expires_in":"1m"}"#;
        assert_eq!(Placement::read_words(json), Ok(expected));
    }

    #[test]
    fn what_is_no_order_says_what_is() {
        for (text, part) in [
            ("", "`total` is missing"),
            ("total=0", "`total` is a number of fen from 1, not 0"),
            ("total=1.5", "not \"1.5\""),
            ("totl=1", "did you mean `total`?"),
            ("total=1 tea=1", "an order has no `tea` (there are total, "),
            ("total=1 signType=SHA", "MD5, HMAC-SHA256 or RSA"),
            ("total=1 out_trade_no=a.b", "up to 32 letters"),
            ("total=1 notify_url=here", "`notify_url` is a URL"),
            ("total=1 expires_in=5", "a duration"),
            ("total", "write NAME=VALUE"),
            ("{", "no JSON"),
        ] {
            let wrong = Placement::read_words(text).expect_err(text);
            assert!(wrong.contains(part), "{text}: {wrong}");
        }
        assert!(Placement::read(&1.into()).is_err());
    }
}
