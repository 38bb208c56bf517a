//! What tapped components do: buttons, check boxes, switches, labels, navigators, fields.
//!
//! Official pages: `component/label` (its `for`, else the first control in it; button, checkbox, radio,
//! switch and input), `component/button`, `component/form` (`wx://form-field-button`).
//!
//! Unverified: a `for` without a match does nothing; it is looked for in the label's own template.

use super::touch::{Point, tapped};
use super::{Effect, around, flag, form, group, inside, is_disabled, is_tag, own, set_state, text};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// Controls that a label stands for.
const LABELLED: &[&str] = &["button", "checkbox", "radio", "switch", "input"];

fn is_labelled(tree: &Tree, id: NodeId) -> bool {
    LABELLED.iter().any(|tag| is_tag(tree, id, tag))
}

/// What the last element of the way does when a tap reaches it. `effects` come before the tap's own
/// event, `after` behind it.
pub(super) fn activate(
    tree: &mut Tree,
    way: &[NodeId],
    at: Point,
    effects: &mut Vec<Effect>,
    after: &mut Vec<Effect>,
) {
    let Some((id, inner)) = way.split_last() else {
        return;
    };
    let id = *id;
    let Some(element) = tree
        .node(id)
        .element()
        .filter(|own| own.component.is_none())
    else {
        return;
    };
    match &*element.tag {
        "label" if !inner.iter().any(|own| is_labelled(tree, *own)) => {
            if let Some(control) = labelled(tree, id) {
                stand_for(tree, control, at, effects);
            }
        }
        "checkbox" | "radio" | "switch" => toggle(tree, id, effects),
        "navigator" => after.push(Effect::Navigate(id)),
        "input" | "textarea" => focus(tree, id, effects),
        "button" => press(tree, id, after),
        // What `open-type="contact"` was before buttons had it.
        "contact-button" => after.push(Effect::OpenType {
            node: id,
            kind: "contact".to_owned(),
        }),
        _ => {}
    }
}

fn focus(tree: &mut Tree, id: NodeId, effects: &mut Vec<Effect>) {
    if let Ok(more) = super::field::focus(tree, id) {
        effects.extend(more);
    }
}

fn toggle(tree: &mut Tree, id: NodeId, effects: &mut Vec<Effect>) {
    if is_disabled(tree, id) {
        return;
    }
    let Some(element) = tree.node(id).element() else {
        return;
    };
    let checked = Val::Bool(!flag(element, "checked"));
    match &*element.tag {
        "checkbox" => {
            effects.extend(set_state(tree, id, "checked", &checked));
            effects.extend(group::change(tree, id));
        }
        "radio" => group::check_radio(tree, id, effects),
        _ => {
            effects.extend(set_state(tree, id, "checked", &checked));
            effects.push(own(id, "change", Val::object([("value", checked)])));
        }
    }
}

/// A label was tapped: its control behaves as if it had been. A button gets a tap of its own.
fn stand_for(tree: &mut Tree, control: NodeId, at: Point, effects: &mut Vec<Effect>) {
    let tag = super::tag_of(tree, control);
    match tag.as_str() {
        "button" => tapped(tree, control, at, effects),
        "input" => focus(tree, control, effects),
        _ => toggle(tree, control, effects),
    }
}

/// The control that a label stands for: the one it names, else the first in it.
fn labelled(tree: &Tree, label: NodeId) -> Option<NodeId> {
    let element = tree.node(label).element()?;
    let wanted = text(element, "for");
    let mut found = Vec::new();
    if wanted.is_empty() {
        inside(tree, label, &mut found);
        return found.into_iter().find(|id| is_labelled(tree, *id));
    }
    let host = tree.node(label).host;
    let root = tree.node(host).component().and_then(|own| own.root)?;
    inside(tree, root, &mut found);
    let is_wanted = |id: &NodeId| {
        tree.node(*id)
            .element()
            .is_some_and(|own| *own.id == *wanted)
    };
    found
        .into_iter()
        .find(is_wanted)
        .filter(|id| is_labelled(tree, *id))
}

/// A button: its part in a form, then its open capability.
fn press(tree: &mut Tree, id: NodeId, after: &mut Vec<Effect>) {
    let Some(element) = tree.node(id).element() else {
        return;
    };
    let (form_type, open_type) = (text(element, "form-type"), text(element, "open-type"));
    match form_type.as_str() {
        "submit" => after.extend(form::submit(tree, id)),
        "reset" => after.extend(form::reset(tree, id)),
        _ => {}
    }
    if !open_type.is_empty() {
        after.push(Effect::OpenType {
            node: id,
            kind: open_type,
        });
    }
}

/// The form that a button belongs to: around it in its template; of a component with
/// `wx://form-field-button` also around the component.
pub(super) fn form_of(tree: &Tree, button: NodeId) -> Option<NodeId> {
    let mut from = button;
    loop {
        let form = around(tree, from, |own| {
            &*own.tag == "form" && own.component.is_none()
        });
        if form.is_some() {
            return form;
        }
        let host = tree.node(from).host;
        if host == from || !form::has_behavior(tree, host, "wx://form-field-button") {
            return None;
        }
        from = host;
    }
}
