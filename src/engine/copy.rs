//! Deep copies of script data, made natively: pages copy all that they set, and a loop of script
//! over every member would be the largest part of `setData`.

use std::collections::BTreeMap;

use boa_engine::builtins::proxy::Proxy;
use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsNativeError, JsResult, JsValue};

use super::convert::{ITEMS_MAX, enumerable_members, new_member, own_value};

/// `host.copy(value, slow)`: a deep copy of plain objects and arrays; everything else is shared, and
/// what is there twice is copied once. `slow` copies a proxy.
///
/// # Errors
/// Getters throw through. What is nested deeper than calls may be ends the script as they would; a
/// `RangeError` for an array that is too long.
pub(super) fn copy(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let argument = |at: usize| arguments.get(at).cloned().unwrap_or_default();
    let mut copies = Copies {
        slow: argument(1).as_object().and_then(JsFunction::from_object),
        known: BTreeMap::new(),
        depth: 0,
    };
    copies.value(&argument(0), context)
}

struct Copies {
    slow: Option<JsFunction>,
    /// Copies by the address of what they are made of, which stays alive so long.
    known: BTreeMap<usize, JsObject>,
    depth: usize,
}

impl Copies {
    fn value(&mut self, value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
        let Some(object) = value.as_object().filter(|object| !object.is_callable()) else {
            return Ok(value.clone());
        };
        if object.is::<Proxy>()
            && let Some(slow) = &self.slow
        {
            return slow.call(&JsValue::undefined(), std::slice::from_ref(value), context);
        }
        let is_array = object.is_array();
        if !is_array && !is_plain(&object, context) {
            return Ok(value.clone());
        }
        let address = std::ptr::from_ref(object.as_ref()).cast::<()>() as usize;
        if let Some(known) = self.known.get(&address) {
            return Ok(known.clone().into());
        }
        if self.depth >= context.runtime_limits().recursion_limit() {
            return Err(EngineError::RuntimeLimit(RuntimeLimitError::Recursion).into());
        }
        self.depth += 1;
        let copy = if is_array {
            self.array(&object, address, context)
        } else {
            self.members(&object, address, context)
        };
        self.depth -= 1;
        copy.map(JsValue::from)
    }

    fn array(
        &mut self,
        object: &JsObject,
        address: usize,
        context: &mut Context,
    ) -> JsResult<JsObject> {
        let length = JsArray::from_object(object.clone())?.length(context)?;
        if length > ITEMS_MAX {
            let text = format!("an array of {length} items is too long to copy");
            return Err(JsNativeError::range().with_message(text).into());
        }
        let copy = JsArray::new(context)?;
        self.known.insert(address, copy.clone().into());
        for index in 0..u32::try_from(length).unwrap_or(u32::MAX) {
            let item = own_value(object, &PropertyKey::from(index), context)?;
            let item = self.value(&item, context)?;
            copy.push(item, context)?;
        }
        Ok(copy.into())
    }

    fn members(
        &mut self,
        object: &JsObject,
        address: usize,
        context: &mut Context,
    ) -> JsResult<JsObject> {
        let copy = JsObject::with_object_proto(context.intrinsics());
        self.known.insert(address, copy.clone());
        for key in enumerable_members(object, context)? {
            let member = own_value(object, &key, context)?;
            let member = self.value(&member, context)?;
            copy.insert_property(key, new_member(member));
        }
        Ok(copy)
    }
}

/// Whether an object has no class: its prototype is that of object literals, or it has none.
fn is_plain(object: &JsObject, context: &Context) -> bool {
    let plain = context.intrinsics().constructors().object().prototype();
    object
        .prototype()
        .is_none_or(|prototype| JsObject::equals(&prototype, &plain))
}
