//! The nodes of a page as functions of WXS modules reach them: `ComponentDescriptor`.
//!
//! Official page: `framework/view/interactive-animation`. What a function asks of the logic layer
//! (`callMethod`, `triggerEvent`) is kept as [`Next`] until it is over.
//!
//! Unverified: `callMethod` of an element that is no component calls the component or page in whose
//! template it is; `selectComponent` of such an element finds nothing; frames are 16 ms apart;
//! `setStyle`, `addClass` and `removeClass` give the descriptor (tdesign-miniprogram chains them).

use std::cell::RefCell;
use std::rc::Rc;

use super::RENDER_MS;
use super::core::Core;
use super::event::dataset;
use super::ops::AppHost;
use super::query::Places;
use super::queue::Work;
use super::wxs::Descriptors;
use crate::value::Value;
use crate::view::bubbling::Travel;
use crate::view::selector::{Selector, find_all};
use crate::view::tree::{Element, NodeId};
use crate::world::route::PageId;

/// What the logic layer has to do, in order.
pub(super) enum Next {
    /// Handlers of the event that are methods.
    Handlers(Vec<Value>),
    /// `callMethod`.
    Method {
        instance: u32,
        name: String,
        argument: Value,
    },
    /// `triggerEvent`.
    Trigger {
        node: NodeId,
        name: String,
        detail: Value,
        travel: Travel,
    },
}

/// The nodes as functions reach them.
pub(super) struct Nodes {
    host: Rc<AppHost>,
    next: RefCell<Vec<Next>>,
    /// Pages that were laid out since something changed.
    places: RefCell<Places>,
}

impl Descriptors for Nodes {
    fn ask(&self, page: PageId, node: NodeId, method: &str, arguments: &[Value]) -> Value {
        let core = &mut *self.host.core.borrow_mut();
        let first = arguments.first().unwrap_or(&Value::Undefined);
        let text = first.as_str().unwrap_or_default();
        match method {
            "selectComponent" => {
                let found = core.selected(page, node, text);
                found.first().map_or(Value::Undefined, |node| node.0.into())
            }
            "selectAllComponents" => {
                let found = core.selected(page, node, text);
                Value::Array(found.into_iter().map(|node| node.0.into()).collect())
            }
            "setStyle" => self.change(core, page, node, |own| own.set_style(&first.clone().into())),
            "addClass" => self.change(core, page, node, |own| own.switch_class(text, true)),
            "removeClass" => self.change(core, page, node, |own| own.switch_class(text, false)),
            "hasClass" => {
                let element = core.element(page, node);
                let has = element.is_some_and(|own| own.classes.iter().any(|own| **own == *text));
                has.into()
            }
            "getDataset" => core.element(page, node).map_or(Value::Undefined, dataset),
            "getBoundingClientRect" => {
                let fields = ["id", "dataset", "rect", "size"].map(|name| (name, true.into()));
                let places = &mut *self.places.borrow_mut();
                core.node_facts(page, node, &Value::object(fields), places)
            }
            "getComputedStyle" => {
                let fields = Value::object([("computedStyle", first.clone())]);
                core.node_facts(page, node, &fields, &mut self.places.borrow_mut())
            }
            "requestAnimationFrame" => wait(core, page, first, RENDER_MS),
            "setTimeout" => {
                let ms = arguments.get(1).and_then(Value::as_f64).unwrap_or_default();
                #[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
                wait(core, page, first, (ms as i64).max(1))
            }
            "callMethod" => self.call_method(core, page, node, arguments),
            "triggerEvent" => self.trigger(node, arguments),
            // A timer that was cleared has no callback when its time comes.
            _ => Value::Undefined,
        }
    }
}

/// A callback of a function comes later.
fn wait(core: &mut Core, page: PageId, number: &Value, ms: i64) -> Value {
    let number = super::ops::number(number);
    let at = core.world.now().plus(ms);
    let work = Work::WxsTimer { page, number };
    core.queue.push_idle(at, work);
    Value::Undefined
}

impl Nodes {
    /// The nodes of the pages that are open.
    pub(super) fn new(host: Rc<AppHost>) -> Self {
        Self {
            host,
            next: RefCell::default(),
            places: RefCell::default(),
        }
    }

    /// What the logic layer has to do.
    pub(super) fn take_next(&self) -> Vec<Next> {
        self.next.take()
    }

    /// Changes an element; the page's own cannot be.
    fn change(
        &self,
        core: &mut Core,
        page: PageId,
        node: NodeId,
        change: impl FnOnce(&mut Element),
    ) -> Value {
        let tree = core.views.tree_mut(page);
        if let Some(tree) = tree.filter(|tree| tree.page() != node)
            && let Some(element) = tree.find_mut(node).and_then(|node| node.element_mut())
        {
            change(element);
            self.places.borrow_mut().remove(&page);
        }
        Value::Undefined
    }

    fn call_method(&self, core: &Core, page: PageId, node: NodeId, arguments: &[Value]) -> Value {
        let instance = core.views.trees.get(&page).and_then(|tree| {
            let own = tree.find(node)?;
            let component = own.component().or_else(|| tree.node(own.host).component());
            Some(component?.instance)
        });
        if let (Some(instance), Some(name)) = (instance, arguments.first().and_then(Value::as_str))
        {
            self.next.borrow_mut().push(Next::Method {
                instance,
                name: name.to_owned(),
                argument: arguments.get(1).cloned().unwrap_or_default(),
            });
        }
        Value::Undefined
    }

    fn trigger(&self, node: NodeId, arguments: &[Value]) -> Value {
        let flag = |key: &str| {
            let options = arguments.get(2);
            options.is_some_and(|options| options.get(key).as_bool() == Some(true))
        };
        if let Some(name) = arguments.first().and_then(Value::as_str) {
            self.next.borrow_mut().push(Next::Trigger {
                node,
                name: name.to_owned(),
                detail: arguments.get(1).cloned().unwrap_or_default(),
                travel: Travel {
                    bubbles: flag("bubbles"),
                    composed: flag("composed"),
                    captures: flag("capturePhase"),
                },
            });
        }
        Value::Undefined
    }
}

impl Core {
    fn element(&self, page: PageId, node: NodeId) -> Option<&Element> {
        self.views.trees.get(&page)?.find(node)?.element()
    }

    fn selected(&self, page: PageId, node: NodeId, selector: &str) -> Vec<NodeId> {
        let tree = self.views.trees.get(&page);
        let tree = tree.filter(|tree| tree.find(node).is_some());
        tree.map_or_else(Vec::new, |tree| {
            find_all(tree, node, &Selector::of_client(selector))
        })
    }
}
