//! Touches: the events of fingers and what a tap does to the components on its way up.
//!
//! Official pages: `framework/view/wxml/event` (a `longpress` that has a handler leaves no `tap`),
//! `component/button`, `component/label`, `component/navigator`. A component acts when the tap reaches it,
//! so a `catch` further in keeps it from acting: a button with `catchtap` inside a navigator does not
//! navigate. A disabled button, check box or radio ends the tap.
//!
//! Differs from the client: handlers inside a disabled control do not hear its taps either.
//!
//! Unverified: `longtap` follows `longpress`; a field loses the keyboard right after the `touchstart` of a
//! touch elsewhere, a textarea after the `tap` (the page of `textarea` says so); a submitted form tells of
//! it after the button's own `tap`, check boxes, radios and switches before theirs.

use super::{CannotDo, Effect, cannot, control, field, flag, is_disabled, is_tag, tag_of};
use crate::view::bubbling::{Travel, stops, touched};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// A place on the page, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A finger that moves as far as this makes no tap; the published code has it.
const TAP_DISTANCE: f64 = 10.0;

/// A touch event.
pub(super) fn event(node: NodeId, name: &'static str, at: Point) -> Effect {
    Effect::Event {
        node,
        name,
        detail: Val::object([("x", Val::Number(at.x)), ("y", Val::Number(at.y))]),
        travel: Travel::TOUCH,
    }
}

/// A short touch.
pub(super) fn tap(tree: &mut Tree, node: NodeId, at: Point) -> Vec<Effect> {
    let mut effects = vec![event(node, "touchstart", at)];
    let late = leave_field(tree, node, &mut effects);
    effects.push(event(node, "touchend", at));
    tapped(tree, node, at, &mut effects);
    lose(tree, late, &mut effects);
    effects
}

/// A touch of more than 350 ms.
pub(super) fn long_press(tree: &mut Tree, node: NodeId, at: Point) -> Vec<Effect> {
    let mut effects = vec![event(node, "touchstart", at)];
    let late = leave_field(tree, node, &mut effects);
    let is_dead = touched(tree, node)
        .into_iter()
        .any(|id| is_tag(tree, id, "button") && is_disabled(tree, id));
    if !is_dead {
        effects.push(event(node, "longpress", at));
        effects.push(event(node, "longtap", at));
    }
    effects.push(event(node, "touchend", at));
    if stops(tree, node, "longpress", Travel::TOUCH).is_empty() {
        tapped(tree, node, at, &mut effects);
    }
    lose(tree, late, &mut effects);
    effects
}

/// A finger goes down, moves and goes up.
pub(super) fn stroke(
    tree: &mut Tree,
    node: NodeId,
    points: &[Point],
    is_cancelled: bool,
) -> Result<Vec<Effect>, CannotDo> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return cannot("a touch needs a point at least");
    };
    let mut effects = vec![event(node, "touchstart", *first)];
    let late = leave_field(tree, node, &mut effects);
    effects.extend(
        points
            .iter()
            .skip(1)
            .map(|at| event(node, "touchmove", *at)),
    );
    let end = if is_cancelled {
        "touchcancel"
    } else {
        "touchend"
    };
    effects.push(event(node, end, *last));
    let is_near =
        |at: &Point| (at.x - first.x).abs() < TAP_DISTANCE && (at.y - first.y).abs() < TAP_DISTANCE;
    if !is_cancelled && points.iter().all(is_near) {
        tapped(tree, node, *first, &mut effects);
    }
    lose(tree, late, &mut effects);
    Ok(effects)
}

/// A touch elsewhere takes the keyboard from a field; gives the one that loses it only later.
fn leave_field(tree: &mut Tree, node: NodeId, effects: &mut Vec<Effect>) -> Option<NodeId> {
    let focused = tree.focused().filter(|field| tree.find(*field).is_some())?;
    let holds = tree
        .node(focused)
        .element()
        .is_some_and(|own| flag(own, "hold-keyboard"));
    if holds || touched(tree, node).contains(&focused) {
        return None;
    }
    if tag_of(tree, focused) == "textarea" {
        return Some(focused);
    }
    lose(tree, Some(focused), effects);
    None
}

fn lose(tree: &mut Tree, field: Option<NodeId>, effects: &mut Vec<Effect>) {
    if let Some(field) = field
        && tree.focused() == Some(field)
        && let Ok(more) = field::blur(tree, field)
    {
        effects.extend(more);
    }
}

/// The tap itself with what components do about it.
pub(super) fn tapped(tree: &mut Tree, node: NodeId, at: Point, effects: &mut Vec<Effect>) {
    let way = touched(tree, node);
    let mut after = Vec::new();
    if !binds(tree, &way, true) {
        for (place, id) in way.iter().enumerate() {
            if ends_taps(tree, *id) {
                effects.append(&mut after);
                return;
            }
            control::activate(tree, &way[..=place], at, effects, &mut after);
            if binds(tree, &[*id], false) {
                break;
            }
        }
    }
    effects.push(event(node, "tap", at));
    effects.append(&mut after);
}

/// Whether one of the elements catches taps on their way down or up.
fn binds(tree: &Tree, elements: &[NodeId], is_capture: bool) -> bool {
    elements
        .iter()
        .filter_map(|id| tree.node(*id).element())
        .any(|element| {
            let mut own = element.events.iter().filter(|own| &*own.event == "tap");
            own.any(|own| own.is_catch && own.is_capture == is_capture)
        })
}

/// Whether an element lets no tap through.
fn ends_taps(tree: &Tree, id: NodeId) -> bool {
    let is_control = ["button", "checkbox", "radio"]
        .iter()
        .any(|tag| is_tag(tree, id, tag));
    is_control && is_disabled(tree, id)
}
