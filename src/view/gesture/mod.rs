//! What a user's gestures do to the built-in components of a page.
//!
//! Official pages: those of the tags under `component/`, `framework/view/wxml/event`. A gesture changes
//! the state of elements ([`Element::state`](super::tree::Element)) and leads to [`Effect`]s in the order
//! in which the client has them. Orders and details that no page tells are those of the published view
//! code of early clients.
//!
//! Unverified: touches carry their place as `detail`; an `input` event tells the code of the last
//! character as `keyCode`, 8 when text went away; typing is one `input` event for the whole text unless
//! it is typed key by key ([`Gesture::Type`]).

mod actions;
mod acts;
mod choose;
mod control;
mod field;
mod form;
mod group;
mod happen;
mod picker;
mod scroll;
mod touch;

use std::rc::Rc;

use serde_json::Value as Json;

pub use actions::actions;
pub use acts::{Act, Acts, acts, unheard};
pub use field::{KEYBOARD_HEIGHT, replace};
pub use form::report_timeout;
use scroll::next_place;
pub use scroll::{Scroll, Size, autoplay, next_item};
pub(super) use scroll::{item_events, item_of as swiper_item_of};
pub use touch::Point;

use super::bubbling::{Travel, touched};
use super::coerce::{join_text, to_bool};
use super::tags;
use super::tree::{Element, NodeId, Tree};
use super::value::Val;

/// What the user does with an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// A short touch.
    Tap(Point),
    /// A touch of more than 350 ms.
    LongPress(Point),
    /// A finger goes down at the first point, over the others, and up at the last.
    Stroke {
        /// Where the finger is.
        points: Vec<Point>,
        /// Something takes the touch away, such as a call.
        is_cancelled: bool,
    },
    /// The text of a field becomes this one.
    Input(String),
    /// A text is typed key by key behind the one that is there.
    Type(String),
    /// A field gets the keyboard.
    Focus,
    /// A field loses it.
    Blur,
    /// The key at the lower right of the keyboard.
    Confirm,
    /// The keyboard gets another height while a field has it.
    KeyboardHeight(f64),
    /// A picker, slider, swiper, switch, picker-view or group is brought to a value.
    Choose(Json),
    /// One column of an open picker of several columns is turned to an index.
    Turn {
        /// The column, from 0.
        column: usize,
        /// The index in it.
        index: usize,
    },
    /// A picker is left without a choice.
    Cancel,
    /// The content of a scroll-view is moved.
    Scroll(Scroll),
    /// A scroll-view is pulled down; far enough, it refreshes.
    Pull {
        /// Beyond `refresher-threshold`.
        is_far: bool,
    },
    /// A movable-view is dragged to a place.
    Move(Point),
    /// Two fingers bring a movable-view to a scale.
    Scale(f64),
    /// An image has come.
    Load(Size),
    /// An image or another medium fails, with an `errMsg`.
    Fail(String),
    /// Something else happens to a component: an event of it with a detail.
    Happen {
        /// The event.
        event: String,
        /// Its detail.
        detail: Json,
    },
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
pub fn perform(tree: &mut Tree, node: NodeId, gesture: &Gesture) -> Result<Vec<Effect>, CannotDo> {
    let node = element_at(tree, node);
    let is_of_user = !matches!(
        gesture,
        Gesture::Load(_) | Gesture::Fail(_) | Gesture::Happen { .. } | Gesture::KeyboardHeight(_)
    );
    if is_of_user && let Some(hidden) = hidden_around(tree, node) {
        let what = if hidden == node {
            "it"
        } else {
            "an element around it"
        };
        let tag = tag_of(tree, node);
        let why = match tree.node(hidden).element() {
            Some(own) if &*own.tag == "page-container" => "not open",
            _ => "`hidden`",
        };
        return cannot(format!(
            "nobody sees the <{tag}>: {what} is {why}; show it first"
        ));
    }
    match gesture {
        Gesture::Tap(at) => Ok(touch::tap(tree, node, *at)),
        Gesture::LongPress(at) => Ok(touch::long_press(tree, node, *at)),
        Gesture::Stroke {
            points,
            is_cancelled,
        } => touch::stroke(tree, node, points, *is_cancelled),
        Gesture::Input(text) => field::input(tree, node, text),
        Gesture::Type(text) => field::type_keys(tree, node, text),
        Gesture::Focus => field::focus(tree, node),
        Gesture::Blur => field::blur(tree, node),
        Gesture::Confirm => field::confirm(tree, node),
        Gesture::KeyboardHeight(height) => field::keyboard(tree, node, *height),
        Gesture::Choose(value) => choose::choose(tree, node, value),
        Gesture::Turn { column, index } => picker::turn(tree, node, *column, *index),
        Gesture::Cancel => picker::cancel(tree, node),
        Gesture::Scroll(to) => scroll::scroll(tree, node, to),
        Gesture::Pull { is_far } => scroll::pull(tree, node, *is_far),
        Gesture::Move(to) => scroll::drag(tree, node, *to),
        Gesture::Scale(scale) => scroll::scale(tree, node, *scale),
        Gesture::Load(size) => happen::load(tree, node, *size),
        Gesture::Fail(message) => happen::fail(tree, node, message),
        Gesture::Happen { event, detail } => happen::happen(tree, node, event, detail),
    }
}

