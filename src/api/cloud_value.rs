//! Values of scripts and of the cloud's database: dates and the server's time.

use serde_json::{Map, Value as Json, json};

use super::Cx;
use crate::errmsg::{CloudProblem, Reason};
use crate::value::Value;

/// The environment of a call: its own, or that of `init`.
///
/// # Errors
/// `wx.cloud.init` was not called.
pub fn env(cx: &Cx<'_>, options: &Value) -> Result<String, Reason> {
    let usual = cx
        .world
        .cloud_env()
        .ok_or(Reason::Cloud(CloudProblem::NotInitialised))?;
    let own = options.get("config").get("env").as_str();
    Ok(own.unwrap_or(usual).to_owned())
}

/// A script's value as the database keeps it: dates as `{"$date": milliseconds}`, the server's time as
/// the moment, `{openid}` as the user's id.
pub fn stored(cx: &Cx<'_>, value: &Value) -> Json {
    match value {
        Value::Date(ms) => json!({ "$date": crate::value::json_number(*ms) }),
        Value::String(text) if text == "{openid}" => cx.world.open_id(&cx.caller).into(),
        Value::Array(items) => items.iter().map(|item| stored(cx, item)).collect(),
        Value::Object(members) => {
            if let Some(offset) = value.get("$serverDate").as_f64() {
                #[expect(clippy::cast_possible_truncation, reason = "float casts saturate")]
                let at = cx.world.now().plus(offset as i64);
                return json!({ "$date": at.0 });
            }
            let kept = members.iter().filter(|(_, value)| !value.is_undefined());
            let members = kept.map(|(key, value)| (key.clone(), stored(cx, value)));
            Json::Object(members.collect())
        }
        other => other.to_json().unwrap_or(Json::Null),
    }
}

/// The members of an object as the database keeps them.
pub fn members(cx: &Cx<'_>, value: &Value) -> Map<String, Json> {
    match stored(cx, value) {
        Json::Object(members) => members,
        _ => Map::new(),
    }
}

/// What a script gets of a kept value.
pub fn shown(value: &Json) -> Value {
    match value {
        Json::Array(items) => Value::Array(items.iter().map(shown).collect()),
        Json::Object(members) => match members.get("$date").and_then(Json::as_f64) {
            Some(ms) => Value::Date(ms),
            None => record(members),
        },
        other => Value::from(other),
    }
}

/// What a script gets of a record.
pub fn record(members: &Map<String, Json>) -> Value {
    let members = members
        .iter()
        .map(|(key, value)| (key.clone(), shown(value)));
    Value::Object(members.collect())
}
