//! Stored data: what a script's value becomes, and comes back as.
//!
//! Source: the storage functions of the open re-implementation of base library 1.4.2. Objects and
//! arrays are stored as `JSON.stringify` writes them; text, number, boolean, date, `null` and
//! `undefined` come back as they were; everything else, such as a function or an `ArrayBuffer`, comes
//! back as the empty text.
//!
//! Differs from the client: a `toJSON` method is not asked.

use crate::api::Cx;
use crate::crypto::open_data::{Encrypted, open, seal};
use crate::crypto::{base64_text, signature};
use crate::errmsg::{DeviceProblem, Reason};
use crate::value::{Value, json_number};
use crate::world::storage::{DataType, STORAGE_LIMIT_KB, SetStorage, SetStorages};

/// A value as it is stored under a key.
///
/// # Errors
/// The key is empty, or the value contains itself.
pub fn entry(cx: &Cx<'_>, key: &str, data: &Value) -> Result<SetStorage, Reason> {
    if key.is_empty() {
        return Err(Reason::Device(DeviceProblem::EmptyKey));
    }
    let (data_type, value) = text_of(data)?;
    Ok(SetStorage {
        caller: cx.caller.clone(),
        key: key.to_owned(),
        value,
        data_type,
    })
}

/// Type and text of a value.
fn text_of(data: &Value) -> Result<(DataType, String), Reason> {
    let json = || data.to_json().unwrap_or_default().to_string();
    Ok(match data {
        Value::Undefined => (DataType::Undefined, String::new()),
        Value::Null => (DataType::Null, json()),
        Value::Bool(_) => (DataType::Boolean, json()),
        Value::Number(number) => (DataType::Number, number_text(*number)),
        Value::String(text) => (DataType::String, text.clone()),
        Value::Array(_) | Value::Object(_) | Value::Cycle if has_cycle(data) => {
            return Err(Reason::Device(DeviceProblem::Unserializable));
        }
        Value::Array(_) => (DataType::Array, json()),
        Value::Object(_) => (DataType::Object, json()),
        Value::Date(ms) => (DataType::Date, ms.to_string()),
        _ => (DataType::Nothing, String::new()),
    })
}

/// A number as scripts write it, which JSON cannot with all of them.
fn number_text(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned()
    } else {
        json_number(number).to_string()
    }
}

fn has_cycle(value: &Value) -> bool {
    match value {
        Value::Cycle => true,
        Value::Array(items) => items.iter().any(has_cycle),
        Value::Object(members) => members.iter().any(|(_, member)| has_cycle(member)),
        _ => false,
    }
}

/// The value of a type and a text.
pub fn value_of(data_type: DataType, text: &str) -> Value {
    match data_type {
        DataType::Undefined => Value::Undefined,
        DataType::Nothing => "".into(),
        // What encrypted data is to somebody who does not ask for the plain one.
        DataType::String | DataType::Encrypted => text.into(),
        DataType::Number => Value::Number(text.parse().unwrap_or(f64::NAN)),
        DataType::Date => Value::Date(text.parse().unwrap_or(f64::NAN)),
        DataType::Null | DataType::Boolean | DataType::Object | DataType::Array => {
            let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            Value::from(&json)
        }
    }
}

/// Stores a value under a key.
///
/// # Errors
/// The value cannot be stored, or it or the storage is too large.
pub fn store(cx: &mut Cx<'_>, key: &str, data: &Value) -> Result<(), Reason> {
    let change = entry(cx, key, data)?;
    cx.world.apply(change)
}

/// Stores an encrypted value under a key.
///
/// # Errors
/// The value cannot be stored, or it or the storage is too large.
pub fn store_encrypted(cx: &mut Cx<'_>, key: &str, data: &Value) -> Result<(), Reason> {
    let mut change = entry(cx, key, data)?;
    let plain = serde_json::json!([change.data_type, change.value]).to_string();
    let sealed =
        seal(&plain, &secret(cx), IV).map_err(|_| Reason::Device(DeviceProblem::Unserializable))?;
    change.value = sealed.data;
    change.data_type = DataType::Encrypted;
    cx.world.apply(change)
}

/// The 16 bytes that encrypted data of a user in a mini program is encrypted with, as base64.
fn secret(cx: &Cx<'_>) -> String {
    let whose = format!("{}\n{}", cx.caller.app_id(), cx.caller.user_id());
    let digest = signature::sha256(&whose);
    base64_text::encode(&digest.as_bytes()[..16])
}

/// Nothing of it is told to scripts, so one is as good as another.
const IV: [u8; 16] = [0; 16];

/// The value under a key.
pub fn stored(cx: &Cx<'_>, key: &str) -> Option<Value> {
    let text = cx.world.stored(&cx.caller, key)?;
    Some(value_of(cx.world.stored_type(&cx.caller, key)?, text))
}

/// The value under a key, which was stored encrypted.
///
/// # Errors
/// There is none, or it was stored plainly.
pub fn stored_encrypted(cx: &Cx<'_>, key: &str) -> Result<Value, Reason> {
    let text = cx.world.stored(&cx.caller, key);
    let text = text.ok_or(Reason::DataNotFound)?;
    let sealed = Encrypted {
        data: text.to_owned(),
        iv: base64_text::encode(&IV),
    };
    let plain =
        open(&sealed, &secret(cx)).map_err(|_| Reason::Device(DeviceProblem::NotDecrypted))?;
    let (data_type, text): (DataType, String) =
        serde_json::from_str(&plain).map_err(|_| Reason::Device(DeviceProblem::NotDecrypted))?;
    Ok(value_of(data_type, &text))
}

