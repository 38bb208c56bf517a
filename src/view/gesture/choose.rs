//! Bringing a component to a value: pickers, sliders, swipers, switches, groups.

use serde_json::Value as Json;

use super::control::{group_value, members};
use super::{CannotDo, Effect, flag, own, property, set_state, text};
use crate::value::Value;
use crate::view::coerce::{join_text, to_number};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// Brings an element to a value.
pub(super) fn choose(
    tree: &mut Tree,
    node: NodeId,
    value: &Json,
) -> Result<Vec<Effect>, CannotDo> {
    let element = tree.node(node).element();
    let tag = element.map(|own| own.tag.to_string()).unwrap_or_default();
    if element.is_some_and(|own| flag(own, "disabled")) {
        return Err(CannotDo(format!("the <{tag}> is disabled")));
    }
    let value = Val::from(Value::from(value));
    match tag.as_str() {
        "picker" => picker(tree, node, value),
        "picker-view" => changed(tree, node, "value", value),
        "slider" => slider(tree, node, &value),
        "switch" => changed(tree, node, "checked", value),
        "swiper" => swiper(tree, node, &value),
        "checkbox-group" | "radio-group" => group(tree, node, &value),
        _ => Err(CannotDo(format!(
            "<{tag}> takes no value: picker, picker-view, slider, switch, swiper, checkbox-group and \
             radio-group do"
        ))),
    }
}

/// Sets an attribute and tells of it.
fn changed(
    tree: &mut Tree,
    node: NodeId,
    name: &str,
    value: Val,
) -> Result<Vec<Effect>, CannotDo> {
    let mut effects: Vec<Effect> = set_state(tree, node, name, &value).into_iter().collect();
    effects.push(own(node, "change", Val::object([("value", value)])));
    Ok(effects)
}

fn picker(tree: &mut Tree, node: NodeId, value: Val) -> Result<Vec<Effect>, CannotDo> {
    let Some(element) = tree.node(node).element() else {
        return Ok(Vec::new());
    };
    let mode = text(element, "mode");
    let value = match (mode.as_str(), value) {
        ("" | "selector", chosen) => index_in_range(property(element, "range"), element, chosen)?,
        ("time" | "date", chosen @ Val::Text(_)) => chosen,
        ("time" | "date", _) => {
            let form = if mode == "time" { "\"09:30\"" } else { "\"2026-07-30\"" };
            return Err(CannotDo(format!("a picker of the mode {mode} takes a text such as {form}")));
        }
        (_, chosen @ Val::Array(_)) => chosen,
        _ => return Err(CannotDo(format!("a picker of the mode {mode} takes a list"))),
    };
    changed(tree, node, "value", value)
}

/// The index of what is chosen from a range: an index, or the text that is shown.
fn index_in_range(
    range: &Val,
    element: &crate::view::tree::Element,
    chosen: Val,
) -> Result<Val, CannotDo> {
    let Val::Array(items) = range else {
        return Err(CannotDo("the picker has an empty range".to_owned()));
    };
    let key = text(element, "rangeKey");
    let shown = |item: &Val| match item {
        Val::Object(fields) if !key.is_empty() => {
            fields.get(&key).map(join_text).unwrap_or_default()
        }
        other => join_text(other),
    };
    let found = match &chosen {
        Val::Text(wanted) => items.iter().position(|item| shown(item) == **wanted),
        Val::Number(index) => (0..items.len()).find(|at| to_number(&number(*at)) == *index),
        _ => None,
    };
    found.map(number).ok_or_else(|| {
        let choices: Vec<String> = items.iter().map(shown).collect();
        CannotDo(format!(
            "the picker has no `{}`; it has {}",
            join_text(&chosen),
            choices.join(", ")
        ))
    })
}

fn number(at: usize) -> Val {
    #[expect(clippy::cast_precision_loss, reason = "ranges are small")]
    Val::Number(at as f64)
}

fn slider(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let Some(element) = tree.node(node).element() else {
        return Ok(Vec::new());
    };
    let read = |name: &str, or: f64| {
        let number = to_number(property(element, name));
        if number.is_nan() { or } else { number }
    };
    let (least, most, step) = (read("min", 0.0), read("max", 100.0), read("step", 1.0));
    let wanted = to_number(value);
    if wanted.is_nan() || wanted < least || wanted > most {
        return Err(CannotDo(format!("the slider goes from {least} to {most}")));
    }
    let steps = if step > 0.0 { ((wanted - least) / step).round() } else { 0.0 };
    let reached = if step > 0.0 { (least + steps * step).min(most) } else { wanted };
    changed(tree, node, "value", Val::Number(reached))
}

fn swiper(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let items = members(tree, node, "swiper-item");
    let at = (0..items.len()).find(|at| number(*at) == Val::Number(to_number(value)));
    let Some(at) = at else {
        return Err(CannotDo(format!("the swiper has {} items, from 0", items.len())));
    };
    let item = tree.node(items[at]).element().map(|own| text(own, "itemId"));
    let mut effects: Vec<Effect> =
        set_state(tree, node, "current", &number(at)).into_iter().collect();
    let detail = Val::object([
        ("current", number(at)),
        ("currentItemId", Val::text(&item.unwrap_or_default())),
        ("source", Val::text("touch")),
    ]);
    effects.push(own(node, "change", detail.clone()));
    effects.push(own(node, "animationfinish", detail));
    Ok(effects)
}

fn group(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let wanted: Vec<String> = match value {
        Val::Array(items) => items.iter().map(join_text).collect(),
        other => vec![join_text(other)],
    };
    let is_radio = tree.node(node).element().is_some_and(|own| &*own.tag == "radio-group");
    let tag = if is_radio { "radio" } else { "checkbox" };
    let own_members = members(tree, node, tag);
    let values: Vec<String> = own_members
        .iter()
        .filter_map(|id| Some(text(tree.node(*id).element()?, "value")))
        .collect();
    if let Some(missing) = wanted.iter().find(|wanted| !values.contains(wanted)) {
        let text = format!("the group has no `{missing}`; it has {}", values.join(", "));
        return Err(CannotDo(text));
    }
    let mut effects = Vec::new();
    for (id, value) in own_members.iter().zip(&values) {
        let checked = Val::Bool(wanted.contains(value));
        effects.extend(set_state(tree, *id, "checked", &checked));
    }
    let detail = Val::object([("value", group_value(tree, node))]);
    effects.push(own(node, "change", detail));
    Ok(effects)
}
