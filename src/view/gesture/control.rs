//! Taps: buttons, check boxes, switches, labels, navigators.

use super::{Effect, around, flag, form, inside, own, property, set_state, text, touch};
use crate::view::coerce::to_bool;
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::Val;

/// Tags that a tap does something to.
const CONTROLS: &[&str] = &[
    "button", "checkbox", "radio", "switch", "label", "navigator", "input", "textarea",
];

/// Controls that a label stands for.
const LABELLED: &[&str] = &["button", "checkbox", "radio", "switch", "input", "textarea"];

fn is_control(element: &Element) -> bool {
    CONTROLS.contains(&&*element.tag) || is_form_button(element)
}

/// A component that takes the place of a button in forms.
fn is_form_button(element: &Element) -> bool {
    let behaviors = element.component.as_ref().map(|own| &own.definition.platform_behaviors);
    behaviors.is_some_and(|own| own.iter().any(|name| &**name == "wx://form-field-button"))
}

/// The user touches a node shortly.
pub(super) fn tap(tree: &mut Tree, node: NodeId) -> Vec<Effect> {
    let control = around(tree, node, is_control);
    let is_disabled = |id: NodeId| {
        tree.node(id).element().is_some_and(|own| &*own.tag != "label" && flag(own, "disabled"))
    };
    if control.is_some_and(is_disabled) {
        return Vec::new();
    }
    let mut effects: Vec<Effect> =
        ["touchstart", "touchend", "tap"].map(|name| touch(node, name)).into();
    if let Some(control) = control {
        activate(tree, control, &mut effects);
    }
    effects
}

/// What a control does when it is tapped, or the label for it.
fn activate(tree: &mut Tree, id: NodeId, effects: &mut Vec<Effect>) {
    let Some(element) = tree.node(id).element() else {
        return;
    };
    match &*element.tag {
        "label" => {
            if let Some(control) = labelled(tree, id) {
                let own = tree.node(control).element();
                if own.is_some_and(|own| flag(own, "disabled")) {
                    return;
                }
                if own.is_some_and(|own| &*own.tag == "button") {
                    effects.push(touch(control, "tap"));
                }
                activate(tree, control, effects);
            }
        }
        "checkbox" => {
            let checked = !flag(element, "checked");
            effects.extend(set_state(tree, id, "checked", &Val::Bool(checked)));
            effects.extend(group_change(tree, id, "checkbox-group"));
        }
        "radio" => check_radio(tree, id, effects),
        "switch" => {
            let checked = Val::Bool(!flag(element, "checked"));
            effects.extend(set_state(tree, id, "checked", &checked));
            effects.push(own(id, "change", Val::object([("value", checked)])));
        }
        "navigator" => effects.push(Effect::Navigate(id)),
        "input" | "textarea" => {
            if let Ok(more) = super::field::focus(tree, id) {
                effects.extend(more);
            }
        }
        _ => press(tree, id, effects),
    }
}

/// A button, or a component in its place.
fn press(tree: &mut Tree, id: NodeId, effects: &mut Vec<Effect>) {
    let Some(element) = tree.node(id).element() else {
        return;
    };
    let of_component = element.component.as_ref().map(|own| own.data.clone());
    let read = |name: &str| match &of_component {
        Some(Val::Object(fields)) => {
            fields.get(name).map(crate::view::coerce::join_text).unwrap_or_default()
        }
        _ => text(element, name),
    };
    let (form_type, open_type) = (read("formType"), text(element, "openType"));
    if !open_type.is_empty() {
        effects.push(Effect::OpenType {
            node: id,
            kind: open_type,
        });
    }
    match form_type.as_str() {
        "submit" => effects.extend(form::submit(tree, id)),
        "reset" => effects.extend(form::reset(tree, id)),
        _ => {}
    }
}

/// The control that a label stands for: the one it names, else the first in it.
fn labelled(tree: &Tree, label: NodeId) -> Option<NodeId> {
    let element = tree.node(label).element()?;
    let wanted = text(element, "for");
    let is_labelled = |id: &NodeId| {
        tree.node(*id).element().is_some_and(|own| LABELLED.contains(&&*own.tag))
    };
    let mut found = Vec::new();
    if wanted.is_empty() {
        inside(tree, label, &mut found);
        return found.into_iter().find(is_labelled);
    }
    let host = tree.node(label).host;
    inside(tree, host, &mut found);
    let is_wanted = |id: &NodeId| {
        let node = tree.node(*id);
        node.host == host && node.element().is_some_and(|own| *own.id == *wanted)
    };
    found.into_iter().find(is_wanted)
}

fn check_radio(tree: &mut Tree, id: NodeId, effects: &mut Vec<Effect>) {
    let element = tree.node(id).element();
    if element.is_some_and(|own| to_bool(property(own, "checked"))) {
        return;
    }
    let group = around(tree, id, |own| &*own.tag == "radio-group");
    if let Some(group) = group {
        for other in members(tree, group, "radio") {
            effects.extend(set_state(tree, other, "checked", &Val::Bool(other == id)));
        }
    } else {
        effects.extend(set_state(tree, id, "checked", &Val::Bool(true)));
    }
    effects.extend(group_change(tree, id, "radio-group"));
}

/// The controls of a group, in order.
pub(super) fn members(tree: &Tree, group: NodeId, tag: &str) -> Vec<NodeId> {
    let mut found = Vec::new();
    inside(tree, group, &mut found);
    found.retain(|id| tree.node(*id).element().is_some_and(|own| &*own.tag == tag));
    found
}

/// `change` of the group around a control.
fn group_change(tree: &mut Tree, id: NodeId, tag: &str) -> Vec<Effect> {
    let Some(group) = around(tree, id, |own| &*own.tag == tag) else {
        return Vec::new();
    };
    let value = group_value(tree, group);
    let detail = Val::object([("value", value)]);
    vec![own(group, "change", detail)]
}

/// The values of what is checked in a group: a list, or one for radios.
pub(super) fn group_value(tree: &Tree, group: NodeId) -> Val {
    let is_radio = tree.node(group).element().is_some_and(|own| &*own.tag == "radio-group");
    let tag = if is_radio { "radio" } else { "checkbox" };
    let checked = members(tree, group, tag).into_iter().filter_map(|id| {
        let element = tree.node(id).element()?;
        flag(element, "checked").then(|| property(element, "value").clone())
    });
    let mut checked = checked.map(|value| match value {
        Val::Undefined => Val::text(""),
        other => other,
    });
    if is_radio {
        checked.next().unwrap_or_else(|| Val::text(""))
    } else {
        Val::array(checked)
    }
}
