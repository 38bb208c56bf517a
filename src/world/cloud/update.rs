//! What an update makes of a record.
//!
//! Official page: `Command`. An object changes the members it names; a command says how a member
//! changes. Keys may be paths.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

use super::query::{command, compare};

/// Changes a record.
pub(super) fn update(record: &mut Map<String, Json>, changes: &Map<String, Json>) {
    for (path, change) in changes {
        if path != "_id" && path != "_openid" {
            let keys: Vec<&str> = path.split('.').collect();
            let mut whole = Json::Object(std::mem::take(record));
            at_path(&mut whole, &keys, change);
            if let Json::Object(members) = whole {
                *record = members;
            }
        }
    }
}

fn at_path(value: &mut Json, keys: &[&str], change: &Json) {
    let Some((key, rest)) = keys.split_first() else {
        return;
    };
    if let Json::Array(items) = value {
        let Ok(at) = key.parse::<usize>() else {
            return;
        };
        if at < ITEMS_MAX && items.len() <= at {
            items.resize(at + 1, Json::Null);
        }
        if let Some(item) = items.get_mut(at) {
            within(item, rest, change);
        }
        return;
    }
    if !value.is_object() {
        *value = Json::Object(Map::new());
    }
    let Json::Object(members) = value else {
        return;
    };
    if rest.is_empty() && command(change).is_some_and(|(name, _)| name == "remove") {
        members.shift_remove(*key);
        return;
    }
    within(members.entry(*key).or_insert(Json::Null), rest, change);
}

/// Longest list that a path makes.
const ITEMS_MAX: usize = 100_000;

fn within(value: &mut Json, rest: &[&str], change: &Json) {
    if rest.is_empty() {
        assign(value, change);
    } else {
        at_path(value, rest, change);
    }
}

/// One member's change: a command, an object that changes members of its own, or a value.
fn assign(value: &mut Json, change: &Json) {
    if let Some((name, arguments)) = command(change) {
        return perform(value, name, arguments);
    }
    match change {
        Json::Object(members) if change.get("$date").is_none() => {
            for (key, change) in members {
                at_path(value, &[key], change);
            }
            if !value.is_object() {
                *value = change.clone();
            }
        }
        other => *value = other.clone(),
    }
}

fn perform(value: &mut Json, name: &str, arguments: &[Json]) {
    let first = arguments.first().cloned().unwrap_or(Json::Null);
    match name {
        "set" => *value = first,
        "inc" => number(value, &first, |old, by| old + by),
        "mul" => number(value, &first, |old, by| old * by),
        "min" => replace_if(value, first, Ordering::Less),
        "max" => replace_if(value, first, Ordering::Greater),
        _ => {
            if !value.is_array() {
                *value = Json::Array(Vec::new());
            }
            if let Json::Array(items) = value {
                list(items, name, first);
            }
        }
    }
}

fn replace_if(value: &mut Json, other: Json, order: Ordering) {
    if value.is_null() || compare(&other, value) == Some(order) {
        *value = other;
    }
}

fn number(value: &mut Json, by: &Json, change: fn(f64, f64) -> f64) {
    if let (old, Some(by)) = (value.as_f64().unwrap_or(0.0), by.as_f64()) {
        *value = crate::value::json_number(change(old, by));
    }
}

fn list(items: &mut Vec<Json>, name: &str, value: Json) {
    let several = match &value {
        Json::Array(values) => values.clone(),
        Json::Object(options) if options.contains_key("each") => {
            let each = options.get("each").and_then(Json::as_array);
            return push_each(items, &each.cloned().unwrap_or_default(), options);
        }
        other => vec![other.clone()],
    };
    match name {
        "push" => items.extend(several),
        "unshift" => {
            items.splice(0..0, several);
        }
        "pop" => drop(items.pop()),
        "shift" if !items.is_empty() => drop(items.remove(0)),
        "addToSet" if items.contains(&value) => {}
        "addToSet" => items.push(value),
        "pull" => items.retain(|item| *item != value),
        "pullAll" => items.retain(|item| !several.contains(item)),
        _ => {}
    }
}

