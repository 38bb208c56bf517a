//! Functions of WXS modules that answer events and changes: when they run, and what follows.
//!
//! Official page: `framework/view/interactive-animation`. They run in the view: a handler when the event
//! passes its node, a `change:` function when the page is rendered, a timer or frame when time passes it.
//! What they ask of the logic layer follows in the order of the event's way. A handler that gives `false`
//! ends the way behind its node.
//!
//! Unverified: `false` keeps no built-in component from what it does; a `change:` function hears of a value
//! that is the same one as before only the first time, as in the published framework (the page speaks of
//! every time it is set).

use std::rc::Rc;

use super::RENDER_MS;
use super::core::Core;
use super::event::call;
use super::sim::Sim;
use super::trace::{Cause, Event, json};
use super::wxs::{Descriptors, WxsModules};
use super::wxs_nodes::{Next, Nodes};
use crate::value::{Callable, Exception, Value};
use crate::view::bubbling::Stop;
use crate::view::tree::NodeId;
use crate::view::value::Val;
use crate::world::route::PageId;

/// A `change:` function that has to hear of a value.
pub(super) struct Changed {
    node: NodeId,
    function: Callable,
    /// The value and the one before.
    values: [Val; 2],
}

/// An event that handlers hear of.
pub(super) struct Happening<'a> {
    pub(super) page: PageId,
    pub(super) name: &'a str,
    pub(super) detail: Value,
    /// More members.
    pub(super) more: Value,
}

impl Core {
    /// The function of a WXS module that a value is.
    pub(super) fn wxs_function(&self, value: &Val) -> Option<Callable> {
        let Val::Function(function) = value else {
            return None;
        };
        let modules = self.views.modules.as_ref()?;
        modules.owns(function).then(|| function.clone())
    }

    /// A `change:` function has to hear of a value when the page is rendered.
    pub(super) fn wxs_change(
        &mut self,
        page: PageId,
        node: NodeId,
        function: &Val,
        values: [Val; 2],
    ) {
        let Some(function) = self.wxs_function(function) else {
            return;
        };
        let changed = Changed {
            node,
            function,
            values,
        };
        self.views.changes.entry(page).or_default().push(changed);
        if self.renders.ready.contains(&page) {
            self.needs_render(page, RENDER_MS);
        }
    }

    /// Tells the trace of a function; gives the node of its component or page, unless its own is gone.
    fn tell_function(
        &mut self,
        page: PageId,
        node: NodeId,
        function: &Callable,
        argument: &Value,
    ) -> Option<NodeId> {
        let tree = self.views.trees.get(&page)?;
        let host = tree.find(node)?.host;
        let owner = tree.node(host).component()?.path.to_string();
        let (function, argument) = (function.name.clone(), json(argument));
        self.emit(|| Event::Wxs {
            owner,
            page: page.0,
            function,
            argument,
        });
        Some(host)
    }
}

impl Sim {
    /// Runs a function in the view; gives what it gave and what the logic layer has to do.
    fn in_wxs<T>(
        &mut self,
        run: impl FnOnce(&mut WxsModules, Rc<dyn Descriptors>) -> T,
    ) -> Option<(T, Vec<Next>)> {
        let mut modules = self.with(|core| {
            let mut modules = core.views.modules.take()?;
            modules.set_now(core.world.now().0);
            Some(modules)
        })?;
        let nodes = Rc::new(Nodes::new(Rc::clone(&self.host)));
        let given = run(&mut modules, Rc::<Nodes>::clone(&nodes));
        let reports = modules.take_reports();
        self.with(|core| {
            core.views.modules = Some(modules);
            core.tell_wxs(reports);
        });
        Some((given, nodes.take_next()))
    }

    /// Lets the event pass the handlers that are functions of WXS modules; gives what the logic layer
    /// hears of it.
    pub(super) fn pass_handlers(&mut self, met: Vec<Stop>, event: &Happening<'_>) -> Vec<Next> {
        let mut next = Vec::new();
        let mut last: Option<(NodeId, bool)> = None;
        for stop in met {
            if last.is_some_and(|place| place != (stop.current, stop.is_capture)) {
                break;
            }
            if let Some(function) = self.with(|core| core.wxs_function(&stop.handler)) {
                let (given, own) = self.hear(&stop, &function, event);
                next.extend(own);
                if given == Val::Bool(false) {
                    last = Some((stop.current, stop.is_capture));
                }
                continue;
            }
            let handler = self.with(|core| {
                core.views
                    .trees
                    .get(&event.page)
                    .map(|tree| call(event.page, tree, &stop))
            });
            match next.last_mut() {
                Some(Next::Handlers(calls)) => calls.extend(handler),
                _ => next.push(Next::Handlers(handler.into_iter().collect())),
            }
        }
        next
    }

