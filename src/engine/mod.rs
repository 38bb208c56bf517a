//! The script engine behind a seam: evaluate, call, drain microtasks, limits.
//!
//! The only importer of `boa_engine`. It knows no `wx` and no world: what scripts may ask for is a
//! [`Host`], what the simulator may call is the *bridge*, a set of functions that the prelude
//! scripts leave behind. Values cross as [`Value`]s; no engine type leaves this folder.
//!
//! Differs from the client: a script that runs into a limit ([`Limits`]) is ended and cannot catch
//! it, where a phone would go on (or throw a `RangeError` for runaway recursion).

mod convert;
mod copy;
mod date;
mod exception;
mod function;
mod hooks;
mod jobs;
mod members;
mod modules;
mod wxs;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::object::{JsObject, ObjectInitializer};
use boa_engine::property::Attribute;
use boa_engine::vm::RuntimeLimits;
use boa_engine::{Context, JsResult, JsString, JsValue, NativeFunction, Script, Source};

use crate::value::{Exception, Frame, Value};
use jobs::Microtasks;

pub use modules::{ModuleSource, OriginalPlace};
pub use wxs::Wxs;

/// Budgets of one script run; the message that ends a script names the one it ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Iterations of the loops of one function call.
    pub loop_iterations: u64,
    /// Nested script calls.
    pub call_depth: usize,
    /// Values on the engine's own stack.
    pub stack_values: usize,
    /// Microtasks that one macrotask may run.
    pub microtasks: usize,
    /// Macrotasks that one action or one advance may run; the event loop counts them.
    pub tasks: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            loop_iterations: 20_000_000,
            call_depth: 6_000,
            stack_values: 2_000_000,
            microtasks: 200_000,
            tasks: 200_000,
        }
    }
}

/// An error that a host function throws into the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throw {
    /// `Error`, `TypeError` or `SyntaxError`.
    pub class: &'static str,
    /// Its message.
    pub message: String,
}

impl Throw {
    /// A plain `Error`.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            class: "Error",
            message: message.into(),
        }
    }

    /// A `TypeError`.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self {
            class: "TypeError",
            message: message.into(),
        }
    }
}

/// What scripts may ask of the simulator. No method may run a script.
pub trait Host {
    /// Names of the functions of the prelude's `host` object.
    fn operations(&self) -> &'static [&'static str];

    /// Calls the operation at `index` of [`Host::operations`].
    ///
    /// # Errors
    /// What the operation throws into the script.
    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw>;

    /// The code of a module, by its path.
    ///
    /// # Errors
    /// What `require` of the module throws: no such file, a syntax error.
    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw>;

    /// A module is about to run.
    fn module_runs(&self, _path: &str) {}

    /// Whether somebody wants to know where in the code that operation is called: it is told to
    /// [`Host::called_from`] before.
    fn wants_place(&self, _index: usize) -> bool {
        false
    }

    /// Where the operation to come is called, innermost first.
    fn called_from(&self, _stack: Vec<Frame>) {}

    /// Unix time in milliseconds.
    fn now_unix_ms(&self) -> i64;

    /// The zone scripts see, in seconds east of UTC.
    fn utc_offset_s(&self) -> i32;
}

/// What the engine's own callbacks share with the engine.
struct Shared {
    host: Rc<dyn Host>,
    /// Promises rejected without a handler, oldest first.
    rejected: RefCell<Vec<(JsObject, JsValue)>>,
    modules: RefCell<modules::Compiled>,
    stubs: function::Stubs,
    later: &'static [(&'static str, &'static str)],
}

/// Host data is stored in the context under this type.
struct SharedSlot(Rc<Shared>);

/// One script engine with its globals: the logic layer of one mini program.
pub struct Engine {
    context: Context,
    shared: Rc<Shared>,
    microtasks: Rc<Microtasks>,
    bridge: BTreeMap<String, JsFunction>,
}

