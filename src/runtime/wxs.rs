//! WXS: the modules of templates, run in an engine of their own that starts with the first of them.
//!
//! Official pages: `reference/wxs/`, `framework/view/interactive-animation`. What the modules cause
//! (console lines, errors) is kept until [`WxsModules::take_reports`], because templates are rendered
//! while a script of the logic layer runs.
//!
//! Differs from the client: a module that throws or does not compile is told once, not at each
//! render, lines of the console that repeat are told each time, and modules that require each other
//! see what is there so far.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::code::Code;
use super::core::Core;
use super::exception_words::name_what_failed;
use super::trace::{ErrorKind, Event, Fault};
use super::wxs_host::{WxsHost, number_of_node};
use super::wxs_lists::Lists;
use crate::engine::{Host, Limits, Wxs};
use crate::value::{Callable, Exception, Value};
use crate::view::Modules;
use crate::view::program::ModuleCode;
use crate::view::tree::NodeId;
use crate::view::value::Val;
use crate::world::route::PageId;

/// The scripts of the modules' engine.
const PRELUDE: &[(&str, &str)] = &[("wxsim:90", include_str!("../../js-prelude/90_wxs.js"))];

/// What event handlers ask of the nodes of a page and do to them.
pub(super) trait Descriptors {
    /// Carries out a method of a node's `ComponentDescriptor`, by its name.
    ///
    /// `selectComponent` gives the number of a node of the page or `undefined`,
    /// `selectAllComponents` an array of numbers; the arguments of `requestAnimationFrame` and `setTimeout` are a timer's number, for
    /// [`WxsModules::timer`], and milliseconds, that of `clearTimeout` is the number.
    fn ask(&self, page: PageId, node: NodeId, method: &str, arguments: &[Value]) -> Value;
}

/// What a module caused besides its values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Report {
    /// A line of `console.log`.
    Console(String),
    /// An error, with its place in words.
    Error(Exception, String),
}

/// The modules of a program.
pub(super) struct WxsModules {
    host: Rc<WxsHost>,
    limits: Limits,
    engine: Option<Wxs>,
    lists: Lists,
    /// What modules export, by file and by place in a template.
    files: BTreeMap<Rc<str>, Val>,
    inline: BTreeMap<(Rc<str>, u32, Rc<str>), Val>,
}

impl WxsModules {
    /// The modules of a program; nothing runs yet. `seed` is that of `Math.random`.
    pub(super) fn new(code: Code, utc_offset_s: i32, seed: u64, limits: Limits) -> Self {
        Self {
            host: Rc::new(WxsHost::new(code, utc_offset_s, seed)),
            limits,
            engine: None,
            lists: Lists::default(),
            files: BTreeMap::new(),
            inline: BTreeMap::new(),
        }
    }

    /// Tells the time that modules read.
    pub(super) fn set_now(&mut self, unix_ms: i64) {
        self.host.set_now(unix_ms);
    }

    /// What modules caused since the last time, in order; an error that comes again is left out.
    pub(super) fn take_reports(&mut self) -> Vec<Report> {
        self.host.take_reports()
    }

    /// Whether a function is one of a module.
    pub(super) fn owns(&self, function: &Callable) -> bool {
        let engine = self.engine.as_ref();
        engine.is_some_and(|engine| engine.owns(function))
    }

    /// Runs an event handler of a node, whose component or page is the `owner`; `false` is what
    /// stops the event.
    pub(super) fn handle(
        &mut self,
        handler: &Callable,
        event: &Val,
        page: PageId,
        [node, owner]: [NodeId; 2],
        descriptors: Rc<dyn Descriptors>,
    ) -> Val {
        let place = format!("at WXS event handler {}", handler.name);
        let nodes = [node, owner].map(|node| number_of_node(page, node));
        self.with_nodes(descriptors, &place, |engine| {
            engine.handle(handler, event.to_value(), nodes)
        })
    }

    /// Runs the function of a `change:NAME` attribute of a node with the value and the one before.
    pub(super) fn changed(
        &mut self,
        function: &Callable,
        values: [&Val; 2],
        page: PageId,
        [node, owner]: [NodeId; 2],
        descriptors: Rc<dyn Descriptors>,
    ) {
        let place = format!("at WXS property observer {}", function.name);
        let values = values.map(Val::to_value);
        let nodes = [node, owner].map(|node| number_of_node(page, node));
        self.with_nodes(descriptors, &place, |engine| {
            engine.changed(function, values, nodes)
        });
    }

    /// Runs the callback of a timer that a handler started.
    pub(super) fn timer(&mut self, number: u32, descriptors: Rc<dyn Descriptors>) {
        self.with_nodes(descriptors, "at WXS timer", |engine| engine.timer(number));
    }

