//! Which records a query finds.
//!
//! Official page: `Command`. A condition is a value to be equal to, an object of conditions for its
//! members, or a command: `{"$command": "gt", "arguments": [5]}`. Keys may be paths: `a.b.0.c`. A
//! condition on a list holds when one of its elements fulfils it.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

/// Whether a record fulfils every condition.
pub(super) fn matches(record: &Map<String, Json>, conditions: &Json) -> bool {
    if let Some((name, arguments)) = command(conditions) {
        return logic(record, name, arguments);
    }
    let conditions = conditions.as_object();
    conditions.is_none_or(|all| {
        all.iter().all(|(path, condition)| {
            let value = find(record, path);
            holds(value, condition)
        })
    })
}

/// `and`, `or`, `nor`, `not` over whole conditions.
fn logic(record: &Map<String, Json>, name: &str, arguments: &[Json]) -> bool {
    let mut parts = arguments.iter();
    match name {
        "and" => parts.all(|part| matches(record, part)),
        "or" => parts.any(|part| matches(record, part)),
        "nor" | "not" => !parts.any(|part| matches(record, part)),
        _ => false,
    }
}

/// The name and the arguments of a command.
pub(super) fn command(value: &Json) -> Option<(&str, &[Json])> {
    let name = value.get("$command")?.as_str()?;
    let arguments = value.get("arguments").and_then(Json::as_array);
    Some((name, arguments.map_or(&[], Vec::as_slice)))
}

/// The value at a path such as `a.b.0`.
pub(super) fn find<'r>(record: &'r Map<String, Json>, path: &str) -> Option<&'r Json> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    let mut keys = path.split('.');
    let mut value = record.get(keys.next()?)?;
    for key in keys {
        value = match value {
            Json::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            other => other.get(key)?,
        };
    }
    Some(value)
}

fn holds(value: Option<&Json>, condition: &Json) -> bool {
    if let Some((name, arguments)) = command(condition) {
        return fulfils(value, name, arguments);
    }
    match (value, condition) {
        (value, Json::Object(parts)) if !is_date(condition) => {
            let Some(Json::Object(members)) = value else {
                return false;
            };
            parts
                .iter()
                .all(|(key, part)| holds(find(members, key), part))
        }
        (Some(Json::Array(items)), condition) => {
            items.iter().any(|item| item == condition) || value == Some(condition)
        }
        (None, condition) => condition.is_null(),
        (Some(value), condition) => equal(value, condition),
    }
}

fn is_date(value: &Json) -> bool {
    value.get("$date").is_some()
}

fn equal(one: &Json, other: &Json) -> bool {
    one == other || compare(one, other) == Some(Ordering::Equal)
}

/// The order of two values of one kind.
pub(super) fn compare(one: &Json, other: &Json) -> Option<Ordering> {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Json::String(one), Json::String(other)) => Some(one.cmp(other)),
        (Json::Bool(one), Json::Bool(other)) => Some(one.cmp(other)),
        (Json::Null, Json::Null) => Some(Ordering::Equal),
        _ => compare(one.get("$date")?, other.get("$date")?),
    }
}

fn fulfils(value: Option<&Json>, name: &str, arguments: &[Json]) -> bool {
    let first = arguments.first().unwrap_or(&Json::Null);
    let order = |wanted: &[Ordering]| {
        let fits = |item: &Json| compare(item, first).is_some_and(|it| wanted.contains(&it));
        match value {
            Some(Json::Array(items)) => items.iter().any(fits),
            Some(value) => fits(value),
            None => false,
        }
    };
    let listed = || {
        let list = first.as_array().map_or(&[][..], Vec::as_slice);
        list.iter().any(|wanted| holds(value, wanted))
    };
    match name {
        "eq" => holds(value, first),
        "neq" => !holds(value, first),
        "gt" => order(&[Ordering::Greater]),
        "gte" => order(&[Ordering::Greater, Ordering::Equal]),
        "lt" => order(&[Ordering::Less]),
        "lte" => order(&[Ordering::Less, Ordering::Equal]),
        "in" => listed(),
        "nin" => !listed(),
        "exists" => value.is_some() == (first != &Json::Bool(false)),
        "size" => value.and_then(Json::as_array).map(Vec::len) == whole(first),
        "mod" => remainder(value, arguments),
        "all" => {
            let wanted = first.as_array().map_or(&[][..], Vec::as_slice);
            let items = value.and_then(Json::as_array);
            items.is_some_and(|items| wanted.iter().all(|one| items.contains(one)))
        }
        "elemMatch" => {
            let items = value.and_then(Json::as_array);
            items.is_some_and(|items| items.iter().any(|item| holds(Some(item), first)))
        }
        "regexp" => value.and_then(Json::as_str).is_some_and(|text| {
            let options = arguments.get(1).and_then(Json::as_str).unwrap_or_default();
            regexp(text, first.as_str().unwrap_or_default(), options)
        }),
        "and" => arguments.iter().all(|part| holds(value, part)),
        "or" => arguments.iter().any(|part| holds(value, part)),
        "nor" | "not" => !arguments.iter().any(|part| holds(value, part)),
        _ => false,
    }
}

fn whole(number: &Json) -> Option<usize> {
    usize::try_from(number.as_u64()?).ok()
}

