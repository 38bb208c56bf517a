//! Forms: what `submit` tells, what `reset` undoes.
//!
//! Official page: `component/form`: a form knows the fields of its own template that have a `name`,
//! components with `wx://form-field`, and the fields inside components with `wx://form-field-group`.
//!
//! Unverified: two fields of one name leave the later value; `reset` empties texts, switches off, and
//! brings sliders to their minimum and pickers to nothing (-1 for an index), as the published view code does.

use super::control::form_of;
use super::{Effect, flag, group, is_tag, number, own, property, set_state, text};
use crate::view::coerce::join_text;
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::{Fields, Val};

/// The form of a button is submitted.
pub(super) fn submit(tree: &Tree, button: NodeId) -> Option<Effect> {
    let form = form_of(tree, button)?;
    let mut values = Fields::default();
    for id in fields(tree, form) {
        if let Some((name, value)) = named(tree, id) {
            values.set(&name, value);
        }
    }
    let mut detail = Fields::default();
    detail.set("value", Val::Object(values.into()));
    detail.set("target", described(tree, button));
    Some(own(form, "submit", Val::Object(detail.into())))
}

/// How long a form waits for its formId, in milliseconds (0 for not at all); `None` for a form that wants none.
pub fn report_timeout(tree: &Tree, form: NodeId) -> Option<f64> {
    let element = tree.find(form)?.element()?;
    let timeout = number(element, "report-submit-timeout");
    let wants = is_tag(tree, form, "form") && flag(element, "report-submit");
    wants.then_some(if timeout > 0.0 { timeout } else { 0.0 })
}

/// The form of a button is reset.
pub(super) fn reset(tree: &mut Tree, button: NodeId) -> Vec<Effect> {
    let Some(form) = form_of(tree, button) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    for id in fields(tree, form) {
        let least = tree
            .node(id)
            .element()
            .map_or(0.0, |own| number(own, "min"));
        match super::tag_of(tree, id).as_str() {
            "input" | "textarea" => {
                effects.extend(set_state(tree, id, "value", &Val::text("")));
            }
            "picker" => {
                let mode = tree.node(id).element().map(|own| text(own, "mode"));
                let nothing = match mode.as_deref() {
                    Some("selector") => Val::Number(-1.0),
                    _ => Val::text(""),
                };
                effects.extend(set_state(tree, id, "value", &nothing));
            }
            "switch" => effects.extend(set_state(tree, id, "checked", &Val::Bool(false))),
            "slider" => effects.extend(set_state(tree, id, "value", &Val::Number(least))),
            "checkbox-group" | "radio-group" => {
                for control in group::members(tree, id) {
                    effects.extend(set_state(tree, control, "checked", &Val::Bool(false)));
                }
                // The order in which boxes were checked begins anew.
                if is_tag(tree, id, "checkbox-group") {
                    effects.extend(set_state(tree, id, "value", &Val::array([])));
                }
            }
            _ => {}
        }
    }
    let detail = Val::object([("target", described(tree, button))]);
    effects.push(own(form, "reset", detail));
    effects
}

/// The button as `detail.target` tells it.
fn described(tree: &Tree, button: NodeId) -> Val {
    let Some(element) = tree.node(button).element() else {
        return Val::Undefined;
    };
    let dataset = element
        .dataset
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()));
    Val::object([
        ("id", Val::Text(element.id.clone())),
        ("dataset", Val::object(dataset)),
    ])
}

/// Whether an element is a component with that behavior of the platform.
pub(super) fn has_behavior(tree: &Tree, id: NodeId, behavior: &str) -> bool {
    let component = tree.find(id).and_then(|node| node.component());
    component.is_some_and(|own| {
        own.definition
            .platform_behaviors
            .iter()
            .any(|name| &**name == behavior)
    })
}

/// The fields of a form, in order.
fn fields(tree: &Tree, form: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    collect(tree, form, &mut found);
    found
}

fn collect(tree: &Tree, id: NodeId, found: &mut Vec<NodeId>) {
    for child in &tree.node(id).children {
        if tree.node(*child).element().is_some() {
            found.push(*child);
        }
        if has_behavior(tree, *child, "wx://form-field-group")
            && let Some(root) = tree.node(*child).component().and_then(|own| own.root)
        {
            collect(tree, root, found);
        }
        collect(tree, *child, found);
    }
}

/// Name and value of a field; `None` for what is none and without a name.
fn named(tree: &Tree, id: NodeId) -> Option<(String, Val)> {
    let element = tree.node(id).element()?;
    if let Some(component) = element.component.as_deref() {
        let Val::Object(data) = &component.data else {
            return None;
        };
        let name = data.get("name").map(join_text)?;
        let is_field = has_behavior(tree, id, "wx://form-field") && !name.is_empty();
        return is_field.then(|| (name, data.get("value").cloned().unwrap_or_default()));
    }
    let name = text(element, "name");
    let value = field_value(tree, id, element)?;
    (!name.is_empty()).then_some((name, value))
}

fn field_value(tree: &Tree, id: NodeId, element: &Element) -> Option<Val> {
    let value = match &*element.tag {
        "input" | "textarea" => Val::text(&text(element, "value")),
        "switch" => Val::Bool(flag(element, "checked")),
        "slider" => Val::Number(number(element, "value")),
        "checkbox-group" | "radio-group" => group::value(tree, id),
        "picker" | "picker-view" => match property(element, "value") {
            Val::Undefined | Val::Null if is_tag(tree, id, "picker") => Val::text(""),
            Val::Undefined | Val::Null => Val::array([]),
            value => value,
        },
        _ => return None,
    };
    Some(value)
}