    /// Forgets the state of nodes that are gone.
    pub(super) fn forget(&mut self, page: PageId, nodes: &[NodeId]) {
        for node in nodes {
            let number = number_of_node(page, *node);
            self.forget_numbers(number, number + 1);
        }
    }

    /// Forgets the state of all nodes of a page that is closed.
    pub(super) fn forget_page(&mut self, page: PageId) {
        let first = number_of_node(page, NodeId(0));
        self.forget_numbers(first, number_of_node(page, NodeId(u32::MAX)) + 1);
    }

    fn forget_numbers(&mut self, from: u64, to: u64) {
        if let Some(Err(error)) = self.engine.as_mut().map(|engine| engine.forget(from, to)) {
            self.host.fail(error, "at WXS node removal");
        }
    }

    fn with_nodes(
        &mut self,
        descriptors: Rc<dyn Descriptors>,
        place: &str,
        run: impl FnOnce(&mut Wxs) -> Result<Value, Exception>,
    ) -> Val {
        let Some(engine) = &mut self.engine else {
            return Val::Undefined;
        };
        let before = self.host.answer_by(Some(descriptors));
        let result = run(engine);
        self.host.answer_by(before);
        self.value(result, place)
    }

    fn value(&self, result: Result<Value, Exception>, place: &str) -> Val {
        match result {
            Ok(value) => Val::from(value),
            Err(error) => {
                self.host.fail(error, place);
                Val::Undefined
            }
        }
    }

    /// What a module exports, by its key.
    fn load(&mut self, key: &str) -> Val {
        let host: Rc<dyn Host> = Rc::<WxsHost>::clone(&self.host);
        let place = format!("at WXS module {}", self.host.file(key));
        let engine = match self.engine.take() {
            Some(engine) => Ok(engine),
            None => Wxs::start(host, self.limits, PRELUDE),
        };
        let result = match engine {
            Ok(engine) => self.engine.insert(engine).load(key),
            Err(error) => Err(error),
        };
        let mut exports = self.value(result, &place);
        self.own(&mut exports, key, "");
        exports
    }

    /// Functions that a module exports are called by their member's name when they have none, and
    /// known as the module's.
    fn own(&mut self, exported: &mut Val, key: &str, member: &str) {
        match exported {
            Val::Function(function) => {
                if function.name.is_empty() {
                    member.clone_into(&mut function.name);
                }
                self.lists.own(function, key);
            }
            Val::Object(fields) if member.is_empty() => {
                let fields = Rc::make_mut(fields);
                let names: Vec<Rc<str>> = fields.iter().map(|(name, _)| Rc::clone(name)).collect();
                for name in names {
                    self.own(fields.get_mut(&name), key, &name);
                }
            }
            _ => {}
        }
    }
}

impl Modules for WxsModules {
    fn call(&mut self, function: &Callable, arguments: &[Val]) -> Val {
        let Some(engine) = &mut self.engine else {
            return Val::Undefined;
        };
        let arguments = self
            .lists
            .arguments(engine, &self.host.kept, function, arguments);
        match engine.call(function, &arguments) {
            Ok(value) => Val::from(value),
            Err(error) => {
                let place = format!("at WXS function {}", function.name);
                self.host.fail(error, &place);
                Val::Undefined
            }
        }
    }

    fn exports(&mut self, code: &ModuleCode, template: &str) -> Val {
        match code {
            ModuleCode::File(path) => {
                if let Some(known) = self.files.get(path) {
                    return known.clone();
                }
                let exports = self.load(path);
                self.files.insert(Rc::clone(path), exports.clone());
                exports
            }
            ModuleCode::Inline { code, line } => {
                let place = (Rc::from(template), *line, Rc::clone(code));
                if let Some(known) = self.inline.get(&place) {
                    return known.clone();
                }
                let key = self.host.add_inline(template, code, *line);
                let exports = self.load(&key);
                self.inline.insert(place, exports.clone());
                exports
            }
        }
    }
}

impl Core {
    /// Tells what WXS modules caused. The app's own error handlers do not hear of it: it happens in
    /// the view.
    pub(super) fn tell_wxs(&mut self, reports: Vec<Report>) {
        for report in reports {
            match report {
                Report::Console(text) => self.console("log", text),
                Report::Error(mut exception, place) => {
                    let source_line = self.code.line(exception.stack.first());
                    name_what_failed(&mut exception, &source_line);
                    let kind = match exception.limit {
                        Some(_) => ErrorKind::Limit,
                        None => ErrorKind::Exception,
                    };
                    self.emit(|| Event::Error {
                        kind,
                        place,
                        fault: Fault::App,
                        exception,
                        source_line,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "wxs_tests.rs"]
mod tests;
