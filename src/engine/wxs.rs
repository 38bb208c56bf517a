//! WXS modules, which run in an engine of their own.
//!
//! Official pages: `reference/wxs/`. They see neither `wx` nor the logic layer's globals, and their
//! functions never reach it: only plain values cross, and stubs for functions. What the modules look
//! like from inside (globals, the objects of event handlers) is the prelude's; it must leave
//! `load(key)`, `handle(function, event, node, owner)`, `changed(function, value, old, owner, node)`,
//! `timer(number)` and `forget(from, to)` on the bridge. Nodes are numbers below 2^53.

use std::rc::Rc;

use super::{Engine, Host, Limits};
use crate::value::{Callable, Exception, Value};

/// The modules of one mini program.
pub struct Wxs {
    engine: Engine,
}

impl Wxs {
    /// Starts an engine for modules; [`Host::module_source`] gives their code by key.
    ///
    /// # Errors
    /// A prelude script that does not run, which is a mistake of wxsim.
    pub fn start(
        host: Rc<dyn Host>,
        limits: Limits,
        prelude: &[(&str, &str)],
    ) -> Result<Self, Exception> {
        let engine = Engine::start(host, limits, prelude, &[])?;
        Ok(Self { engine })
    }

    /// What a module exports; it runs at the first call.
    ///
    /// # Errors
    /// What it threw, a syntax error, a missing file.
    pub fn load(&mut self, key: &str) -> Result<Value, Exception> {
        self.engine.call("load", &[key.into()])
    }

    /// Calls a function of a module; any other gives `undefined`.
    ///
    /// # Errors
    /// What it threw, or the limit that ended it.
    pub fn call(&mut self, function: &Callable, arguments: &[Value]) -> Result<Value, Exception> {
        self.engine.apply(function, arguments)
    }

    /// Whether a function is one of a module.
    pub fn owns(&self, function: &Callable) -> bool {
        self.engine.owns(function)
    }

    /// A value that stays in the engine: given as an argument it enters as the same object.
    ///
    /// # Errors
    /// Only when the engine is out of memory for a buffer.
    pub fn hold(&mut self, value: &Value) -> Result<Value, Exception> {
        self.engine.hold(value)
    }

    /// Calls an event handler with `event`, which gets `instance`, and the owner's descriptor.
    ///
    /// # Errors
    /// What it threw, or the limit that ended it.
    pub fn handle(
        &mut self,
        function: &Callable,
        event: Value,
        [node, owner]: [u64; 2],
    ) -> Result<Value, Exception> {
        let function = Value::Function(function.clone());
        let arguments = [function, event, number(node), number(owner)];
        self.engine.call("handle", &arguments)
    }

    /// Calls what hears of a property: `change:NAME`.
    ///
    /// # Errors
    /// What it threw, or the limit that ended it.
    pub fn changed(
        &mut self,
        function: &Callable,
        [value, old]: [Value; 2],
        [node, owner]: [u64; 2],
    ) -> Result<Value, Exception> {
        let function = Value::Function(function.clone());
        let arguments = [function, value, old, number(owner), number(node)];
        self.engine.call("changed", &arguments)
    }

    /// Runs the callback of a timer or an animation frame that a handler started.
    ///
    /// # Errors
    /// What it threw, or the limit that ended it.
    pub fn timer(&mut self, number: u32) -> Result<Value, Exception> {
        self.engine.call("timer", &[number.into()])
    }

    /// Forgets the state of nodes with numbers from `from` up to but without `to`.
    ///
    /// # Errors
    /// None that a module causes.
    pub fn forget(&mut self, from: u64, to: u64) -> Result<Value, Exception> {
        self.engine.call("forget", &[number(from), number(to)])
    }
}

/// A number as scripts have it.
#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
fn number(node: u64) -> Value {
    Value::Number(node as f64)
}
