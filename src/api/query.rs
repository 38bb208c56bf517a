//! Data as a query or a form.
//!
//! Official page: `wx.request`: names and values go through `encodeURIComponent`; objects are written
//! as JSON.

use serde_json::Value as Json;

use crate::value::{Value, json_number};

/// A URL with the members of an object in its query, in place of those it has.
pub fn with_query(url: &str, data: &Value) -> String {
    let Value::Object(members) = data else {
        return url.to_owned();
    };
    if members.is_empty() {
        return url.to_owned();
    }
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    for (key, value) in encoded(members) {
        match pairs.iter_mut().find(|pair| pair.0 == key) {
            Some(pair) => pair.1 = value,
            None => pairs.push((key, value)),
        }
    }
    format!("{path}?{}", joined(&pairs))
}

/// The members of an object as a form.
pub fn form(members: &[(String, Value)]) -> String {
    joined(&encoded(members))
}

fn joined(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(key, value)| format!("{key}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(members: &[(String, Value)]) -> Vec<(String, String)> {
    let members = members.iter();
    members
        .map(|(key, value)| (percent(key), percent(&field_text(value))))
        .collect()
}

/// The value of a field as text.
pub fn field_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Undefined => "undefined".to_owned(),
        Value::Number(number) => json_number(*number).to_string(),
        other => other.to_json().unwrap_or(Json::Null).to_string(),
    }
}

/// `encodeURIComponent`.
fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{form, with_query};
    use crate::value::Value;

    #[test]
    fn data_replace_and_extend_the_query() {
        let data = Value::object([
            ("a", Value::Number(2.0)),
            ("b c", "é&".into()),
            ("d", Value::Array(vec![Value::Bool(true)])),
        ]);
        assert_eq!(
            with_query("https://a.example/?a=1&x", &data),
            "https://a.example/?a=2&x=&b%20c=%C3%A9%26&d=%5Btrue%5D"
        );
        assert_eq!(with_query("https://a", &Value::Null), "https://a");
        assert_eq!(form(&[("u".into(), Value::Undefined)]), "u=undefined");
    }
}
