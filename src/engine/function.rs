//! Functions on their way out of an engine and back, and objects that stay in one.
//!
//! A function belongs to the engine that made it. Another engine, which has its own globals, never
//! gets hold of it: there a stub stands for it, which gives `undefined` when it is called and leaves
//! that engine as the function that it stands for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use boa_engine::object::builtins::JsFunction;
use boa_engine::object::{FunctionObjectBuilder, JsObject};
use boa_engine::{Context, JsString, JsValue, NativeFunction};

use super::{Engine, Shared, convert, shared};
use crate::value::{Callable, Exception, Value};

/// What a [`Callable`] of an engine holds.
struct Own {
    engine: Weak<Shared>,
    object: JsObject,
}

/// Functions of other engines that this one has seen last, with their stubs.
#[derive(Default)]
pub(super) struct Stubs {
    seen: RefCell<VecDeque<(Callable, JsObject)>>,
}

/// Most stubs that are remembered; an older one leaves as a function of this engine.
const STUBS_MAX: usize = 256;

impl Stubs {
    fn function(&self, stub: &JsObject) -> Option<Callable> {
        let seen = self.seen.borrow();
        let mut seen = seen.iter();
        let found = seen.find(|(_, known)| JsObject::equals(known, stub));
        found.map(|(function, _)| function.clone())
    }

    fn stub(&self, function: &Callable) -> Option<JsObject> {
        let seen = self.seen.borrow();
        let found = seen.iter().find(|(known, _)| known == function);
        found.map(|(_, stub)| stub.clone())
    }

    fn remember(&self, function: &Callable, stub: &JsObject) {
        let mut seen = self.seen.borrow_mut();
        if seen.len() == STUBS_MAX {
            seen.pop_front();
        }
        seen.push_back((function.clone(), stub.clone()));
    }
}

/// A script's function as it is known outside.
pub(super) fn leave(object: &JsObject, name: String, context: &Context) -> Callable {
    let shared = shared(context);
    shared.stubs.function(object).unwrap_or_else(|| {
        let mut function = hold(object, context);
        function.name = name;
        function
    })
}

/// The engine's own function, or the stub for that of another; `undefined` for a mere name.
pub(super) fn enter(function: &Callable, context: &mut Context) -> JsValue {
    if let Some(own) = own(function, context) {
        return own.into();
    }
    if !function.is_known() {
        return JsValue::undefined();
    }
    let shared = shared(context);
    let stub = shared.stubs.stub(function).unwrap_or_else(|| {
        let native = NativeFunction::from_fn_ptr(|_, _, _| Ok(JsValue::undefined()));
        let name = JsString::from(function.name.as_str());
        let builder = FunctionObjectBuilder::new(context.realm(), native).name(name);
        let stub: JsObject = builder.build().into();
        shared.stubs.remember(function, &stub);
        stub
    });
    stub.into()
}

/// Any object as something that enters this engine as itself.
pub(super) fn hold(object: &JsObject, context: &Context) -> Callable {
    let own = Own {
        engine: Rc::downgrade(&shared(context)),
        object: object.clone(),
    };
    Callable::new("", Rc::new(own))
}

/// The function object, when it is one of this engine.
pub(super) fn own(function: &Callable, context: &Context) -> Option<JsObject> {
    let own = function.inner::<Own>()?;
    let is_here = Weak::ptr_eq(&own.engine, &Rc::downgrade(&shared(context)));
    is_here.then(|| own.object.clone())
}

impl Engine {
    /// Calls a function that left this engine; one of another engine, or a mere name, gives
    /// `undefined`.
    ///
    /// # Errors
    /// What the script threw, or the limit that ended it.
    pub fn apply(&mut self, function: &Callable, arguments: &[Value]) -> Result<Value, Exception> {
        let own = own(function, &self.context).and_then(JsFunction::from_object);
        let Some(own) = own else {
            return Ok(Value::Undefined);
        };
        self.run(&own, arguments)
    }

    /// Whether a function is one of this engine.
    pub fn owns(&self, function: &Callable) -> bool {
        own(function, &self.context).is_some()
    }

    /// A value that enters as the same object each time; what is no object enters as it is.
    pub(super) fn hold(&mut self, value: &Value) -> Result<Value, Exception> {
        match convert::to_js(value, &mut self.context) {
            Ok(entered) => Ok(match entered.as_object() {
                Some(object) => Value::Function(hold(&object, &self.context)),
                None => value.clone(),
            }),
            Err(error) => Err(self.exception(error)),
        }
    }
}
