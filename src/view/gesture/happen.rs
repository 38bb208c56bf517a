//! What happens to components without a touch: images that load or fail, media that play, pages in a
//! web-view that speak.
//!
//! Official pages: `component/image`, `component/video`, `component/ad`, `component/web-view`. Only events
//! that the table of tags knows can happen.

use serde_json::Value as Json;

use super::{CannotDo, Effect, Size, cannot, is_tag, own, tag_of};
use crate::near::near;
use crate::value::Value;
use crate::view::bubbling::Travel;
use crate::view::tags::{self, COMMON_EVENTS};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// An image has come.
pub(super) fn load(tree: &Tree, node: NodeId, size: Size) -> Result<Vec<Effect>, CannotDo> {
    if !["image", "cover-image"]
        .iter()
        .any(|tag| is_tag(tree, node, tag))
    {
        let tag = tag_of(tree, node);
        return cannot(format!(
            "<{tag}> loads no image; let its event happen instead"
        ));
    }
    let detail = Val::object([
        ("height", Val::Number(size.height)),
        ("width", Val::Number(size.width)),
    ]);
    Ok(vec![own(node, "load", detail)])
}

/// A medium fails.
pub(super) fn fail(tree: &Tree, node: NodeId, message: &str) -> Result<Vec<Effect>, CannotDo> {
    let tag = tag_of(tree, node);
    let known = tags::find(&tag).is_some_and(|own| own.event("error").is_some());
    if !known {
        return cannot(format!("<{tag}> has no `error`"));
    }
    Ok(vec![own(
        node,
        "error",
        Val::object([("errMsg", Val::text(message))]),
    )])
}

/// An event that the component has.
pub(super) fn happen(
    tree: &Tree,
    node: NodeId,
    event: &str,
    detail: &Json,
) -> Result<Vec<Effect>, CannotDo> {
    let tag = tag_of(tree, node);
    let of_all = || COMMON_EVENTS.iter().find(|own| own.name == event);
    let known = tags::find(&tag)
        .and_then(|own| own.event(event))
        .or_else(of_all);
    let Some(known) = known else {
        let own_events = tags::find(&tag).map_or(&[][..], |own| own.events);
        let names = || own_events.iter().chain(COMMON_EVENTS).map(|own| own.name);
        let meant = near(event, names());
        let names: Vec<&str> = if meant.is_empty() {
            names().collect()
        } else {
            meant
        };
        return cannot(format!(
            "<{tag}> has no event `{event}`; it has {}",
            names.join(", ")
        ));
    };
    let travel = Travel {
        bubbles: known.bubbles,
        composed: known.composed,
        captures: known.bubbles,
    };
    Ok(vec![Effect::Event {
        node,
        name: known.name,
        detail: Val::from(Value::from(detail)),
        travel,
    }])
}