impl Engine {
    /// Starts an engine and runs the prelude.
    ///
    /// Each prelude script is an expression that gives a function; it is called with `(host, kit)`.
    /// `kit` is shared by the scripts and invisible to the app; the functions of `kit.bridge` are
    /// what [`Engine::call`] can call afterwards. Scripts in `later` run when the prelude calls
    /// `host.later(name, ...arguments)`.
    ///
    /// # Errors
    /// A prelude script that does not run, which is a mistake of wxsim.
    pub fn start(
        host: Rc<dyn Host>,
        limits: Limits,
        prelude: &[(&str, &str)],
        later: &'static [(&'static str, &'static str)],
    ) -> Result<Self, Exception> {
        let shared = Rc::new(Shared {
            host: Rc::clone(&host),
            rejected: RefCell::default(),
            modules: RefCell::default(),
            stubs: function::Stubs::default(),
            later,
        });
        let microtasks = Rc::new(Microtasks::new(limits.microtasks));
        let mut context = Context::builder()
            .host_hooks(Rc::new(hooks::Hooks(Rc::clone(&shared))))
            .clock(Rc::new(hooks::VirtualClock(host)))
            .job_executor(Rc::clone(&microtasks))
            .build()
            .map_err(|error| Exception {
                message: error.to_string(),
                ..Exception::default()
            })?;
        context.set_runtime_limits(runtime_limits(limits));
        context.insert_data(SharedSlot(Rc::clone(&shared)));
        let mut engine = Self {
            context,
            shared,
            microtasks,
            bridge: BTreeMap::new(),
        };
        engine.run_prelude(prelude)?;
        Ok(engine)
    }

    fn run_prelude(&mut self, prelude: &[(&str, &str)]) -> Result<(), Exception> {
        let host = host_object(&self.shared, &mut self.context);
        let kit = JsObject::with_null_proto();
        let arguments = [host.into(), kit.clone().into()];
        for (name, code) in prelude {
            let result = evaluate(name, code, &mut self.context)
                .and_then(|value| function(&value, name))
                .and_then(|run| run.call(&JsValue::undefined(), &arguments, &mut self.context));
            self.value_or_exception(result)?;
        }
        let collected = collect_bridge(&kit, &mut self.context);
        self.bridge = collected.map_err(|error| self.exception(error))?;
        Ok(())
    }

    /// Calls a function of the bridge.
    ///
    /// # Errors
    /// What the script threw, or the limit that ended it.
    pub fn call(&mut self, function: &str, arguments: &[Value]) -> Result<Value, Exception> {
        let Some(function) = self.bridge.get(function).cloned() else {
            unreachable!("the prelude has no bridge function `{function}`");
        };
        self.run(&function, arguments)
    }

    fn run(&mut self, function: &JsFunction, arguments: &[Value]) -> Result<Value, Exception> {
        let result = arguments
            .iter()
            .map(|value| convert::to_js(value, &mut self.context))
            .collect::<JsResult<Vec<_>>>()
            .and_then(|arguments| {
                function.call(&JsValue::undefined(), &arguments, &mut self.context)
            });
        self.value_or_exception(result)
    }

    /// Runs queued promise reactions until none is left; errors of jobs are given back.
    pub fn run_microtasks(&mut self) -> Vec<Exception> {
        let (errors, is_cut) = self.microtasks.drain(&mut self.context);
        let mut exceptions: Vec<Exception> = errors
            .into_iter()
            .map(|error| self.exception(error))
            .collect();
        if is_cut {
            exceptions.push(exception::microtask_limit(self.microtasks.limit()));
        }
        exceptions
    }

    /// Hands every promise that is rejected and still unhandled to `function(reason, promise)` of
    /// the bridge.
    ///
    /// # Errors
    /// What that function threw.
    pub fn report_rejections(&mut self, function: &str) -> Result<(), Exception> {
        let rejected = std::mem::take(&mut *self.shared.rejected.borrow_mut());
        for (promise, reason) in rejected {
            let Some(function) = self.bridge.get(function).cloned() else {
                unreachable!("the prelude has no bridge function `{function}`");
            };
            let arguments = [reason, promise.into()];
            let result = function.call(&JsValue::undefined(), &arguments, &mut self.context);
            self.value_or_exception(result)?;
        }
        Ok(())
    }

    /// Lets the loops of one function call run so many times from now on.
    pub fn limit_loops(&mut self, iterations: u64) {
        let runtime = self.context.runtime_limits_mut();
        runtime.set_loop_iteration_limit(iterations);
    }

    /// Parses and compiles a module without running it, so that a later `require` costs nothing.
    ///
    /// # Errors
    /// The module's syntax error or a missing file.
    pub fn compile(&mut self, path: &str) -> Result<(), Exception> {
        let result = modules::factory(path, &self.shared, &mut self.context);
        result.map(|_| ()).map_err(|error| self.exception(error))
    }

    /// Evaluates text from the user of wxsim (never from the app) as an expression or script.
    ///
    /// # Errors
    /// What it threw.
    pub fn evaluate(&mut self, name: &str, code: &str) -> Result<Value, Exception> {
        let result = evaluate(name, code, &mut self.context);
        self.value_or_exception(result)
    }

