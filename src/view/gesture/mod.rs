//! What a user's gestures do to the built-in components of a page.
//!
//! Official pages: `component/button`, `component/checkbox`, `component/form`, `component/input`,
//! `component/label`, `component/navigator`, `component/picker`, `component/radio`, `component/slider`,
//! `component/swiper`, `component/switch`, `component/textarea`. A gesture changes the state of elements
//! ([`Element::state`](super::tree::Element)) and leads to [`Effect`]s in the order in which the client has them.
//!
//! Unverified: a tap on a disabled control reaches no handler at all; typing is one `input` event for the
//! whole text.

mod choose;
mod control;
mod field;
mod form;

use std::rc::Rc;

use serde_json::Value as Json;

use super::bubbling::Travel;
use super::coerce::{join_text, to_bool};
use super::tree::{Element, NodeId, Tree, camel_case};
use super::value::Val;

/// What the user does with an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// A short touch.
    Tap,
    /// A touch of more than 350 ms.
    LongPress,
    /// The text of a field becomes this one.
    Input(String),
    /// A field gets the keyboard.
    Focus,
    /// A field loses it.
    Blur,
    /// The key at the lower right of the keyboard.
    Confirm,
    /// A picker, slider, swiper, switch or group is brought to a value.
    Choose(Json),
}

/// What follows.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// An event of a node.
    Event {
        /// The node.
        node: NodeId,
        /// The event.
        name: &'static str,
        /// Its detail.
        detail: Val,
        /// How it travels.
        travel: Travel,
    },
    /// A button's open capability is used.
    OpenType {
        /// The button.
        node: NodeId,
        /// `open-type`; several joined by `|`.
        kind: String,
    },
    /// A navigator is followed.
    Navigate(NodeId),
    /// Data bound with `model:` follows an attribute.
    Write {
        /// The node.
        node: NodeId,
        /// The attribute.
        name: Rc<str>,
        /// Its value.
        value: Val,
    },
}

/// The gesture makes no sense on the element.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotDo(pub String);

/// Does a gesture on an element of a page.
///
/// # Errors
/// [`CannotDo`] when such an element cannot be used so.
pub fn perform(
    tree: &mut Tree,
    node: NodeId,
    gesture: &Gesture,
) -> Result<Vec<Effect>, CannotDo> {
    match gesture {
        Gesture::Tap => Ok(control::tap(tree, node)),
        Gesture::LongPress => Ok(["touchstart", "longpress", "longtap", "touchend"]
            .map(|name| touch(node, name))
            .into()),
        Gesture::Input(text) => field::input(tree, node, text),
        Gesture::Focus => field::focus(tree, node),
        Gesture::Blur => field::blur(tree, node),
        Gesture::Confirm => field::confirm(tree, node),
        Gesture::Choose(value) => choose::choose(tree, node, value),
    }
}

/// A touch event.
fn touch(node: NodeId, name: &'static str) -> Effect {
    let detail = Val::object([("x", Val::Number(0.0)), ("y", Val::Number(0.0))]);
    Effect::Event {
        node,
        name,
        detail,
        travel: Travel::TOUCH,
    }
}

/// An event of a component itself, which goes nowhere else.
fn own(node: NodeId, name: &'static str, detail: Val) -> Effect {
    Effect::Event {
        node,
        name,
        detail,
        travel: Travel::default(),
    }
}

/// An attribute as it is now, by its name in camel case.
fn property<'a>(element: &'a Element, name: &str) -> &'a Val {
    let state = element.state.iter().find(|(own, _)| *camel_case(own) == *name);
    let written = || element.attributes.iter().find(|(own, _)| *camel_case(own) == *name);
    state.or_else(written).map_or(&Val::Undefined, |(_, value)| value)
}

fn flag(element: &Element, name: &str) -> bool {
    to_bool(property(element, name))
}

fn text(element: &Element, name: &str) -> String {
    join_text(property(element, name))
}

/// Sets what the user made of an attribute; data bound to it follows.
fn set_state(tree: &mut Tree, node: NodeId, name: &str, value: &Val) -> Option<Effect> {
    let element = tree.find_mut(node)?.element_mut()?;
    match element.state.iter_mut().find(|(own, _)| **own == *name) {
        Some((_, old)) => *old = value.clone(),
        None => element.state.push((name.into(), value.clone())),
    }
    let is_bound = element.models.iter().any(|(own, _)| **own == *name);
    is_bound.then(|| Effect::Write {
        node,
        name: name.into(),
        value: value.clone(),
    })
}

/// The element around a node, or it itself, that passes a test; as drawn.
fn around(tree: &Tree, node: NodeId, test: impl Fn(&Element) -> bool) -> Option<NodeId> {
    let mut next = Some(node);
    while let Some(id) = next {
        if tree.find(id)?.element().is_some_and(&test) {
            return Some(id);
        }
        next = tree.drawn_parent(id);
    }
    None
}

/// Elements in a node, as drawn, in order; without it itself.
fn inside(tree: &Tree, node: NodeId, found: &mut Vec<NodeId>) {
    for child in tree.drawn_children(node) {
        if tree.node(child).element().is_some() {
            found.push(child);
        }
        inside(tree, child, found);
    }
}

#[cfg(test)]
mod tests;
