//! Stored data: what a script's value becomes, and comes back as.
//!
//! The platform stores native types, dates and whatever `JSON.stringify` can write.

use crate::api::Cx;
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::storage::{DataType, STORAGE_LIMIT_KB, SetStorage};

/// Stores a value under a key.
///
/// # Errors
/// The value or the storage is too large.
pub fn store(cx: &mut Cx<'_>, key: &str, data: &Value) -> Result<(), Reason> {
    let data_type = match data {
        Value::Undefined | Value::Function(_) | Value::Gives(_) | Value::Opaque(_) => {
            DataType::Undefined
        }
        Value::Null => DataType::Null,
        Value::Bool(_) => DataType::Boolean,
        Value::Number(_) => DataType::Number,
        Value::String(_) => DataType::String,
        Value::Array(_) => DataType::Array,
        Value::Date(_) => DataType::Date,
        _ => DataType::Object,
    };
    let value = match data {
        Value::Date(ms) => ms.to_string(),
        other => other
            .to_json()
            .map(|json| json.to_string())
            .unwrap_or_default(),
    };
    let caller = cx.caller.clone();
    cx.world.apply(SetStorage {
        caller,
        key: key.to_owned(),
        value,
        data_type,
    })
}

/// The value under a key.
pub fn stored(cx: &Cx<'_>, key: &str) -> Option<Value> {
    let text = cx.world.stored(&cx.caller, key)?;
    Some(match cx.world.stored_type(&cx.caller, key)? {
        DataType::Undefined => "".into(),
        DataType::Date => Value::Date(text.parse().unwrap_or(f64::NAN)),
        _ => {
            let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            Value::from(&json)
        }
    })
}

/// The first argument of a synchronous storage call, which must be a text.
///
/// # Errors
/// The parameter error of the base library.
pub fn text_argument(arguments: &[Value]) -> Result<&str, Reason> {
    let first = arguments.first().unwrap_or(&Value::Undefined);
    first.as_str().ok_or_else(|| {
        let class = first.class();
        Reason::Parameter(format!(
            "parameter.key should be String instead of {class};"
        ))
    })
}

/// Keys, current and largest size in KB.
pub fn info(cx: &Cx<'_>) -> Vec<(String, Value)> {
    let keys = cx
        .world
        .storage_keys(&cx.caller)
        .into_iter()
        .map(Value::from)
        .collect();
    vec![
        ("keys".to_owned(), Value::Array(keys)),
        (
            "currentSize".to_owned(),
            cx.world.storage_size_kb(&cx.caller).into(),
        ),
        ("limitSize".to_owned(), STORAGE_LIMIT_KB.into()),
    ]
}
