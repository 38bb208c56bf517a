//! Forms: what `submit` tells, what `reset` undoes.

use super::control::group_value;
use super::{Effect, around, flag, inside, own, property, text};
use crate::view::coerce::to_number;
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::{Fields, Val};

/// Tags that a form knows.
const FIELDS: &[&str] = &[
    "input",
    "textarea",
    "switch",
    "slider",
    "checkbox-group",
    "radio-group",
    "picker",
    "picker-view",
];

/// The form around a button is submitted.
pub(super) fn submit(tree: &Tree, button: NodeId) -> Option<Effect> {
    let form = around(tree, button, |own| &*own.tag == "form")?;
    let mut values = Fields::default();
    for id in fields(tree, form) {
        if let Some((name, value)) = named(tree, id) {
            values.set(&name, value);
        }
    }
    let id = tree.node(button).element().map(|own| own.id.to_string()).unwrap_or_default();
    let mut detail = Fields::default();
    detail.set("value", Val::Object(values.into()));
    detail.set("target", Val::object([("id", Val::text(&id))]));
    let reports = tree.node(form).element().is_some_and(|own| flag(own, "reportSubmit"));
    if reports {
        detail.set("formId", Val::text("the formId is a mock one"));
    }
    Some(own(form, "submit", Val::Object(detail.into())))
}

/// The form around a button is reset: fields show again what is written.
pub(super) fn reset(tree: &mut Tree, button: NodeId) -> Option<Effect> {
    let form = around(tree, button, |own| &*own.tag == "form")?;
    let mut found = Vec::new();
    inside(tree, form, &mut found);
    for id in found {
        let Some(element) = tree.find_mut(id).and_then(|node| node.element_mut()) else {
            continue;
        };
        let is_text = matches!(&*element.tag, "input" | "textarea");
        element.state.clear();
        if is_text {
            element.state.push(("value".into(), Val::text("")));
        }
    }
    Some(own(form, "reset", Val::object([("target", Val::object::<&str>([]))])))
}

fn fields(tree: &Tree, form: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    inside(tree, form, &mut found);
    found.retain(|id| {
        let element = tree.node(*id).element();
        element.is_some_and(|own| FIELDS.contains(&&*own.tag) || is_form_field(own))
    });
    found
}

fn is_form_field(element: &Element) -> bool {
    let behaviors = element.component.as_ref().map(|own| &own.definition.platform_behaviors);
    behaviors.is_some_and(|own| own.iter().any(|name| &**name == "wx://form-field"))
}

/// Name and value of a field; `None` without a name.
fn named(tree: &Tree, id: NodeId) -> Option<(String, Val)> {
    let element = tree.node(id).element()?;
    if let Some(component) = element.component.as_deref() {
        let Val::Object(data) = &component.data else {
            return None;
        };
        let name = data.get("name").map(crate::view::coerce::join_text)?;
        let value = data.get("value").cloned().unwrap_or_default();
        return (!name.is_empty()).then_some((name, value));
    }
    let name = text(element, "name");
    if name.is_empty() {
        return None;
    }
    let value = match &*element.tag {
        "switch" => Val::Bool(flag(element, "checked")),
        "slider" => {
            let number = to_number(property(element, "value"));
            Val::Number(if number.is_nan() { 0.0 } else { number })
        }
        "checkbox-group" | "radio-group" => group_value(tree, id),
        "picker" | "picker-view" => property(element, "value").clone(),
        _ => Val::text(&text(element, "value")),
    };
    Some((name, value))
}
