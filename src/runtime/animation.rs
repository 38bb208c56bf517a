//! `this.animate` and `this.clearAnimation` of pages and components.
//!
//! Official page: `framework/view/animation` (key frames, base library 2.9.0): an animation leaves the
//! styles of its last key frame on the nodes until they are cleared.
//!
//! Differs from the client: nothing between the first and the last key frame shows, and an animation that
//! a scroll-view drives (`scrollTimeline`) leaves its nodes as they are.
//!
//! Unverified: every node that the selector means is animated; the callback comes also when there is none.

use std::rc::Rc;

use super::RENDER_MS;
use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::Cause;
use crate::value::{Callable, Value};
use crate::view::coerce::to_bool;
use crate::view::selector::{Selector, find_all};
use crate::view::tree::{Element, NodeId};
use crate::view::value::Val;
use crate::world::route::PageId;

/// What is left of an animation when its time is over, or of its clearing.
#[derive(Debug)]
pub(super) struct Animated {
    page: PageId,
    nodes: Vec<NodeId>,
    /// The first and the last key frame.
    frames: Option<[Val; 2]>,
    callback: Option<Callable>,
}

impl Core {
    /// A method about animations of a page or component.
    pub(super) fn animation(&mut self, instance: u32, name: &str, arguments: &[Value]) -> Value {
        match name {
            "animate" => self.animate(instance, arguments),
            "clearAnimation" => self.clear_animation(instance, arguments),
            other => self.unsupported(&format!("this.{other}")),
        }
        Value::Undefined
    }

    fn animate(&mut self, instance: u32, arguments: &[Value]) {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let Some((page, nodes)) = self.meant(instance, argument(0)) else {
            return;
        };
        if !argument(3).get("scrollSource").is_undefined() {
            return;
        }
        let frame = |value: Option<&Value>| value.cloned().map_or(Val::Undefined, Val::from);
        let (first, last) = (argument(1).items().first(), argument(1).items().last());
        let frames = [frame(first), frame(last)];
        if argument(1).items().len() > 1 {
            self.each_element(page, &nodes, |own| own.animate(&frames[0]));
        }
        #[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
        let ms = argument(2).as_f64().unwrap_or_default() as i64;
        let at = self.world.now().plus(ms.max(RENDER_MS));
        let animated = Animated {
            page,
            nodes,
            frames: Some(frames),
            callback: function(argument(3)),
        };
        self.queue.push_idle(at, Work::Animated(Box::new(animated)));
    }

    fn clear_animation(&mut self, instance: u32, arguments: &[Value]) {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let Some((page, nodes)) = self.meant(instance, argument(0)) else {
            return;
        };
        let names: Option<Vec<Rc<str>>> = match Val::from(argument(1).clone()) {
            Val::Object(members) if !members.is_empty() => {
                let asked = members.iter().filter(|(_, value)| to_bool(value));
                Some(asked.map(|(name, _)| Rc::clone(name)).collect())
            }
            _ => None,
        };
        self.each_element(page, &nodes, |own| own.clear_animation(names.as_deref()));
        let callback = function(argument(1)).or_else(|| function(argument(2)));
        let animated = Animated {
            page,
            nodes,
            frames: None,
            callback,
        };
        self.later(RENDER_MS, Work::Animated(Box::new(animated)));
    }

    /// The nodes of a page or component that a selector means.
    fn meant(&self, instance: u32, selector: &Value) -> Option<(PageId, Vec<NodeId>)> {
        let (page, host) = self.views.place(instance)?;
        let tree = self.views.trees.get(&page)?;
        let selector = Selector::of_client(selector.as_str().unwrap_or_default());
        Some((page, find_all(tree, host, &selector)))
    }

    fn each_element(&mut self, page: PageId, nodes: &[NodeId], run: impl Fn(&mut Element)) {
        let Some(tree) = self.views.tree_mut(page) else {
            return;
        };
        for node in nodes {
            if let Some(element) = tree.find_mut(*node).and_then(|node| node.element_mut()) {
                run(element);
            }
        }
    }
}

fn function(value: &Value) -> Option<Callable> {
    match value {
        Value::Function(function) => Some(function.clone()),
        _ => None,
    }
}

impl Sim {
    /// An animation is at its end, or was cleared: its callback runs while the page is there.
    pub(super) fn animated(&mut self, animated: &Animated) {
        let Animated {
            page,
            nodes,
            frames,
            callback,
        } = animated;
        let is_open = self.with(|core| {
            if let Some([first, last]) = frames {
                core.each_element(*page, nodes, |own| {
                    own.clear_animation(Some(&names(first)));
                    own.animate(last);
                });
            }
            core.views.trees.contains_key(page)
        });
        if let Some(callback) = callback.as_ref().filter(|_| is_open) {
            let place = "at animate callback function";
            self.task(Cause::Render, false, place, |sim| {
                sim.engine.apply(callback, &[]).map(drop)
            });
        }
    }
}

/// Names of the members of a key frame.
fn names(frame: &Val) -> Vec<Rc<str>> {
    match frame {
        Val::Object(members) => members.iter().map(|(name, _)| Rc::clone(name)).collect(),
        _ => Vec::new(),
    }
}