/// Stores a list of `{key, value}`, all or none.
///
/// # Errors
/// One of them is no such object, cannot be stored, or the storage is too large.
pub fn store_all(cx: &mut Cx<'_>, list: &Value) -> Result<(), Reason> {
    let mut changes = Vec::new();
    for (at, pair) in list.items().iter().enumerate() {
        let key = pair.get("key");
        let Some(key) = key.as_str() else {
            let class = key.class();
            return Err(Reason::Parameter(format!(
                "parameter.kvList[{at}].key should be String instead of {class};"
            )));
        };
        changes.push(entry(cx, key, pair.get("value"))?);
    }
    cx.world.apply(SetStorages(changes))
}

/// The values under a list of keys, in its order; the empty text where there is none.
///
/// # Errors
/// One of the keys is no text.
pub fn stored_all(cx: &Cx<'_>, keys: &Value) -> Result<Vec<(String, Value)>, Reason> {
    let mut found = Vec::new();
    for (at, key) in keys.items().iter().enumerate() {
        let Some(key) = key.as_str() else {
            let class = key.class();
            return Err(Reason::Parameter(format!(
                "parameter.keyList[{at}] should be String instead of {class};"
            )));
        };
        let value = stored(cx, key).unwrap_or_else(|| "".into());
        found.push((key.to_owned(), value));
    }
    Ok(found)
}

/// The first argument of a synchronous storage call, which must be a text.
///
/// # Errors
/// It is no text, or it is the empty one.
pub fn key_argument(arguments: &[Value]) -> Result<&str, Reason> {
    let first = arguments.first().unwrap_or(&Value::Undefined);
    match first.as_str() {
        Some("") => Err(Reason::Device(DeviceProblem::EmptyKey)),
        Some(key) => Ok(key),
        None => {
            let class = first.class();
            Err(Reason::Parameter(format!(
                "parameter.key should be String instead of {class};"
            )))
        }
    }
}

/// `key` of the options of an asynchronous call.
///
/// # Errors
/// It is the empty text.
pub fn key_option(options: &Value) -> Result<&str, Reason> {
    let key = options.get("key").as_str().unwrap_or_default();
    if key.is_empty() {
        return Err(Reason::Device(DeviceProblem::EmptyKey));
    }
    Ok(key)
}

/// The first argument of a synchronous call for several keys, which must be a list.
///
/// # Errors
/// It is none.
pub fn list_argument<'a>(arguments: &'a [Value], name: &str) -> Result<&'a Value, Reason> {
    let first = arguments.first().unwrap_or(&Value::Undefined);
    match first {
        Value::Array(_) => Ok(first),
        other => {
            let class = other.class();
            Err(Reason::Parameter(format!(
                "parameter.{name} should be Array instead of {class};"
            )))
        }
    }
}

/// Keys, current and largest size in KB.
pub fn info(cx: &Cx<'_>) -> Vec<(String, Value)> {
    let keys = cx.world.storage_keys(&cx.caller);
    let keys = keys.into_iter().map(Value::from).collect();
    let size = cx.world.storage_size_kb(&cx.caller);
    vec![
        ("keys".to_owned(), Value::Array(keys)),
        ("currentSize".to_owned(), size.into()),
        ("limitSize".to_owned(), STORAGE_LIMIT_KB.into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::{text_of, value_of};
    use crate::errmsg::{DeviceProblem, Reason};
    use crate::value::Value;

    /// What comes back of a value.
    fn again(value: &Value) -> Value {
        let (data_type, text) = text_of(value).expect("it can be stored");
        value_of(data_type, &text)
    }

    #[test]
    fn plain_values_and_dates_come_back_as_they_were() {
        for value in [
            Value::Undefined,
            Value::Null,
            false.into(),
            Value::Number(-0.5),
            Value::Number(f64::INFINITY),
            Value::Number(f64::NEG_INFINITY),
            Value::Number(1e21),
            "null".into(),
            Value::Date(1_234.0),
            Value::Array(vec![Value::Null, "a".into()]),
        ] {
            assert_eq!(again(&value), value, "{value:?}");
        }
        assert!(
            again(&Value::Number(f64::NAN))
                .as_f64()
                .is_some_and(f64::is_nan)
        );
    }

    #[test]
    fn what_has_no_text_comes_back_as_the_empty_one() {
        for value in [
            Value::Function(crate::value::Callable::named("f")),
            Value::Opaque("Map".into()),
            Value::Bytes("ArrayBuffer", vec![1]),
        ] {
            assert_eq!(again(&value), "".into(), "{value:?}");
        }
    }

    #[test]
    fn members_without_a_json_form_are_left_out() {
        let value = Value::object([
            ("f", Value::Function(crate::value::Callable::default())),
            ("n", Value::Number(f64::NAN)),
            ("map", Value::Opaque("Map".into())),
        ]);
        let kept = Value::object([("n", Value::Null), ("map", Value::Object(Vec::new()))]);
        assert_eq!(again(&value), kept);
        let cycle = Value::object([("self", Value::Cycle)]);
        assert_eq!(
            text_of(&cycle),
            Err(Reason::Device(DeviceProblem::Unserializable))
        );
    }
}
