//! The way of an event through the trees, and which handlers it meets.
//!
//! Official pages: `framework/view/wxml/event` (phases, `catch`, `mut-bind`, `mark`) and
//! `framework/custom-component/events` (`bubbles`, `composed`, `capturePhase`). An event that is
//! `composed` goes into the shadow trees that its path lies in; the others stay in one tree.

use std::rc::Rc;

use super::tree::{Kind, NodeId, Tree, Virtual};
use super::value::Val;

/// How an event travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    /// It goes up.
    pub bubbles: bool,
    /// It leaves the shadow tree in which it began.
    pub composed: bool,
    /// It goes down first.
    pub captures: bool,
}

impl Travel {
    /// Touches and what is made of them.
    pub const TOUCH: Self = Self {
        bubbles: true,
        composed: true,
        captures: true,
    };
}

/// A handler on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The element with the handler.
    pub current: NodeId,
    /// The element that the event is about, as seen from that tree.
    pub target: NodeId,
    /// Marks on the way from the target up, the nearest first in case of equal names.
    pub marks: Vec<(Rc<str>, Val)>,
    /// A method's name (text) or a WXS function.
    pub handler: Val,
    /// Whether it is met on the way down.
    pub is_capture: bool,
}

/// One node of the way with the target seen from there.
type Step = (NodeId, NodeId);

/// The handlers that an event meets, in order.
pub fn stops(tree: &Tree, target: NodeId, event: &str, travel: Travel) -> Vec<Stop> {
    let mut way = Vec::new();
    go_up(tree, target, travel.composed, &mut way);
    let mut stops = Vec::new();
    let mut mutated = false;
    if travel.captures {
        for step in way.iter().rev() {
            if meet(tree, *step, event, true, &mut mutated, &mut stops) {
                return stops;
            }
        }
    }
    let up = if travel.bubbles { way.len() } else { 1 };
    for step in way.iter().take(up) {
        if meet(tree, *step, event, false, &mut mutated, &mut stops) {
            break;
        }
    }
    stops
}

/// The elements that a touch of a node goes up through, the node itself first.
pub fn touched(tree: &Tree, target: NodeId) -> Vec<NodeId> {
    let mut way = Vec::new();
    go_up(tree, target, true, &mut way);
    let elements = way.into_iter().map(|(current, _)| current);
    elements
        .filter(|id| tree.find(*id).is_some_and(|node| node.element().is_some()))
        .collect()
}

fn go_up(tree: &Tree, target: NodeId, composed: bool, way: &mut Vec<Step>) {
    let mut target = Some(target);
    while let Some(own) = target {
        target = within(tree, own, composed, way);
    }
}

/// Goes up one shadow tree; gives its host when the event leaves the tree.
fn within(tree: &Tree, target: NodeId, composed: bool, way: &mut Vec<Step>) -> Option<NodeId> {
    let mut current = target;
    loop {
        way.push((current, target));
        let node = tree.find(current)?;
        if !composed {
            current = node.parent?;
            continue;
        }
        if let Kind::Root = node.kind {
            return Some(node.host);
        }
        current = match containing(tree, current) {
            Container::Slot(slot) => within(tree, slot, composed, way)?,
            Container::Nowhere => return None,
            Container::Parent(parent) => parent,
        };
    }
}

/// The node in which one is drawn; `None` for content that no slot takes and for shadow roots.
pub fn drawn_in(tree: &Tree, id: NodeId) -> Option<NodeId> {
    match containing(tree, id) {
        Container::Slot(above) | Container::Parent(above) => Some(above),
        Container::Nowhere => None,
    }
}

/// Where a node is drawn.
enum Container {
    /// In a slot of the component whose content it is.
    Slot(NodeId),
    /// Its component has no slot for it.
    Nowhere,
    /// Right in its parent.
    Parent(NodeId),
}

fn containing(tree: &Tree, id: NodeId) -> Container {
    let mut at = id;
    let mut name: Option<Rc<str>> = None;
    loop {
        let node = tree.node(at);
        if name.is_none() {
            name = slot_name(&node.kind);
        }
        let Some(parent) = node.parent else {
            return Container::Nowhere;
        };
        let above = tree.node(parent);
        if let Some(component) = above.component() {
            if component.root.is_none() {
                return Container::Parent(parent);
            }
            let slot = tree.slot_of_content(parent, id, name.as_deref().unwrap_or_default());
            return slot.map_or(Container::Nowhere, Container::Slot);
        }
        match &above.kind {
            Kind::Virtual(Virtual::Slot(_)) | Kind::Root | Kind::Element(_) => {
                return Container::Parent(parent);
            }
            Kind::Text(_) | Kind::Virtual(_) => at = parent,
        }
    }
}

/// The slot that a node names; `None` for nodes that let their content choose.
fn slot_name(kind: &Kind) -> Option<Rc<str>> {
    match kind {
        Kind::Element(element) => Some(Rc::clone(&element.slot)),
        Kind::Virtual(Virtual::Block { slot: Some(slot) }) => Some(Rc::clone(slot)),
        Kind::Virtual(Virtual::Slot(slot)) => Some(slot.slot.clone().unwrap_or_else(|| "".into())),
        _ => None,
    }
}

/// Takes the handlers of one element; tells whether the event ends there.
fn meet(
    tree: &Tree,
    (current, target): Step,
    event: &str,
    is_capture: bool,
    mutated: &mut bool,
    stops: &mut Vec<Stop>,
) -> bool {
    let Some(element) = tree.find(current).and_then(|node| node.element()) else {
        return false;
    };
    let was_mutated = *mutated;
    let mut ends = false;
    let own = |binding: &&super::tree::Binding| {
        &*binding.event == event && binding.is_capture == is_capture
    };
    for binding in element.events.iter().filter(own) {
        ends |= binding.is_catch;
        if binding.is_mut {
            *mutated = true;
            if was_mutated {
                continue;
            }
        }
        if matches!(binding.handler, Val::Bool(_)) {
            // `catchtap` alone.
            continue;
        }
        stops.push(Stop {
            current,
            target,
            marks: marks(tree, target),
            handler: binding.handler.clone(),
            is_capture,
        });
    }
    ends
}

fn marks(tree: &Tree, target: NodeId) -> Vec<(Rc<str>, Val)> {
    let mut found: Vec<(Rc<str>, Val)> = Vec::new();
    let mut next = Some(target);
    while let Some(id) = next {
        let node = tree.node(id);
        for (name, value) in node.element().map_or(&[][..], |element| &element.marks) {
            if !found.iter().any(|(own, _)| own == name) {
                found.push((Rc::clone(name), value.clone()));
            }
        }
        next = node.parent;
    }
    found
}