fn remainder(value: Option<&Json>, arguments: &[Json]) -> bool {
    let number = |value: Option<&Json>| value.and_then(Json::as_i64);
    match (number(value), number(arguments.first())) {
        (Some(value), Some(divisor)) if divisor != 0 => {
            Some(value % divisor) == number(arguments.get(1))
        }
        _ => false,
    }
}

/// A regular expression of plain characters, `^`, `$` and `.*`: what searches for a text need.
fn regexp(text: &str, pattern: &str, options: &str) -> bool {
    let ignores_case = options.contains('i');
    let fold = |text: &str| {
        if ignores_case {
            text.to_lowercase()
        } else {
            text.to_owned()
        }
    };
    let (text, pattern) = (fold(text), fold(pattern));
    let (pattern, from_start) = match pattern.strip_prefix('^') {
        Some(rest) => (rest, true),
        None => (pattern.as_str(), false),
    };
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let parts: Vec<&str> = pattern.split(".*").collect();
    let mut rest = text.as_str();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        if last && to_end && (at > 0 || !from_start) {
            return rest.ends_with(part);
        }
        let found = if at == 0 && from_start {
            rest.starts_with(part).then_some(0)
        } else {
            rest.find(part)
        };
        let Some(start) = found else {
            return false;
        };
        rest = &rest[start + part.len()..];
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{matches, regexp};

    fn is(condition: &Json) -> bool {
        let record = json!({
            "name": "Anna", "age": 30, "tags": ["a", "b"], "at": { "$date": 5 },
            "users": [{ "id": 1, "score": { "top": 9 } }], "gone": null, "on": true,
        });
        matches(record.as_object().expect("an object"), condition)
    }

    fn with(name: &str, arguments: &Json) -> Json {
        json!({ "$command": name, "arguments": arguments })
    }

    #[test]
    fn values_and_paths_are_compared() {
        for condition in [
            json!({}),
            json!({ "name": "Anna", "age": 30.0 }),
            json!({ "tags": "b" }),
            json!({ "tags": ["a", "b"] }),
            json!({ "users.0.id": 1 }),
            json!({ "users.0.score": { "top": 9 } }),
            json!({ "at": { "$date": 5 } }),
            json!({ "missing": null }),
        ] {
            assert!(is(&condition), "{condition}");
        }
        for condition in [
            json!({ "name": "Ann" }),
            json!({ "users.1.id": 1 }),
            json!({ "name": { "first": "Anna" } }),
            json!({ "tags": ["b", "a"] }),
        ] {
            assert!(!is(&condition), "{condition}");
        }
    }

    #[test]
    fn every_command_holds_and_does_not() {
        for (key, name, arguments, expected) in [
            ("age", "gt", json!([29]), true),
            ("age", "gt", json!([30]), false),
            ("age", "gte", json!([30]), true),
            ("age", "lt", json!([30]), false),
            ("age", "lte", json!([30]), true),
            ("age", "lt", json!(["40"]), false),
            ("at", "lt", json!([{ "$date": 6 }]), true),
            ("age", "neq", json!([30]), false),
            ("name", "eq", json!(["Anna"]), true),
            ("age", "in", json!([[1, 30]]), true),
            ("age", "nin", json!([[1, 30]]), false),
            ("gone", "exists", json!([true]), true),
            ("nothing", "exists", json!([false]), true),
            ("tags", "size", json!([2]), true),
            ("age", "size", json!([2]), false),
            ("age", "mod", json!([7, 2]), true),
            ("age", "mod", json!([0, 0]), false),
            ("tags", "all", json!([["b"]]), true),
            ("tags", "all", json!([["b", "c"]]), false),
            ("users", "elemMatch", json!([{ "id": 1 }]), true),
            ("users", "elemMatch", json!([{ "id": 2 }]), false),
            ("name", "regexp", json!(["^an", "i"]), true),
            ("age", "unknown", json!([1]), false),
        ] {
            let condition = json!({ key: with(name, &arguments) });
            assert_eq!(is(&condition), expected, "{condition}");
        }
    }

    #[test]
    fn conditions_are_joined_inside_and_outside() {
        let young = with("lt", &json!([18]));
        let old = with("gt", &json!([25]));
        assert!(is(&json!({ "age": with("or", &json!([young, old])) })));
        assert!(!is(&json!({ "age": with("and", &json!([young, old])) })));
        assert!(is(&json!({ "age": with("not", &json!([young])) })));
        let either = json!([{ "name": "Bob" }, { "on": true }]);
        assert!(is(&with("or", &either)));
        assert!(!is(&with("and", &either)));
        assert!(!is(&with("nor", &either)));
    }

    #[test]
    fn simple_patterns_are_found() {
        for (text, pattern, expected) in [
            ("hello", "ell", true),
            ("hello", "^hel", true),
            ("hello", "^el", false),
            ("hello", "lo$", true),
            ("hello", "hell$", false),
            ("hello", "^hello$", true),
            ("hello!", "^hello$", false),
            ("hello", "h.*o", true),
            ("hello", "^h.*l$", false),
            ("hello", "o.*h", false),
            ("hello", "", true),
        ] {
            assert_eq!(regexp(text, pattern, ""), expected, "{pattern}");
        }
    }
}
