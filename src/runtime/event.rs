//! Events of the view: handlers they meet are run, with what scripts learn of them.
//!
//! Official pages: `framework/view/wxml/event` (the event object) and
//! `framework/custom-component/events` (`triggerEvent`).

use std::rc::Rc;

use super::core::Core;
use super::sim::Sim;
use super::trace::{Event, json as trace_json};
use super::wxs_handlers::Happening;
use crate::value::{Exception, Value};
use crate::view::bubbling::{Stop, Travel, stops};
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::Val;
use crate::world::route::PageId;

/// Hooks of pages with the page lifetimes of components.
const PAGE_LIFETIMES: &[(&str, &str)] = &[
    ("onShow", "show"),
    ("onHide", "hide"),
    ("onResize", "resize"),
    ("onRouteDone", "routeDone"),
];

impl Core {
    /// `triggerEvent` of a component: the handlers that it meets, as scripts run them.
    pub(super) fn triggered(&mut self, instance: u32, name: &str, options: &Value) -> Value {
        let flag = |key: &str| options.get(key).as_bool() == Some(true);
        let travel = Travel {
            bubbles: flag("bubbles"),
            composed: flag("composed"),
            captures: flag("capturePhase"),
        };
        let Some((page, node)) = self.views.place(instance) else {
            return Value::Array(Vec::new());
        };
        self.calls_of(page, node, name, travel)
    }

    /// The handlers that an event of a component meets. Official page:
    /// `framework/view/interactive-animation`: functions of WXS modules hear of no such event.
    pub(super) fn calls_of(
        &mut self,
        page: PageId,
        node: NodeId,
        name: &str,
        travel: Travel,
    ) -> Value {
        let Some(tree) = self.views.trees.get(&page) else {
            return Value::Array(Vec::new());
        };
        let mut met = stops(tree, node, name, travel);
        let all = met.len();
        met.retain(|stop| self.wxs_function(&stop.handler).is_none());
        let calls = met.iter().map(|stop| call(page, tree, stop)).collect();
        if met.len() < all {
            let text =
                format!("WXS functions answer events of built-in components, not \"{name}\".");
            self.console("warn", text);
        }
        Value::Array(calls)
    }

    /// Tells the trace of an event that a component triggers.
    pub(super) fn tell_triggered(&mut self, instance: u32, event: &str, detail: &Value) {
        let page = self.views.place(instance);
        self.tell_event(page.map_or(PageId(0), |(page, _)| page), event, detail);
    }

    /// Tells the trace of an event that is triggered on a page.
    pub(super) fn tell_event(&mut self, page: PageId, event: &str, detail: &Value) {
        let (event, detail) = (event.to_owned(), trace_json(detail));
        self.emit(|| Event::Triggered {
            page: page.0,
            event,
            detail,
        });
    }
}

/// One handler as scripts run it.
pub(super) fn call(page: PageId, tree: &Tree, stop: &Stop) -> Value {
    let host = tree.node(stop.current).host;
    let host = tree
        .node(host)
        .component()
        .map_or(0, |component| component.instance);
    let marks = stop
        .marks
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_value()));
    let handler = match &stop.handler {
        Val::Text(name) => Value::from(&**name),
        other => other.to_value(),
    };
    Value::object([
        ("host", host.into()),
        ("handler", handler),
        ("target", subject(tree, stop.target)),
        ("currentTarget", subject(tree, stop.current)),
        ("mark", Value::Object(marks.collect())),
        ("page", page.0.into()),
        (
            "nodes",
            Value::Array(vec![stop.target.0.into(), stop.current.0.into()]),
        ),
    ])
}

/// An element as events show it.
pub(super) fn subject(tree: &Tree, node: NodeId) -> Value {
    let element = tree.find(node).and_then(|node| node.element());
    let (id, dataset) = element.map_or_else(
        || (Rc::from(""), Value::object([])),
        |element| (Rc::clone(&element.id), dataset(element)),
    );
    Value::object([
        ("id", (&*id).into()),
        // Worked out when a script reads them.
        ("offsetLeft", Value::Undefined),
        ("offsetTop", Value::Undefined),
        ("dataset", dataset),
    ])
}

/// `data-*` of an element as an object.
pub(super) fn dataset(element: &Element) -> Value {
    let members = element.dataset.iter();
    Value::Object(
        members
            .map(|(name, value)| (name.to_string(), value.to_value()))
            .collect(),
    )
}

impl Sim {
    /// Components that came to the screen with this render: `ready`.
    pub(super) fn components_ready(&mut self, page: PageId) -> Result<(), Exception> {
        let fresh = self.with(|core| core.take_fresh(page));
        if fresh.is_empty() {
            return Ok(());
        }
        self.engine
            .call("componentsReady", &[Value::Array(fresh)])
            .map(drop)
    }

    /// Components of a page hear of what happens to it (`pageLifetimes`).
    pub(super) fn page_lifetime(
        &mut self,
        page: PageId,
        hook: &str,
        argument: Option<Value>,
    ) -> Result<(), Exception> {
        let Some((_, name)) = PAGE_LIFETIMES.iter().find(|(own, _)| *own == hook) else {
            return Ok(());
        };
        // The page's own are among its hooks.
        let components = self.with(|core| core.page_components(page));
        let below = components
            .into_iter()
            .skip(1)
            .map(Value::from)
            .collect::<Vec<_>>();
        if below.is_empty() {
            return Ok(());
        }
        let argument = Value::Array(argument.into_iter().collect());
        let arguments = [Value::Array(below), (*name).into(), argument];
        self.engine.call("pageLifetime", &arguments).map(drop)
    }

    /// The components of a page that closes are detached.
    pub(super) fn close_view(&mut self, page: PageId) -> Result<(), Exception> {
        let detached = self.with(|core| core.close_view(page));
        if !detached.is_empty() {
            let detached = detached.into_iter().map(Value::from).collect();
            self.engine
                .call("componentsDetached", &[Value::Array(detached)])?;
        }
        self.with(|core| core.forget_view(page));
        Ok(())
    }

    /// Runs the handlers that an event of a node meets; more members of the event in `more`. Gives what
    /// the last one returned.
    pub(super) fn dispatch(
        &mut self,
        page: PageId,
        node: NodeId,
        event: &str,
        travel: Travel,
        detail: Value,
        more: Value,
    ) -> Result<Value, Exception> {
        let met = self.with(|core| {
            let tree = core.views.trees.get(&page);
            tree.map_or_else(Vec::new, |tree| stops(tree, node, event, travel))
        });
        let event = Happening {
            page,
            name: event,
            detail,
            more,
        };
        let next = self.pass_handlers(met, &event);
        self.follow_handlers(next, &event)
    }
}
