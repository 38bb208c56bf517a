//! WXS: the modules of templates, run in an engine of their own that starts with the first of them.
//!
//! Official pages: `reference/wxs/`, `framework/view/interactive-animation`. What the modules cause
//! (console lines, errors) is kept until [`WxsModules::take_reports`], because templates are rendered
//! while a script of the logic layer runs.
//!
//! Differs from the client: a module that throws or does not compile is told once, not at each
//! render, and modules that require each other see what is there so far.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::core::Core;
use super::exception_words::name_what_failed;
use super::trace::{ErrorKind, Event, Fault};
use super::wxs_lists::{Kept, Lists};
use crate::diagnostic::Diagnostic;
use crate::engine::{Host, Limits, ModuleSource, OriginalPlace, Throw, Wxs};
use crate::package::{CheckedWxs, Files, Project, check_wxs, wxs_path};
use crate::value::{Callable, Exception, Frame, Value};
use crate::view::Modules;
use crate::view::program::ModuleCode;
use crate::view::value::Val;
use crate::world::rng::number_of;

/// The scripts of the modules' engine.
const PRELUDE: &[(&str, &str)] = &[("wxsim:90", include_str!("../../js-prelude/90_wxs.js"))];

/// What event handlers ask of the nodes of a page and do to them.
pub(super) trait Descriptors {
    /// Carries out a method of a node's `ComponentDescriptor`, by its name.
    ///
    /// `selectComponent` gives a node's number or `undefined`, `selectAllComponents` an array of
    /// numbers; the arguments of `requestAnimationFrame` and `setTimeout` are a timer's number, for
    /// [`WxsModules::timer`], and milliseconds, that of `clearTimeout` is the number.
    fn ask(&self, node: u32, method: &str, arguments: &[Value]) -> Value;
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
    /// The modules of a project; nothing runs yet. `seed` is that of `Math.random`.
    pub(super) fn new(
        project: Rc<Project>,
        files: Rc<dyn Files>,
        utc_offset_s: i32,
        seed: u64,
        limits: Limits,
    ) -> Self {
        let host = WxsHost {
            project,
            files,
            utc_offset_s,
            seed,
            drawn: Cell::new(0),
            now_unix_ms: Cell::new(0),
            inline: RefCell::default(),
            refused: RefCell::default(),
            kept: RefCell::default(),
            reports: RefCell::default(),
            descriptors: RefCell::default(),
        };
        Self {
            host: Rc::new(host),
            limits,
            engine: None,
            lists: Lists::default(),
            files: BTreeMap::new(),
            inline: BTreeMap::new(),
        }
    }

    /// Tells the time that modules read.
    pub(super) fn set_now(&mut self, unix_ms: i64) {
        self.host.now_unix_ms.set(unix_ms);
    }

    /// What modules caused since the last time, in order; an error that comes again is left out.
    pub(super) fn take_reports(&mut self) -> Vec<Report> {
        std::mem::take(&mut *self.host.reports.borrow_mut())
    }

    /// Runs an event handler; `false` is what stops the event.
    pub(super) fn handle(
        &mut self,
        handler: &Callable,
        event: &Val,
        [node, owner]: [u32; 2],
        descriptors: Rc<dyn Descriptors>,
    ) -> Val {
        let place = format!("at WXS event handler {}", handler.name);
        self.with_nodes(descriptors, &place, |engine| {
            engine.handle(handler, event.to_value(), node, owner)
        })
    }

    /// Runs the function of a `change:NAME` attribute of a node.
    pub(super) fn changed(
        &mut self,
        function: &Callable,
        [value, old]: [&Val; 2],
        [node, owner]: [u32; 2],
        descriptors: Rc<dyn Descriptors>,
    ) {
        let place = format!("at WXS property observer {}", function.name);
        let values = [value.to_value(), old.to_value()];
        self.with_nodes(descriptors, &place, |engine| {
            engine.changed(function, values, node, owner)
        });
    }

    /// Runs the callback of a timer that a handler started.
    pub(super) fn timer(&mut self, number: u32, descriptors: Rc<dyn Descriptors>) {
        self.with_nodes(descriptors, "at WXS timer", |engine| engine.timer(number));
    }