    /// Whether text from the user of wxsim can be a script; it does not run.
    ///
    /// # Errors
    /// What is wrong with it, and its line and column (from 1; 0 where the engine does not say).
    pub fn check(&mut self, code: &str) -> Result<(), (String, u32, u32)> {
        let parsed = Script::parse(Source::from_bytes(code.as_bytes()), None, &mut self.context);
        parsed
            .map(drop)
            .map_err(|error| modules::syntax_error(&error.to_string()))
    }

    fn value_or_exception(&mut self, result: JsResult<JsValue>) -> Result<Value, Exception> {
        match result {
            Ok(value) => Ok(convert::from_js(&value, &mut self.context)),
            Err(error) => Err(self.exception(error)),
        }
    }

    fn exception(&mut self, error: boa_engine::JsError) -> Exception {
        exception::from_error(error, &mut self.context)
    }
}

fn runtime_limits(limits: Limits) -> RuntimeLimits {
    let mut runtime = RuntimeLimits::default();
    runtime.set_loop_iteration_limit(limits.loop_iterations);
    runtime.set_recursion_limit(limits.call_depth);
    runtime.set_stack_size_limit(limits.stack_values);
    runtime
}

fn evaluate(name: &str, code: &str, context: &mut Context) -> JsResult<JsValue> {
    let source = Source::from_bytes(code.as_bytes()).with_path(Path::new(name));
    Script::parse(source, None, context)?.evaluate(context)
}

fn function(value: &JsValue, name: &str) -> JsResult<JsFunction> {
    value
        .as_object()
        .and_then(JsFunction::from_object)
        .ok_or_else(|| {
            boa_engine::JsNativeError::typ()
                .with_message(format!("{name} gives no function"))
                .into()
        })
}

/// The prelude's `host`: one function per operation, plus what the engine itself offers.
fn host_object(shared: &Rc<Shared>, context: &mut Context) -> JsObject {
    let names = shared.host.operations();
    let mut object = ObjectInitializer::new(context);
    for (index, name) in names.iter().enumerate() {
        let native = NativeFunction::from_copy_closure(move |_, arguments, context| {
            call_host(index, arguments, context)
        });
        object.function(native, JsString::from(*name), 0);
    }
    object.function(
        NativeFunction::from_fn_ptr(copy::copy),
        JsString::from("copy"),
        2,
    );
    object.function(
        NativeFunction::from_fn_ptr(date::parse),
        JsString::from("parseDate"),
        1,
    );
    object.function(
        NativeFunction::from_fn_ptr(members::define),
        JsString::from("members"),
        4,
    );
    object.function(
        NativeFunction::from_fn_ptr(run_later),
        JsString::from("later"),
        1,
    );
    object.function(
        NativeFunction::from_fn_ptr(modules::compile),
        JsString::from("compile"),
        1,
    );
    object.property(
        JsString::from("engine"),
        JsString::from("boa"),
        Attribute::all(),
    );
    object.build()
}

/// `host.later(name, ...arguments)`: runs a script of the simulator's own that was put off.
fn run_later(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, rest) = arguments.split_first().expect("the prelude gives a name");
    let name = name.to_string(context)?.to_std_string_lossy();
    let found = shared(context)
        .later
        .iter()
        .find(|(known, _)| *known == name);
    let (name, code) = found.expect("the prelude names its own scripts");
    let script = evaluate(name, code, context)?;
    function(&script, name)?.call(&JsValue::undefined(), rest, context)
}

fn call_host(index: usize, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let host = Rc::clone(&shared(context).host);
    if host.wants_place(index) {
        host.called_from(exception::stack_here(context));
    }
    let arguments = arguments
        .iter()
        .map(|value| convert::from_js(value, context))
        .collect();
    match host.call(index, arguments) {
        Ok(value) => convert::to_js(&value, context),
        Err(throw) => Err(exception::to_error(&throw)),
    }
}

fn shared(context: &Context) -> Rc<Shared> {
    let slot = context
        .get_data::<SharedSlot>()
        .expect("stored when the engine started");
    Rc::clone(&slot.0)
}

fn collect_bridge(kit: &JsObject, context: &mut Context) -> JsResult<BTreeMap<String, JsFunction>> {
    let bridge = kit
        .get(JsString::from("bridge"), context)?
        .to_object(context)?;
    let mut functions = BTreeMap::new();
    for key in bridge.own_property_keys(context)? {
        let name = JsValue::from(key.clone())
            .to_string(context)?
            .to_std_string_lossy();
        let value = bridge.get(key, context)?;
        functions.insert(name.clone(), function(&value, &name)?);
    }
    Ok(functions)
}

#[cfg(test)]
mod tests;
