//! The members of bodies of nearby places, of which some are JSON again, written as a text.

use serde_json::Value as Json;

use crate::server::asked::Asked;
use crate::server::errcode;
use crate::server::fault::Fault;

/// Bytes of a member of a place.
pub(super) const TEXT_BYTES_MAX: usize = 1_024;

/// 20002, and why.
pub(super) fn wrong(why: impl Into<String>) -> Fault {
    errcode::BAD_POST_PARAMETER.because(why)
}

/// A member as text; empty when it is missing.
pub(super) fn text(asked: &Asked<'_>, name: &str) -> Result<String, Fault> {
    let body = asked.json()?;
    let text = match body.get(name) {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.trim().to_owned(),
        Some(Json::Number(number)) => number.to_string(),
        Some(_) => return Err(wrong(format!("`{name}` is no text"))),
    };
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong(format!("`{name}` is too long")));
    }
    Ok(text)
}

/// A member as text that must be there.
pub(super) fn required(asked: &Asked<'_>, name: &str) -> Result<String, Fault> {
    let text = text(asked, name)?;
    if text.is_empty() {
        return Err(wrong(format!("`{name}` is missing")));
    }
    Ok(text)
}

/// `poi_id` as a number; `None` when it is missing or empty.
///
/// # Errors
/// 20002 for what is no text, 93010 for a text that no place has.
pub(super) fn poi_id(asked: &Asked<'_>) -> Result<Option<u64>, Fault> {
    let text = text(asked, "poi_id")?;
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse();
    let number = number.map_err(|_| errcode::PLACE_NOT_FOUND.because("`poi_id` is a number"))?;
    Ok(Some(number))
}

/// A member that is a JSON object written as a text; `None` when it is missing or empty.
pub(super) fn nested(asked: &Asked<'_>, name: &str) -> Result<Option<Json>, Fault> {
    let text = match asked.json()?.get(name) {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::String(text)) if text.is_empty() => return Ok(None),
        Some(Json::String(text)) => text,
        Some(_) => {
            return Err(wrong(format!(
                "`{name}` is a text that holds JSON: encode it once more"
            )));
        }
    };
    let value: Json = serde_json::from_str(text)
        .map_err(|error| wrong(format!("the text of `{name}` is no JSON: {error}")))?;
    if !value.is_object() {
        return Err(wrong(format!("the text of `{name}` holds no object")));
    }
    Ok(Some(value))
}

/// A list in a member that is JSON written as a text, of at least one and so many things.
pub(super) fn list(
    asked: &Asked<'_>,
    outer: &str,
    inner: &str,
    max: usize,
) -> Result<Vec<Json>, Fault> {
    let object = nested(asked, outer)?;
    let mut object = object.ok_or_else(|| wrong(format!("`{outer}` is missing")))?;
    let list = object.get_mut(inner).map(Json::take);
    let Some(Json::Array(list)) = list else {
        return Err(wrong(format!("`{outer}` holds no list `{inner}`")));
    };
    if list.is_empty() || list.len() > max {
        return Err(wrong(format!(
            "`{inner}` of `{outer}` has 1 to {max} entries"
        )));
    }
    Ok(list)
}

/// A member of an object as text; a number as it is written, empty for anything else.
pub(super) fn text_in(object: &Json, name: &str) -> String {
    match object.get(name) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
