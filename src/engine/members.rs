//! Many functions of one kind at once, made natively: five hundred script closures would cost a
//! sixth of the start.

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::object::{FunctionObjectBuilder, JsObject};
use boa_engine::{Context, JsResult, JsString, JsValue, NativeFunction};

use super::function;

/// `host.members(target, prefix, names, call)`: gives `target` a function for each name, which calls
/// `call(prefix + name, ...arguments)`. The functions can be called with `new`.
pub(super) fn define(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let argument = |at: usize| arguments.get(at).cloned().unwrap_or_default();
    let target = argument(0).to_object(context)?;
    let prefix = argument(1).to_string(context)?.to_std_string_lossy();
    let names = JsArray::from_object(argument(2).to_object(context)?)?;
    let call = function(&argument(3), "members")?;
    for index in 0..names.length(context)? {
        let name = names.at(i64::try_from(index).unwrap_or_default(), context)?;
        let name = name.to_string(context)?;
        let full = JsString::from(format!("{prefix}{}", name.to_std_string_lossy()));
        let member = member(&call, full, &name, context);
        target.create_data_property_or_throw(name, member, context)?;
    }
    Ok(JsValue::undefined())
}

fn member(call: &JsFunction, full: JsString, name: &JsString, context: &mut Context) -> JsObject {
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, arguments, (call, full): &(JsFunction, JsString), context| {
            let mut all = Vec::with_capacity(arguments.len() + 1);
            all.push(full.clone().into());
            all.extend_from_slice(arguments);
            call.call(&JsValue::undefined(), &all, context)
        },
        (call.clone(), full),
    );
    let builder = FunctionObjectBuilder::new(context.realm(), native);
    builder
        .name(name.clone())
        .length(1)
        .constructor(true)
        .build()
        .into()
}
