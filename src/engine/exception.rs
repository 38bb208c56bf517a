//! Engine errors as plain [`Exception`]s with the author's file, line and column.

use std::error::Error as _;

use boa_engine::error::{EngineError, PanicError, RuntimeLimitError};
use boa_engine::{Context, JsError, JsNativeError, JsString, JsValue};

use super::{Throw, convert, modules, shared};
use crate::value::{Exception, Frame, Value};

/// Takes an error apart; the stack names the project's own places, innermost first.
pub(super) fn from_error(error: JsError, context: &mut Context) -> Exception {
    if let Some(engine) = error.as_engine() {
        return limit(engine, &error.to_string(), context);
    }
    match error.into_opaque(context) {
        Ok(value) => from_value(&value, context),
        Err(error) => Exception {
            message: error.to_string(),
            ..Exception::default()
        },
    }
}

/// The error object `value`, or whatever else was thrown.
pub(super) fn from_value(value: &JsValue, context: &mut Context) -> Exception {
    match convert::from_js(value, context) {
        Value::Error(exception) => *exception,
        Value::String(text) => Exception {
            message: text,
            ..Exception::default()
        },
        other => Exception {
            message: other.show(4),
            ..Exception::default()
        },
    }
}

/// The error that a host function throws.
pub(super) fn to_error(throw: &Throw) -> JsError {
    let error = match throw.class {
        "TypeError" => JsNativeError::typ(),
        "SyntaxError" => JsNativeError::syntax(),
        _ => JsNativeError::error(),
    };
    error.with_message(throw.message.clone()).into()
}

fn limit(error: &EngineError, text: &str, context: &mut Context) -> Exception {
    if let EngineError::Panic(panic) = error
        && let Some(cause) = engine_cause(panic)
    {
        return limit(&cause, text, context);
    }
    let limits = context.runtime_limits();
    let (limit, message) = match error {
        EngineError::RuntimeLimit(RuntimeLimitError::LoopIteration) => (
            "loop-iterations",
            format!(
                "a loop ran {} times in one call",
                limits.loop_iteration_limit()
            ),
        ),
        EngineError::RuntimeLimit(RuntimeLimitError::Recursion) => (
            "call-depth",
            format!("{} calls are nested", limits.recursion_limit()),
        ),
        EngineError::RuntimeLimit(RuntimeLimitError::StackSize) => (
            "stack-values",
            format!("{} values on the engine's stack", limits.stack_size_limit()),
        ),
        EngineError::Panic(panic) => ("engine", format!("the script engine failed: {panic}")),
    };
    Exception {
        name: "LimitError".to_owned(),
        message,
        // The engine shows the backtrace of such errors only in their display form.
        stack: frames(text, context),
        limit: Some(limit.to_owned()),
    }
}

/// A chain of microtasks had no end.
pub(super) fn microtask_limit(limit: usize) -> Exception {
    Exception {
        name: "LimitError".to_owned(),
        message: format!("{limit} microtasks ran in one task and there are more"),
        limit: Some("microtasks".to_owned()),
        ..Exception::default()
    }
}

/// The limit behind a failure of the engine: its builtins take any error of theirs for one.
fn engine_cause(panic: &PanicError) -> Option<EngineError> {
    let source = panic.source()?;
    let error = source
        .downcast_ref::<JsError>()
        .or_else(|| Some(&**source.downcast_ref::<Box<JsError>>()?))?;
    error.as_engine().cloned()
}

/// The stack of an error object, from the engine's text.
pub(super) fn stack_of(value: &JsValue, context: &mut Context) -> Vec<Frame> {
    let Some(object) = value.as_object() else {
        return Vec::new();
    };
    let text = object
        .get(JsString::from("stack"), context)
        .unwrap_or_default();
    text.as_string()
        .map(|text| frames(&text.to_std_string_lossy(), context))
        .unwrap_or_default()
}

/// Where scripts are: the project's own places, innermost first.
pub(super) fn stack_here(context: &mut Context) -> Vec<Frame> {
    let error = context.intrinsics().constructors().error().constructor();
    match error.construct(&[], None, context) {
        Ok(error) => stack_of(&error.into(), context),
        Err(_) => Vec::new(),
    }
}

/// Most frames that are kept of one stack.
const FRAMES_MAX: usize = 20;

/// Lines `at name (file:line:column)` as frames of the project; other lines are left out.
fn frames(text: &str, context: &mut Context) -> Vec<Frame> {
    let shared = shared(context);
    let modules = shared.modules.borrow();
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("at "))
        .filter_map(|line| frame(line, &modules))
        .take(FRAMES_MAX)
        .collect()
}

fn frame(line: &str, modules: &modules::Compiled) -> Option<Frame> {
    let (name, place) = line.rsplit_once(" (")?;
    let place = place.strip_suffix(')')?;
    let mut parts = place.rsplitn(3, ':');
    let column: u32 = parts.next()?.parse().ok()?;
    let line: u32 = parts.next()?.parse().ok()?;
    let file = parts.next()?;
    let (line, column) = modules.original(file, line, column)?;
    let function = if name == "<main>" {
        String::new()
    } else {
        name.to_owned()
    };
    Some(Frame {
        function,
        file: file.to_owned(),
        line,
        column,
    })
}
