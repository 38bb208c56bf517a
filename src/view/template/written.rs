//! What is written on an element: attributes, handlers, data.

use std::rc::Rc;

use glass_easel_template_compiler::parse::tag::{
    Attribute as Named, CommonElementAttributes, EventBinding, NormalAttribute,
    NormalAttributePrefix, StaticAttribute, Value,
};

use super::expression::{Scopes, fixed};
use crate::view::program::{Attribute, Binding, Element, Expr, Place, SlotValue};
use crate::view::tree::camel_case;
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

/// The values that a slot gives; one without a value is an empty text.
pub(super) fn given(written: &[Named], scopes: &Scopes) -> Vec<(Rc<str>, Expr)> {
    let pairs = written.iter().map(|own| {
        let value = handler(own.value.as_ref(), scopes);
        (own.name.name.as_str().into(), value)
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
        attribute: None,
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

/// A handler; an empty one is not bound.
fn handler(value: Option<&Value>, scopes: &Scopes) -> Expr {
    value.map_or_else(|| fixed(""), |value| scopes.value(value))
}

/// `bindtap="onTap"`, the form without a colon, which the parser takes for an attribute.
///
/// As in the framework the event's name is in camel case, and without a value the binding is there, which
/// matters for `catch`.
pub(super) fn legacy_binding(
    name: &str,
    value: Option<&Value>,
    scopes: &Scopes,
) -> Option<Binding> {
    let (event, (_, is_catch, is_mut, is_capture)) = LEGACY.iter().find_map(|own| {
        let event = name.strip_prefix(own.0)?;
        (!event.is_empty()).then_some((event, *own))
    })?;
    Some(Binding {
        event: camel_case(event),
        handler: optional(value, scopes),
        is_catch,
        is_mut,
        is_capture,
        attribute: Some(Box::new(Attribute {
            name: name.into(),
            value: optional(value, scopes),
            model: None,
            is_handler: true,
        })),
    })
}

/// Puts an attribute, or a handler that looks like one, on an element; `false` when it is a `model:`
/// that writes nothing back.
pub(super) fn put(element: &mut Element, attribute: &NormalAttribute, scopes: &Scopes) -> bool {
    let name = attribute.name.name.as_str();
    let written = attribute.value.as_ref();
    let is_model = matches!(attribute.prefix, NormalAttributePrefix::Model(_));
    if !is_model && let Some(binding) = legacy_binding(name, written, scopes) {
        element.events.push(binding);
        return true;
    }
    let value = optional(written, scopes);
    let model = Some(value.clone()).filter(|value| is_model && scopes.is_path(value));
    let writes = model.is_some();
    element.attributes.push(Attribute {
        name: name.into(),
        model,
        value,
        is_handler: false,
    });
    writes || !is_model
}
