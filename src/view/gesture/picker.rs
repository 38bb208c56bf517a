//! Pickers.
//!
//! Official page: `component/picker`, with the forms of values of each mode. The official typings have
//! the index of a `selector` as a text and those of a `multiSelector` as numbers.
//!
//! Differs from the client: regions are not checked, and `code` and `postcode` are those of the choice
//! (`{"value": […], "code": […], "postcode": …}`) or empty; a choice in a `multiSelector` is judged by the
//! columns as they are before it.

use super::choose::changed;
use super::{CannotDo, Effect, cannot, count, is_disabled, is_tag, own, property, set_state, text};
use crate::view::coerce::{join_text, to_number};
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::Val;

fn element(tree: &Tree, node: NodeId) -> Result<&Element, CannotDo> {
    let found = tree
        .node(node)
        .element()
        .filter(|own| &*own.tag == "picker");
    found.ok_or_else(|| CannotDo("only a <picker> is left or turned".to_owned()))
}

/// Chooses something and confirms it.
pub(super) fn choose(tree: &mut Tree, node: NodeId, chosen: &Val) -> Result<Vec<Effect>, CannotDo> {
    let element = element(tree, node)?;
    let mut effects = Vec::new();
    match text(element, "mode").as_str() {
        "multiSelector" => {
            let (indexes, turned) = several(element, chosen)?;
            for (column, index) in &turned {
                effects.push(column_change(node, *column, index.clone()));
            }
            changed(tree, node, "value", Val::array(indexes), &mut effects);
        }
        "time" => {
            let time = checked_text(element, chosen, &[(2, 0, 23), (2, 0, 59)], ':', "09:30")?;
            changed(tree, node, "value", Val::text(&time), &mut effects);
        }
        "date" => {
            let date = date(element, chosen)?;
            changed(tree, node, "value", Val::text(&date), &mut effects);
        }
        "region" => {
            let detail = region(element, chosen)?;
            if let Val::Object(fields) = &detail {
                let value = fields.get("value").cloned().unwrap_or_default();
                effects.extend(set_state(tree, node, "value", &value));
            }
            effects.push(own(node, "change", detail));
        }
        _ => {
            let range = property(element, "range");
            let index = index_in(&range, &text(element, "range-key"), chosen)?;
            changed(
                tree,
                node,
                "value",
                Val::text(&join_text(&index)),
                &mut effects,
            );
        }
    }
    Ok(effects)
}

/// The index of what is chosen from a range: an index, or the text that is shown.
fn index_in(range: &Val, key: &str, chosen: &Val) -> Result<Val, CannotDo> {
    let items = match range {
        Val::Array(items) if !items.is_empty() => items,
        _ => return cannot("the picker has an empty `range`: nothing can be chosen"),
    };
    let shown = |item: &Val| match item {
        Val::Object(fields) if !key.is_empty() => {
            fields.get(key).map(join_text).unwrap_or_default()
        }
        other => join_text(other),
    };
    let found = match chosen {
        Val::Text(wanted) => items.iter().position(|item| shown(item) == **wanted),
        Val::Number(_) => (0..items.len()).find(|at| count(*at) == *chosen),
        _ => None,
    };
    if let Some(at) = found {
        return Ok(count(at));
    }
    let choices: Vec<String> = items.iter().map(shown).collect();
    let chosen = join_text(chosen);
    cannot(format!(
        "the picker has no `{chosen}`; it has {}",
        choices.join(", ")
    ))
}

/// A column with the index that it shows.
type Turned = (usize, Val);

/// Indexes of all columns, and the columns that were turned with theirs.
fn several(element: &Element, chosen: &Val) -> Result<(Vec<Val>, Vec<Turned>), CannotDo> {
    let Val::Array(columns) = property(element, "range") else {
        return cannot("the picker has an empty `range`: nothing can be chosen");
    };
    let wanted = if let Val::Array(wanted) = chosen {
        wanted.to_vec()
    } else {
        Vec::new()
    };
    if wanted.len() != columns.len() {
        let many = columns.len();
        return cannot(format!(
            "the picker has {many} columns: write a list of {many} choices"
        ));
    }
    let key = text(element, "range-key");
    let now = property(element, "value");
    let mut indexes = Vec::new();
    let mut turned = Vec::new();
    for (column, (range, wanted)) in columns.iter().zip(&wanted).enumerate() {
        let index = index_in(range, &key, wanted)?;
        let before = match &now {
            Val::Array(items) => items.get(column).map_or(0.0, to_number),
            _ => 0.0,
        };
        if index != Val::Number(before) {
            turned.push((column, index.clone()));
        }
        indexes.push(index);
    }
    Ok((indexes, turned))
}

