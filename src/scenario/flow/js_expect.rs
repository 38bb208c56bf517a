//! What is expected, as calls of `expect`.

use serde_json::Value as Json;

use super::js_value::literal;

/// Subjects and matchers of a key of `expect`.
pub(super) fn expectations(key: &str, value: &Json) -> Vec<(String, String)> {
    match key {
        "page" => each("app", "toBeOnPage", value),
        "shows" => each("screen", "toShow", value),
        "hides" => each("screen", "not.toShow", value),
        "data" => one("app", &format!("toHaveData({})", literal(value))),
        "called" if !value.is_object() => each("wx", "toHaveCalled", value),
        "storage" | "called" | "failed" | "evaluated" => pairs(key, value),
        "notCalled" => each("wx", "not.toHaveCalled", value),
        "prompted" => each("user", "toHavePrompted", value),
        "noPrompts" => one("user", "toHaveNoPrompts()"),
        "noErrors" => one("app", "toHaveNoErrors()"),
        "paid" => {
            let orders = all(value).iter().map(literal);
            let subjects = orders.map(|number| format!("server.pay.order({number})"));
            subjects
                .map(|subject| (subject, "toBePaid()".to_owned()))
                .collect()
        }
        "trace" => one("sim", "toMatchTrace()"),
        "tree" => one("screen", "toMatchTree()"),
        _ => Vec::new(),
    }
}

fn one(subject: &str, matcher: &str) -> Vec<(String, String)> {
    vec![(subject.to_owned(), matcher.to_owned())]
}

/// One, or several of a list.
fn all(value: &Json) -> &[Json] {
    match value {
        Json::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

fn each(subject: &str, matcher: &str, value: &Json) -> Vec<(String, String)> {
    let matchers = all(value)
        .iter()
        .map(|own| format!("{matcher}({})", literal(own)));
    matchers
        .map(|matcher| (subject.to_owned(), matcher))
        .collect()
}

/// Of an object, one for each member.
fn pairs(key: &str, value: &Json) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    let made = |(name, own): (&String, &Json)| {
        let (name, value) = (literal(&name.as_str().into()), literal(own));
        match key {
            "storage" => (format!("app.storage({name})"), format!("toEqual({value})")),
            "called" if own.is_null() => ("wx".to_owned(), format!("toHaveCalled({name})")),
            "called" => ("wx".to_owned(), format!("toHaveCalled({name}, {value})")),
            "failed" => (format!("wx.last({name})"), format!("toFailWith({value})")),
            _ => (
                format!("await app.evaluate({name})"),
                format!("toEqual({value})"),
            ),
        }
    };
    members.map(made).collect()
}