    /// Forgets the state of nodes that are gone.
    pub(super) fn forget(&mut self, nodes: &[u32]) {
        if let Some(Err(error)) = self.engine.as_mut().map(|engine| engine.forget(nodes)) {
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
        let before = self.host.descriptors.replace(Some(descriptors));
        let result = run(engine);
        *self.host.descriptors.borrow_mut() = before;
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

/// Code that is written in a template.
struct Inline {
    template: String,
    code: Rc<str>,
    line: u32,
}

/// What modules may ask of the simulator.
struct WxsHost {
    project: Rc<Project>,
    files: Rc<dyn Files>,
    utc_offset_s: i32,
    seed: u64,
    drawn: Cell<u64>,
    now_unix_ms: Cell<i64>,
    /// Modules in templates, by key.
    inline: RefCell<BTreeMap<String, Inline>>,
    /// Why the module that was compiled last does not compile.
    refused: RefCell<Option<Diagnostic>>,
    /// Which modules keep what they are given.
    kept: RefCell<Kept>,
    reports: RefCell<Vec<Report>>,
    descriptors: RefCell<Option<Rc<dyn Descriptors>>>,
}

const OPERATIONS: &[&str] = &["console", "random", "resolve", "failed", "descriptor"];

impl Host for WxsHost {
    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str().unwrap_or_default();
        match OPERATIONS.get(index).copied().unwrap_or_default() {
            "console" => self.report(Report::Console(text(0).to_owned())),
            "random" => return Ok(self.random()),
            "resolve" => return self.resolve(text(0), text(1)).map(Value::from),
            "failed" => {
                if let Value::Error(error) = argument(0) {
                    self.fail((**error).clone(), "at WXS require");
                }
            }
            _ => {
                let descriptors = self.descriptors.borrow().clone();
                let node = super::ops::number(argument(0));
                let ask =
                    |nodes: Rc<dyn Descriptors>| nodes.ask(node, text(1), argument(2).items());
                return Ok(descriptors.map(ask).unwrap_or_default());
            }
        }
        Ok(Value::Undefined)
    }

    fn module_source(&self, key: &str) -> Result<ModuleSource, Throw> {
        self.refused.replace(None);
        let is_inline = self.inline.borrow().contains_key(key);
        if !is_inline && self.project.resolver(&*self.files).locate(key).is_none() {
            return Err(Throw::error(format!("module '{key}' is not defined")));
        }
        let (checked, first_line) = match self.inline.borrow().get(key) {
            Some(own) => (check_wxs(&own.template, &own.code, own.line), own.line),
            None => (self.file_code(key), 1),
        };
        let checked = checked.map_err(|error| {
            let message = error.message.clone();
            self.refused.replace(Some(error));
            Throw {
                class: "SyntaxError",
                message,
            }
        })?;
        let original = (first_line > 1).then(|| {
            let skipped = first_line - 1;
            Box::new(move |line: u32, column| Some((line + skipped, column))) as Box<OriginalPlace>
        });
        if !checked.keeps_arguments {
            self.kept.borrow_mut().taint(key);
        }
        Ok(ModuleSource {
            code: checked.code,
            strict: false,
            original,
        })
    }

    fn now_unix_ms(&self) -> i64 {
        self.now_unix_ms.get()
    }

    fn utc_offset_s(&self) -> i32 {
        self.utc_offset_s
    }
}

impl WxsHost {
    /// The checked code of a file.
    fn file_code(&self, path: &str) -> Result<CheckedWxs, Diagnostic> {
        let text = self.project.resolver(&*self.files).read_code(path)?;
        check_wxs(path, &text, 1)
    }

    /// Keeps code of a template and gives its key.
    fn add_inline(&self, template: &str, code: &Rc<str>, line: u32) -> String {
        let mut inline = self.inline.borrow_mut();
        let key = format!("{template}#{}", inline.len() + 1);
        let own = Inline {
            template: template.to_owned(),
            code: Rc::clone(code),
            line,
        };
        inline.insert(key.clone(), own);
        key
    }

    /// The file that a module is in.
    fn file(&self, key: &str) -> String {
        let inline = self.inline.borrow();
        let template = inline.get(key).map(|own| own.template.as_str());
        template.unwrap_or(key).to_owned()
    }

    /// The file that `require(specifier)` means in a module.
    fn resolve(&self, key: &str, specifier: &str) -> Result<String, Throw> {
        let from = self.file(key);
        let error =
            |why: &str| Throw::error(format!("{why}, require args is '{specifier}' in {from}"));
        if !specifier.ends_with(".wxs") {
            return Err(error("WXS requires only .wxs files by their whole name"));
        }
        let path = wxs_path(&from, specifier);
        let path = path.ok_or_else(|| error("the path leads out of the mini program's code"))?;
        match self.project.resolver(&*self.files).locate(&path) {
            Some(_) => {
                self.kept.borrow_mut().join(key, &path);
                Ok(path)
            }
            None => Err(error(&format!("module '{path}' is not defined"))),
        }
    }

    fn random(&self) -> Value {
        let drawn = self.drawn.get() + 1;
        self.drawn.set(drawn);
        let bits = number_of(self.seed, "wxs", drawn) >> 11;
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        Value::Number(bits as f64 / (1_u64 << 53) as f64)
    }

    fn report(&self, report: Report) {
        self.reports.borrow_mut().push(report);
    }

    /// Keeps an error whose frames name keys of modules.
    fn fail(&self, mut error: Exception, place: &str) {
        for frame in &mut error.stack {
            frame.file = self.file(&frame.file);
        }
        if let Some(refused) = self.refused.take()
            && error.name == "SyntaxError"
        {
            error.message = refused.message;
            if !refused.help.is_empty() {
                error.message = format!("{}: {}", error.message, refused.help);
            }
            if let Some(place) = refused.place {
                let (file, line, column) = (place.file, place.line, place.column);
                let function = String::new();
                error.stack.insert(
                    0,
                    Frame {
                        function,
                        file,
                        line,
                        column,
                    },
                );
            }
        }
        let report = Report::Error(error, place.to_owned());
        let mut reports = self.reports.borrow_mut();
        if !reports.contains(&report) {
            reports.push(report);
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
