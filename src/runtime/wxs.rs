//! WXS: scripts of templates.
//!
//! Official pages: `reference/wxs`. They run in an engine of their own, which is started with the first
//! module; functions of the two engines never meet, so that a module cannot call into the program or
//! the program into a module. Each file is one module of the whole program.
//!
//! Differs from the client: the language is not narrowed to what WXS has; a module that uses more (such as
//! `new`) runs here and does not compile there.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::engine::{Engine, Host, Limits, ModuleSource, Throw};
use crate::value::{Callable, Exception, Value};
use crate::view::Modules;
use crate::view::program::ModuleCode;
use crate::view::template::beside;
use crate::view::value::Val;

/// The script that shapes the engine.
const PRELUDE: &[(&str, &str)] = &[("wxsim:90", include_str!("../../js-prelude/90_wxs.js"))];

/// Something a module said: the console's level and the text.
pub(super) type Line = (&'static str, String);

/// What modules run with.
struct WxsHost {
    /// Reads a file of the project.
    read: Box<dyn Fn(&str) -> Option<String>>,
    /// Code written in templates, by the name under which it is compiled, with lines in front.
    inline: RefCell<BTreeMap<String, String>>,
    lines: RefCell<Vec<Line>>,
    now_unix_ms: Cell<i64>,
    utc_offset_s: i32,
}

const OPERATIONS: &[&str] = &["console", "beside"];

impl Host for WxsHost {
    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        let text = |at: usize| arguments.get(at).and_then(Value::as_str).unwrap_or_default();
        if OPERATIONS[index] == "beside" {
            return Ok(beside(text(0), text(1), ".wxs").into());
        }
        let level = ["log", "info", "warn", "error", "debug"].into_iter();
        let level = level.clone().find(|level| *level == text(0)).unwrap_or("log");
        let parts = arguments.iter().skip(1);
        let parts: Vec<String> = parts
            .map(|value| value.as_str().map_or_else(|| value.show(4), str::to_owned))
            .collect();
        self.lines.borrow_mut().push((level, parts.join(" ")));
        Ok(Value::Undefined)
    }

    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw> {
        let inline = self.inline.borrow().get(path).cloned();
        let code = inline.or_else(|| (self.read)(path));
        let code = code.ok_or_else(|| Throw::error(format!("module {path} is not defined")))?;
        Ok(ModuleSource {
            code,
            strict: false,
            original: None,
        })
    }

    fn now_unix_ms(&self) -> i64 {
        self.now_unix_ms.get()
    }

    fn utc_offset_s(&self) -> i32 {
        self.utc_offset_s
    }
}

/// The modules of one run of the program.
pub(super) struct WxsModules {
    host: Rc<WxsHost>,
    limits: Limits,
    engine: Option<Engine>,
    exports: BTreeMap<String, Val>,
}

impl WxsModules {
    /// Modules that read the project's files.
    pub(super) fn new(
        read: Box<dyn Fn(&str) -> Option<String>>,
        limits: Limits,
        utc_offset_s: i32,
    ) -> Self {
        Self {
            host: Rc::new(WxsHost {
                read,
                inline: RefCell::default(),
                lines: RefCell::default(),
                now_unix_ms: Cell::new(0),
                utc_offset_s,
            }),
            limits,
            engine: None,
            exports: BTreeMap::new(),
        }
    }

    /// Sets the time that modules see.
    pub(super) fn set_now(&self, unix_ms: i64) {
        self.host.now_unix_ms.set(unix_ms);
    }

    /// What modules said since this was asked last.
    pub(super) fn take_lines(&self) -> Vec<Line> {
        std::mem::take(&mut self.host.lines.borrow_mut())
    }

    fn run(&mut self, function: &str, arguments: &[Value]) -> Result<Value, Exception> {
        if self.engine.is_none() {
            let host: Rc<dyn Host> = Rc::clone(&self.host) as Rc<dyn Host>;
            self.engine = Some(Engine::start(host, self.limits, PRELUDE, &[])?);
        }
        match &mut self.engine {
            Some(engine) => engine.call(function, arguments),
            None => Ok(Value::Undefined),
        }
    }

    /// The result of a run; what it threw goes to the console.
    fn told(&mut self, outcome: Result<Value, Exception>) -> Val {
        match outcome {
            Ok(value) => Val::from(value).map_functions(&|function| {
                let name = function.name.clone();
                Val::Function(Callable::new(name, Rc::new(OfModule(function.clone()))))
            }),
            Err(exception) => {
                let place = exception.stack.first().map(ToString::to_string);
                let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
                let text = format!("WXS: {place}{}", exception.headline());
                self.host.lines.borrow_mut().push(("error", text));
                Val::Undefined
            }
        }
    }
}

/// A function of a module, as the rest of the simulator holds it.
struct OfModule(Callable);

/// A function of the program, as modules hold it: they can only hand it back.
struct OfProgram(Callable);

impl Modules for WxsModules {
    fn call(&mut self, function: &Callable, arguments: &[Val]) -> Val {
        let Some(OfModule(own)) = function.inner::<OfModule>() else {
            return Val::Undefined;
        };
        let mut values = vec![Value::Function(own.clone())];
        for argument in arguments {
            let inside = argument.map_functions(&|function| match function.inner::<OfModule>() {
                Some(OfModule(own)) => Val::Function(own.clone()),
                None => {
                    let hidden = Rc::new(OfProgram(function.clone()));
                    Val::Function(Callable::new(function.name.clone(), hidden))
                }
            });
            values.push(inside.to_value());
        }
        let outcome = self.run("call", &values);
        self.told(outcome)
    }

    fn exports(&mut self, code: &ModuleCode, template: &str) -> Val {
        let path = match code {
            ModuleCode::File(path) => path.to_string(),
            ModuleCode::Inline { line, .. } => format!("{template}:{line}"),
        };
        if let Some(known) = self.exports.get(&path) {
            return known.clone();
        }
        let key = match code {
            ModuleCode::File(_) => path.clone(),
            ModuleCode::Inline { code, line } => {
                // Line breaks in front bring positions to those of the template.
                let lines = usize::try_from(*line).unwrap_or(1).saturating_sub(1);
                let text = format!("{}{code}", "\n".repeat(lines));
                let key = template.to_owned();
                // Several modules of one template have names of their own.
                let taken = self.host.inline.borrow().contains_key(&key);
                let key = if taken { path.clone() } else { key };
                self.host.inline.borrow_mut().insert(key.clone(), text);
                key
            }
        };
        let outcome = self.run("exports", &[key.into()]);
        let exports = self.told(outcome);
        self.exports.insert(path, exports.clone());
        exports
    }
}