    fn hear(
        &mut self,
        stop: &Stop,
        function: &Callable,
        event: &Happening<'_>,
    ) -> (Val, Vec<Next>) {
        let (page, node) = (event.page, stop.current);
        let told = self.with(|core| {
            let mut members = vec![
                ("type".to_owned(), event.name.into()),
                ("timeStamp".to_owned(), core.time_stamp()),
            ];
            let called = call(page, core.views.trees.get(&page)?, stop);
            for name in ["target", "currentTarget", "mark"] {
                members.push((name.to_owned(), called.get(name).clone()));
            }
            let (detail, more) = core.placed(event);
            members.push(("detail".to_owned(), detail));
            if let Value::Object(more) = more {
                members.extend(more);
            }
            let object = Value::Object(members.into_iter().collect());
            let owner = core.tell_function(page, node, function, &object)?;
            Some((object, owner))
        });
        let run = told.and_then(|(object, owner)| {
            self.in_wxs(|modules, nodes| {
                modules.handle(function, &object.into(), page, [node, owner], nodes)
            })
        });
        run.unwrap_or_default()
    }

    /// The page is rendered: `change:` functions hear of the values that came.
    pub(super) fn wxs_changes(&mut self, page: PageId) {
        let changes = self.with(|core| core.views.changes.remove(&page));
        let mut next = Vec::new();
        for changed in changes.unwrap_or_default() {
            let Changed {
                node,
                function,
                values: [value, old],
            } = changed;
            let owner =
                self.with(|core| core.tell_function(page, node, &function, &value.to_value()));
            let Some(owner) = owner else {
                continue;
            };
            let run = self.in_wxs(|modules, nodes| {
                modules.changed(&function, [&value, &old], page, [node, owner], nodes);
            });
            next.extend(run.into_iter().flat_map(|((), next)| next));
        }
        self.follow_task(page, next);
    }

    /// A timer or frame of a function is due.
    pub(super) fn wxs_timer(&mut self, page: PageId, number: u32) {
        if self.with(|core| core.views.trees.contains_key(&page)) {
            let run = self.in_wxs(|modules, nodes| modules.timer(number, nodes));
            self.follow_task(page, run.map(|((), next)| next).unwrap_or_default());
        }
    }

    /// A macrotask of what functions asked of the logic layer.
    fn follow_task(&mut self, page: PageId, next: Vec<Next>) {
        if next.is_empty() {
            return;
        }
        let event = Happening {
            page,
            name: "",
            detail: Value::Undefined,
            more: Value::Undefined,
        };
        self.task(Cause::Render, false, "WXS", |sim| {
            sim.follow_handlers(next, &event).map(drop)
        });
    }

    /// The logic layer does what is next; gives what the last handler of the event returned.
    pub(super) fn follow_handlers(
        &mut self,
        next: Vec<Next>,
        event: &Happening<'_>,
    ) -> Result<Value, Exception> {
        let mut given = Value::Undefined;
        for next in next {
            match next {
                Next::Handlers(calls) => {
                    let (detail, more) = (event.detail.clone(), event.more.clone());
                    let arguments = [Value::Array(calls), event.name.into(), detail, more];
                    given = self.engine.call("viewEvent", &arguments)?;
                }
                Next::Method {
                    instance,
                    name,
                    argument,
                } => {
                    let call = Value::object([
                        ("host", instance.into()),
                        ("method", name.into()),
                        ("argument", argument),
                    ]);
                    let arguments = [Value::Array(vec![call])];
                    self.engine.call("viewEvent", &arguments)?;
                }
                Next::Trigger {
                    node,
                    name,
                    detail,
                    travel,
                } => {
                    let calls = self.with(|core| {
                        core.tell_event(event.page, &name, &detail);
                        core.calls_of(event.page, node, &name, travel)
                    });
                    if !calls.items().is_empty() {
                        let more = Value::object([]);
                        let arguments = [calls, name.into(), detail, more];
                        self.engine.call("viewEvent", &arguments)?;
                    }
                }
            }
        }
        Ok(given)
    }
}