fn column_change(node: NodeId, column: usize, index: Val) -> Effect {
    own(
        node,
        "columnchange",
        Val::object([("column", count(column)), ("value", index)]),
    )
}

/// Digits, least and most of each part of a text.
type Part = (usize, u32, u32);

/// A text such as `09:30`, in its form and between `start` and `end`.
fn checked_text(
    element: &Element,
    chosen: &Val,
    parts: &[Part],
    mark: char,
    sample: &str,
) -> Result<String, CannotDo> {
    let mode = text(element, "mode");
    let chosen = join_text(chosen);
    let read: Vec<&str> = chosen.split(mark).collect();
    let fits = read.len() == parts.len()
        && read.iter().zip(parts).all(|(part, (digits, least, most))| {
            let is_number = part.len() == *digits && part.chars().all(|c| c.is_ascii_digit());
            is_number
                && part
                    .parse()
                    .is_ok_and(|own: u32| (*least..=*most).contains(&own))
        });
    if !fits {
        return cannot(format!(
            "a picker of the mode {mode} takes a text such as \"{sample}\""
        ));
    }
    let bound = |name: &str| Some(text(element, name)).filter(|own| !own.is_empty());
    // Texts of one form are in the order of time; a longer bound ends after the same part.
    let cut = |bound: String| bound.chars().take(chosen.len()).collect::<String>();
    let (start, end) = (bound("start").map(cut), bound("end").map(cut));
    if start.as_ref().is_some_and(|own| chosen < *own)
        || end.as_ref().is_some_and(|own| chosen > *own)
    {
        let name = |own: Option<String>| own.unwrap_or_else(|| "any".to_owned());
        return cannot(format!(
            "`{chosen}` is not between `start` and `end` of the picker: {} to {}",
            name(start),
            name(end)
        ));
    }
    Ok(chosen)
}

fn date(element: &Element, chosen: &Val) -> Result<String, CannotDo> {
    let parts: [Part; 3] = [(4, 1, 9999), (2, 1, 12), (2, 1, 31)];
    let (many, sample) = match text(element, "fields").as_str() {
        "year" => (1, "2026"),
        "month" => (2, "2026-07"),
        _ => (3, "2026-07-30"),
    };
    let date = checked_text(element, chosen, &parts[..many], '-', sample)?;
    let numbers: Vec<u32> = date
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    if let [year, month, day] = numbers[..]
        && day > days_of(year, month)
    {
        return cannot(format!(
            "there is no {date}: the month has {} days",
            days_of(year, month)
        ));
    }
    Ok(date)
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn region(element: &Element, chosen: &Val) -> Result<Val, CannotDo> {
    let many = match text(element, "level").as_str() {
        "province" => 1,
        "city" => 2,
        "sub-district" => 4,
        _ => 3,
    };
    let (names, code, postcode) = match chosen {
        Val::Object(fields) => {
            let read = |name: &str| fields.get(name).cloned();
            (
                read("value").unwrap_or_default(),
                read("code"),
                read("postcode"),
            )
        }
        other => (other.clone(), None, None),
    };
    if !matches!(&names, Val::Array(items) if items.len() == many) {
        let sample = ["广东省", "广州市", "海珠区", "赤岗街道"][..many].join("\", \"");
        return cannot(format!(
            "the picker of regions takes {many} names, such as [\"{sample}\"]"
        ));
    }
    let code = code.unwrap_or_else(|| Val::array(vec![Val::text(""); many]));
    let postcode = postcode.unwrap_or_else(|| Val::text(""));
    Ok(Val::object([
        ("value", names),
        ("code", code),
        ("postcode", postcode),
    ]))
}

/// One column of an open picker is turned.
pub(super) fn turn(
    tree: &mut Tree,
    node: NodeId,
    column: usize,
    index: usize,
) -> Result<Vec<Effect>, CannotDo> {
    let element = element(tree, node)?;
    if is_disabled(tree, node) {
        return cannot("the <picker> is `disabled`: enable it first");
    }
    if text(element, "mode") != "multiSelector" {
        return cannot("only a picker of the mode multiSelector has columns to turn");
    }
    let range = match property(element, "range") {
        Val::Array(columns) => columns.get(column).cloned(),
        _ => None,
    };
    let Some(range) = range else {
        return cannot(format!("the picker has no column {column}"));
    };
    index_in(&range, &text(element, "range-key"), &count(index))?;
    Ok(vec![column_change(node, column, count(index))])
}

/// A picker is left without a choice.
pub(super) fn cancel(tree: &Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    element(tree, node)?;
    if is_disabled(tree, node) || !is_tag(tree, node, "picker") {
        return cannot("the <picker> is `disabled`: enable it first");
    }
    Ok(vec![own(node, "cancel", Val::object::<&str>([]))])
}