/// `push` or `addToSet` with `each`, `position`, `slice`.
fn push_each(items: &mut Vec<Json>, each: &[Json], options: &Map<String, Json>) {
    let number = |key: &str| {
        let number = options.get(key).and_then(Json::as_u64);
        number.and_then(|number| usize::try_from(number).ok())
    };
    let at = number("position").map_or(items.len(), |at| at.min(items.len()));
    items.splice(at..at, each.iter().cloned());
    if let Some(length) = number("slice") {
        items.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::update;

    fn changed(record: &Json, changes: &Json) -> Json {
        let mut record = record.as_object().expect("an object").clone();
        update(&mut record, changes.as_object().expect("an object"));
        Json::Object(record)
    }

    fn with(name: &str, arguments: &Json) -> Json {
        json!({ "$command": name, "arguments": arguments })
    }

    #[test]
    fn members_and_paths_change_and_the_rest_stays() {
        let record = json!({ "_id": "1", "a": { "b": 1, "c": 2 }, "list": [{ "n": 1 }] });
        let changes = json!({
            "_id": "2", "a": { "b": 5 }, "list.0.n": 7, "list.2": "x", "d.e": true,
            "at": { "$date": 3 },
        });
        assert_eq!(
            changed(&record, &changes),
            json!({
                "_id": "1", "a": { "b": 5, "c": 2 }, "list": [{ "n": 7 }, null, "x"],
                "d": { "e": true }, "at": { "$date": 3 },
            })
        );
        assert_eq!(
            changed(&json!({ "a": 1 }), &json!({ "a": { "b": 2 } })),
            json!({ "a": { "b": 2 } })
        );
        assert_eq!(changed(&json!({}), &json!({ "a": {} })), json!({ "a": {} }));
    }

    #[test]
    fn every_command_changes_its_member() {
        let list = json!([1, 2]);
        for (old, name, arguments, new) in [
            (
                json!({ "x": 1 }),
                "set",
                json!([{ "y": 2 }]),
                json!({ "y": 2 }),
            ),
            (json!(1), "inc", json!([2]), json!(3)),
            (json!(null), "inc", json!([2]), json!(2)),
            (json!(3), "mul", json!([2]), json!(6)),
            (json!(3), "min", json!([2]), json!(2)),
            (json!(3), "max", json!([2]), json!(3)),
            (list.clone(), "push", json!([3]), json!([1, 2, 3])),
            (list.clone(), "push", json!([[3, 4]]), json!([1, 2, 3, 4])),
            (json!(null), "push", json!([3]), json!([3])),
            (
                list.clone(),
                "push",
                json!([{ "each": [8, 9], "position": 1, "slice": 3 }]),
                json!([1, 8, 9]),
            ),
            (
                list.clone(),
                "unshift",
                json!([[3, 4]]),
                json!([3, 4, 1, 2]),
            ),
            (list.clone(), "pop", json!([]), json!([1])),
            (list.clone(), "shift", json!([]), json!([2])),
            (list.clone(), "addToSet", json!([2]), json!([1, 2])),
            (
                list.clone(),
                "addToSet",
                json!([{ "a": 1 }]),
                json!([1, 2, { "a": 1 }]),
            ),
            (list.clone(), "pull", json!([1]), json!([2])),
            (list.clone(), "pullAll", json!([[1, 2]]), json!([])),
            (json!([]), "shift", json!([]), json!([])),
        ] {
            let record = json!({ "m": old });
            let changes = json!({ "m": with(name, &arguments) });
            assert_eq!(changed(&record, &changes), json!({ "m": new }), "{changes}");
        }
        let record = json!({ "m": 1, "n": 2 });
        let removal = json!({ "m": with("remove", &json!([])) });
        assert_eq!(changed(&record, &removal), json!({ "n": 2 }));
    }
}