/// The element that a node is, or that a text stands in.
fn element_at(tree: &Tree, node: NodeId) -> NodeId {
    touched(tree, node).first().copied().unwrap_or(node)
}

fn cannot<T>(why: impl Into<String>) -> Result<T, CannotDo> {
    Err(CannotDo(why.into()))
}

/// The nearest element around a node, or it itself, that `hidden` takes away.
fn hidden_around(tree: &Tree, node: NodeId) -> Option<NodeId> {
    let is_hidden = |id: &NodeId| {
        tree.node(*id)
            .element()
            .is_some_and(|own| flag(own, "hidden") || is_closed(own))
    };
    touched(tree, node).into_iter().find(is_hidden)
}

/// Whether an element is a page-container that does not show.
fn is_closed(element: &Element) -> bool {
    &*element.tag == "page-container" && element.component.is_none() && !flag(element, "show")
}

/// An event of a component itself, which goes nowhere else.
pub(super) fn own(node: NodeId, name: &'static str, detail: Val) -> Effect {
    Effect::Event {
        node,
        name,
        detail,
        travel: Travel::default(),
    }
}

fn tag_of(tree: &Tree, node: NodeId) -> String {
    tree.find(node)
        .and_then(|node| node.element())
        .map_or_else(String::new, |own| own.tag.to_string())
}

fn is_tag(tree: &Tree, node: NodeId, tag: &str) -> bool {
    tree.node(node)
        .element()
        .is_some_and(|own| &*own.tag == tag && own.component.is_none())
}

/// An attribute as it is now, converted and with its default.
fn property(element: &Element, name: &str) -> Val {
    tags::value(element, name)
}

fn flag(element: &Element, name: &str) -> bool {
    to_bool(&property(element, name))
}

fn text(element: &Element, name: &str) -> String {
    join_text(&property(element, name))
}

/// A numeric attribute; `NaN` without value and default.
fn number(element: &Element, name: &str) -> f64 {
    if let Val::Number(number) = property(element, name) {
        number
    } else {
        f64::NAN
    }
}

fn is_disabled(tree: &Tree, node: NodeId) -> bool {
    tree.node(node)
        .element()
        .is_some_and(|own| flag(own, "disabled"))
}

/// A count as a number of scripts.
fn count(at: usize) -> Val {
    #[expect(clippy::cast_precision_loss, reason = "pages have few nodes")]
    Val::Number(at as f64)
}

/// Sets what the user made of an attribute; data bound to it follows.
pub(super) fn set_state(tree: &mut Tree, node: NodeId, name: &str, value: &Val) -> Option<Effect> {
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

/// The element around a node in its own shadow tree that passes a test.
fn around(tree: &Tree, node: NodeId, test: impl Fn(&Element) -> bool) -> Option<NodeId> {
    let mut next = tree.find(node)?.parent;
    while let Some(id) = next {
        let node = tree.find(id)?;
        if node.element().is_some_and(&test) {
            return Some(id);
        }
        next = node.parent;
    }
    None
}

/// Elements of the same shadow tree in a node, in order; without it itself.
fn inside(tree: &Tree, node: NodeId, found: &mut Vec<NodeId>) {
    for child in &tree.node(node).children {
        if tree.node(*child).element().is_some() {
            found.push(*child);
        }
        inside(tree, *child, found);
    }
}

/// The elements of a tag in a node that belong to no other owner of the same kind in between.
fn parts(tree: &Tree, owner: NodeId, tag: &str, owners: &[&str]) -> Vec<NodeId> {
    let mut found = Vec::new();
    inside(tree, owner, &mut found);
    let is_owner = |element: &Element| owners.contains(&&*element.tag);
    found.retain(|id| is_tag(tree, *id, tag) && around(tree, *id, is_owner) == Some(owner));
    found
}

#[cfg(test)]
mod tests;
