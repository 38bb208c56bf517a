//! Bringing a component to a value: sliders, swipers, switches, picker-views, groups; pickers have a file
//! of their own.
//!
//! Official pages: `component/slider`, `component/swiper`, `component/switch`, `component/picker-view`,
//! `component/checkbox-group`, `component/radio-group`. A value that is there already changes nothing.
//!
//! Unverified: `changing` of a slider comes once, before `change`; a picker-view tells `pickstart`,
//! `change`, `pickend`; boxes that change together make one `change` of their group.

use serde_json::Value as Json;

use super::group::{self, GROUPS};
use super::{CannotDo, Effect, cannot, count, is_disabled, is_tag, number, own, parts, picker};
use super::{property, scroll, set_state, tag_of, text};
use crate::value::Value;
use crate::view::coerce::{join_text, to_number};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// Brings an element to a value.
pub(super) fn choose(tree: &mut Tree, node: NodeId, value: &Json) -> Result<Vec<Effect>, CannotDo> {
    let tag = tag_of(tree, node);
    if is_disabled(tree, node) {
        return cannot(format!("the <{tag}> is `disabled`: enable it first"));
    }
    let value = Val::from(Value::from(value));
    match tag.as_str() {
        "picker" => picker::choose(tree, node, &value),
        "picker-view" => picker_view(tree, node, &value),
        "slider" => slider(tree, node, &value),
        "switch" => switch(tree, node, &value),
        "swiper" => scroll::swipe(tree, node, &value),
        "checkbox-group" | "radio-group" => choose_in_group(tree, node, &value),
        _ => cannot(format!(
            "<{tag}> takes no value: picker, picker-view, slider, switch, swiper, checkbox-group and \
             radio-group do; tap a checkbox or radio"
        )),
    }
}

/// The `change` of a component whose attribute became a value.
pub(super) fn changed(
    tree: &mut Tree,
    node: NodeId,
    name: &str,
    value: Val,
    effects: &mut Vec<Effect>,
) {
    effects.extend(set_state(tree, node, name, &value));
    effects.push(own(node, "change", Val::object([("value", value)])));
}

fn switch(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let Val::Bool(_) = value else {
        return cannot("a switch is true or false");
    };
    let mut effects = Vec::new();
    if tree
        .node(node)
        .element()
        .is_some_and(|own| property(own, "checked") != *value)
    {
        changed(tree, node, "checked", value.clone(), &mut effects);
    }
    Ok(effects)
}

fn slider(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let read = |name: &str| {
        tree.node(node)
            .element()
            .map_or(f64::NAN, |own| number(own, name))
    };
    let (least, most, step, now) = (read("min"), read("max"), read("step"), read("value"));
    let wanted = to_number(value);
    if !(least..=most).contains(&wanted) {
        return cannot(format!("the slider goes from {least} to {most}"));
    }
    let reached = if step > 0.0 {
        (least + ((wanted - least) / step).round() * step).min(most)
    } else {
        wanted
    };
    let mut effects = Vec::new();
    if (reached - now).abs() > f64::EPSILON {
        let detail = Val::object([("value", Val::Number(reached))]);
        effects.push(own(node, "changing", detail));
        changed(tree, node, "value", Val::Number(reached), &mut effects);
    }
    Ok(effects)
}

/// The columns of a picker-view with the number of their items.
fn columns(tree: &Tree, node: NodeId) -> Vec<usize> {
    let columns = parts(tree, node, "picker-view-column", &["picker-view"]);
    let size = |column: NodeId| {
        let mut found = Vec::new();
        items(tree, column, &mut found);
        found.len()
    };
    columns.into_iter().map(size).collect()
}

/// The nearest elements in a node.
fn items(tree: &Tree, node: NodeId, found: &mut Vec<NodeId>) {
    for child in &tree.node(node).children {
        if tree.node(*child).element().is_some() {
            found.push(*child);
        } else {
            items(tree, *child, found);
        }
    }
}

fn picker_view(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let sizes = columns(tree, node);
    let wanted = if let Val::Array(wanted) = value {
        wanted.to_vec()
    } else {
        Vec::new()
    };
    if wanted.len() != sizes.len() {
        let shape = vec!["0"; sizes.len()].join(", ");
        return cannot(format!(
            "the picker-view has {} columns: write an index for each, such as [{shape}]",
            sizes.len()
        ));
    }
    for (at, (index, size)) in wanted.iter().zip(&sizes).enumerate() {
        if !(0..*size).any(|own| count(own) == *index) {
            let index = join_text(index);
            return cannot(format!(
                "column {at} has {size} items, from 0: there is no {index}"
            ));
        }
    }
    let value = Val::array(wanted);
    let mut effects = vec![own(node, "pickstart", Val::object::<&str>([]))];
    if tree
        .node(node)
        .element()
        .is_some_and(|own| property(own, "value") != value)
    {
        changed(tree, node, "value", value, &mut effects);
    }
    effects.push(own(node, "pickend", Val::object::<&str>([])));
    Ok(effects)
}

fn choose_in_group(tree: &mut Tree, node: NodeId, value: &Val) -> Result<Vec<Effect>, CannotDo> {
    let is_radio = is_tag(tree, node, "radio-group");
    let wanted: Vec<String> = match value {
        Val::Array(items) if !is_radio => items.iter().map(join_text).collect(),
        Val::Array(_) => return cannot("a radio-group takes one value"),
        one => vec![join_text(one)],
    };
    debug_assert!(GROUPS.contains(&tag_of(tree, node).as_str()));
    let own_members = group::members(tree, node);
    let of = |id: &NodeId| tree.node(*id).element().map(|own| text(own, "value"));
    let values: Vec<String> = own_members.iter().filter_map(of).collect();
    if let Some(missing) = wanted.iter().find(|wanted| !values.contains(wanted)) {
        return cannot(format!(
            "the group has no `{missing}`; it has {}",
            values.join(", ")
        ));
    }
    let mut effects = Vec::new();
    let mut is_changed = false;
    for (id, own_value) in own_members.iter().zip(&values) {
        let checked = Val::Bool(wanted.contains(own_value));
        let now = tree.node(*id).element().map(|own| property(own, "checked"));
        if now.as_ref() == Some(&checked) {
            continue;
        }
        if is_disabled(tree, *id) {
            return cannot(format!("`{own_value}` is `disabled`: enable it first"));
        }
        is_changed = true;
        effects.extend(set_state(tree, *id, "checked", &checked));
    }
    if is_changed {
        effects.extend(group::change(tree, node));
    }
    Ok(effects)
}
