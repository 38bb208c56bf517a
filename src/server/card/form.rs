//! Reading members of objects inside of a body, in the forms that clients write: numbers in quotes, truth values as
//! text or as 0 and 1.

use serde_json::{Map, Value as Json};

use crate::server::errcode;
use crate::server::fault::Fault;

/// A member that is an object; `None` when it is missing.
///
/// # Errors
/// 47001 when it is something else.
pub(super) fn object<'a>(
    members: &'a Map<String, Json>,
    name: &str,
) -> Result<Option<&'a Map<String, Json>>, Fault> {
    match members.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(found)) => Ok(Some(found)),
        Some(_) => Err(errcode::DATA_FORMAT.because(format!("`{name}` is no object"))),
    }
}

/// A member that is a text, or a number as it is written; empty when it is missing.
///
/// # Errors
/// 47001 when it is something else.
pub(super) fn text(members: &Map<String, Json>, name: &str) -> Result<String, Fault> {
    match members.get(name) {
        None | Some(Json::Null) => Ok(String::new()),
        Some(Json::String(text)) => Ok(text.clone()),
        Some(Json::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(errcode::DATA_FORMAT.because(format!("`{name}` is no text"))),
    }
}

/// A member that is a whole number; `None` when it is missing.
///
/// # Errors
/// 47001 when it is something else.
pub(super) fn whole(members: &Map<String, Json>, name: &str) -> Result<Option<i64>, Fault> {
    let wrong = || errcode::DATA_FORMAT.because(format!("`{name}` is no whole number"));
    match members.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Number(number)) => number.as_i64().map(Some).ok_or_else(wrong),
        Some(Json::String(text)) => text.trim().parse().map(Some).map_err(|_| wrong()),
        Some(_) => Err(wrong()),
    }
}

/// A member that is a truth value; `false` when it is missing.
///
/// # Errors
/// 47001 when it is something else.
pub(super) fn flag(members: &Map<String, Json>, name: &str) -> Result<bool, Fault> {
    let wrong = || errcode::DATA_FORMAT.because(format!("`{name}` is no truth value"));
    match members.get(name) {
        None | Some(Json::Null) => Ok(false),
        Some(Json::Bool(flag)) => Ok(*flag),
        Some(Json::Number(number)) => match number.as_i64() {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            _ => Err(wrong()),
        },
        Some(Json::String(text)) => match text.as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" | "" => Ok(false),
            _ => Err(wrong()),
        },
        Some(_) => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{flag, object, text, whole};

    #[test]
    fn members_are_read_in_the_forms_that_clients_write() {
        let json = json!({
            "n": "7", "m": 8, "t": "x", "b": true, "c": 1, "d": "false", "o": {}, "l": [], "z": null, "f": 1.5,
        });
        let members = json.as_object().expect("members");
        assert_eq!(
            (whole(members, "n"), whole(members, "m")),
            (Ok(Some(7)), Ok(Some(8)))
        );
        assert_eq!(
            (whole(members, "z"), whole(members, "none")),
            (Ok(None), Ok(None))
        );
        assert_eq!(
            (text(members, "t"), text(members, "m")),
            (Ok("x".into()), Ok("8".into()))
        );
        assert_eq!(
            (text(members, "z"), flag(members, "z")),
            (Ok(String::new()), Ok(false))
        );
        assert_eq!(
            (flag(members, "b"), flag(members, "c")),
            (Ok(true), Ok(true))
        );
        assert_eq!(flag(members, "d"), Ok(false));
        assert!(object(members, "o").is_ok_and(|it| it.is_some()));
        assert_eq!(object(members, "z"), Ok(None));
        let wrong = [
            whole(members, "t").err(),
            whole(members, "f").err(),
            text(members, "l").err(),
            flag(members, "m").err(),
            flag(members, "t").err(),
            flag(members, "l").err(),
            object(members, "l").err(),
        ];
        assert!(
            wrong
                .iter()
                .all(|it| it.as_ref().is_some_and(|it| it.errcode == 47001))
        );
    }
}
