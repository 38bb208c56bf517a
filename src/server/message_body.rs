//! What the bodies of the interfaces that send messages have in common.
//!
//! Official pages: `templateMessage.send`, `subscribeMessage.send`, `uniformMessage.send`.
//!
//! Unverified: a member of `data` that is no object with `value` gives 47001; a value may be a number.

use serde_json::{Map, Value as Json};

use super::errcode;
use super::fault::Fault;
use crate::world::message::send::{Draft, Unsent};

/// A member as text; a number as it is written. Empty when it is missing.
///
/// # Errors
/// 47001 for a list or an object.
pub(super) fn text(members: &Map<String, Json>, name: &str) -> Result<String, Fault> {
    match members.get(name) {
        None | Some(Json::Null) => Ok(String::new()),
        Some(Json::String(text)) => Ok(text.clone()),
        Some(value @ (Json::Number(_) | Json::Bool(_))) => Ok(value.to_string()),
        Some(_) => Err(errcode::DATA_FORMAT.because(format!("`{name}` is no text"))),
    }
}

/// A member as an object; `None` when it is missing.
///
/// # Errors
/// 47001 for anything else.
pub(super) fn object<'a>(
    members: &'a Map<String, Json>,
    name: &str,
) -> Result<Option<&'a Map<String, Json>>, Fault> {
    match members.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(object)) => Ok(Some(object)),
        Some(_) => Err(errcode::DATA_FORMAT.because(format!("`{name}` is no object"))),
    }
}

/// What every message has: template, page and data of an object, for a user of an app.
///
/// # Errors
/// 47001 when a member is of another type.
pub(super) fn draft(app_id: &str, to: String, members: &Map<String, Json>) -> Result<Draft, Fault> {
    let page = text(members, "page")?;
    Ok(Draft {
        app_id: Some(app_id.to_owned()),
        to: Some(to),
        template_id: text(members, "template_id")?,
        page: (!page.is_empty()).then_some(page),
        data: data(members)?,
        ..Draft::default()
    })
}

/// Keys and values of `data`: `{"thing1": {"value": "茶"}}`.
fn data(members: &Map<String, Json>) -> Result<Vec<(String, String)>, Fault> {
    let members = object(members, "data")?;
    let one = |(key, member): (&String, &Json)| match member {
        Json::Object(member) => Ok((key.clone(), text(member, "value")?)),
        _ => {
            let why = format!("`data.{key}` must be an object such as {{\"value\":\"茶\"}}");
            Err(errcode::DATA_FORMAT.because(why))
        }
    };
    members.into_iter().flatten().map(one).collect()
}

/// A list of numbers, written as numbers or as texts; `None` when it is anything else.
pub(super) fn numbers(list: Option<&Json>) -> Option<Vec<u32>> {
    let number = |item: &Json| match item {
        Json::Number(number) => number.as_u64().and_then(|it| u32::try_from(it).ok()),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    list?.as_array()?.iter().map(number).collect()
}

impl From<Unsent> for Fault {
    fn from(unsent: Unsent) -> Self {
        Self::new(i64::from(unsent.code), unsent.errmsg).because(unsent.why)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{draft, numbers, object};

    fn drafted(body: &Json) -> Result<Vec<(String, String)>, i64> {
        let members = body.as_object().expect("an object");
        let draft = draft("wx1", "o".into(), members);
        draft.map(|it| it.data).map_err(|fault| fault.errcode)
    }

    #[test]
    fn data_are_objects_with_a_value() {
        let data = json!({ "data": { "b": { "value": "x", "color": "#000" }, "a": { "value": 3 }, "c": {} } });
        let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            drafted(&data),
            Ok(vec![row("b", "x"), row("a", "3"), row("c", "")])
        );
        assert_eq!(drafted(&json!({ "page": null })), Ok(Vec::new()));
        for wrong in [
            json!({ "data": [] }),
            json!({ "data": "x" }),
            json!({ "data": { "a": "x" } }),
            json!({ "data": { "a": { "value": {} } } }),
            json!({ "template_id": [] }),
            json!({ "page": {} }),
        ] {
            assert_eq!(drafted(&wrong), Err(47001), "{wrong}");
        }
    }

    #[test]
    fn an_empty_page_is_none_and_an_object_is_no_text() {
        let body = json!({ "page": "", "template_id": 7, "text": "x" });
        let members = body.as_object().expect("an object");
        let draft = draft("wx1", "o1".into(), members).expect("it fits");
        assert_eq!((draft.page, draft.template_id.as_str()), (None, "7"));
        assert_eq!(
            (draft.app_id.as_deref(), draft.to.as_deref()),
            (Some("wx1"), Some("o1"))
        );
        assert_eq!(object(members, "missing"), Ok(None));
        assert_eq!(object(members, "text").map_err(|it| it.errcode), Err(47001));
    }

    #[test]
    fn numbers_may_be_texts() {
        assert_eq!(numbers(Some(&json!([1, "2", 3]))), Some(vec![1, 2, 3]));
        for wrong in [
            json!([1.5]),
            json!([-1]),
            json!(["x"]),
            json!([null]),
            json!("1,2"),
        ] {
            assert_eq!(numbers(Some(&wrong)), None, "{wrong}");
        }
        assert_eq!(numbers(None), None);
    }
}
