//! What is written on an element: attributes, handlers, data.

use std::rc::Rc;

use glass_easel_template_compiler::parse::tag::{
    Attribute as Named, CommonElementAttributes, EventBinding, NormalAttribute,
    NormalAttributePrefix, StaticAttribute, Value,
};

use super::expression::{Scopes, fixed, is_path};
use crate::view::program::{Attribute, Binding, Element, Expr, Place, SlotValue};
use crate::view::value::Val;

/// What every element may have.
pub(super) fn common(common: &CommonElementAttributes, place: Place, scopes: &Scopes) -> Element {
    let value = |(_, value): &(_, Value)| scopes.value(value);
    Element {
        place,
        id: common.id.as_ref().map(value),
        slot: common.slot.as_ref().map(value),
        slot_values: slot_values(&common.slot_value_refs),
        dataset: named(&common.data, scopes),
        marks: named(&common.marks, scopes),
        events: common
            .event_bindings
            .iter()
            .map(|own| binding(own, scopes))
            .collect(),
        ..Element::default()
    }
}

/// Attributes as pairs; names of data are in camel case already.
pub(super) fn named(written: &[Named], scopes: &Scopes) -> Vec<(Rc<str>, Expr)> {
    let pairs = written.iter().map(|own| {
        (
            own.name.name.as_str().into(),
            optional(own.value.as_ref(), scopes),
        )
    });
    pairs.collect()
}

/// A value; an attribute without one is `true`.
fn optional(value: Option<&Value>, scopes: &Scopes) -> Expr {
    value.map_or(Expr::Fixed(Val::Bool(true)), |value| scopes.value(value))
}

pub(super) fn slot_values(written: &[StaticAttribute]) -> Rc<[SlotValue]> {
    let values = written.iter().map(|own| SlotValue {
        name: own.name.name.as_str().into(),
        alias: own.value.name.as_str().into(),
    });
    values.collect()
}

fn binding(written: &EventBinding, scopes: &Scopes) -> Binding {
    Binding {
        event: written.name.name.as_str().into(),
        handler: handler(written.value.as_ref(), scopes),
        is_catch: written.is_catch,
        is_mut: written.is_mut,
        is_capture: written.is_capture,
    }
}

/// Ways to bind without a colon, the longest first: prefix, catches, mutates, captures.
const LEGACY: &[(&str, bool, bool, bool)] = &[
    ("capture-mut-bind", false, true, true),
    ("capture-bind", false, false, true),
    ("capture-catch", true, false, true),
    ("mut-bind", false, true, false),
    ("bind", false, false, false),
    ("catch", true, false, false),
];

/// A handler; without one nothing runs, yet `catch` catches.
fn handler(value: Option<&Value>, scopes: &Scopes) -> Expr {
    value.map_or_else(|| fixed(""), |value| scopes.value(value))
}

/// `bindtap="onTap"`, the form without a colon, which the parser takes for an attribute.
///
/// Unverified: a dash within the event's name stays.
pub(super) fn legacy_binding(
    name: &str,
    value: Option<&Value>,
    scopes: &Scopes,
) -> Option<Binding> {
    let (event, (_, is_catch, is_mut, is_capture)) = LEGACY.iter().find_map(|own| {
        let event = name.strip_prefix(own.0)?;
        let event = event.strip_prefix('-').unwrap_or(event);
        (!event.is_empty()).then_some((event, *own))
    })?;
    Some(Binding {
        event: event.into(),
        handler: handler(value, scopes),
        is_catch,
        is_mut,
        is_capture,
    })
}

/// Puts an attribute, or a handler that looks like one, on an element.
pub(super) fn put(element: &mut Element, attribute: &NormalAttribute, scopes: &Scopes) {
    let name = attribute.name.name.as_str();
    let written = attribute.value.as_ref();
    let is_model = matches!(attribute.prefix, NormalAttributePrefix::Model(_));
    if !is_model && let Some(binding) = legacy_binding(name, written, scopes) {
        element.events.push(binding);
        return;
    }
    let value = optional(written, scopes);
    element.attributes.push(Attribute {
        name: name.into(),
        model: Some(value.clone()).filter(|value| is_model && is_path(value)),
        value,
    });
}
