//! Engine values to plain [`Value`]s and back.

use boa_engine::builtins::error::Error as ErrorData;
use boa_engine::object::builtins::{
    AlignedVec, JsArray, JsArrayBuffer, JsDate, JsTypedArray, JsUint8Array, JsUint8ClampedArray,
};
use boa_engine::object::{FunctionObjectBuilder, JsObject};
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::value::JsVariant;
use boa_engine::{Context, JsNativeError, JsResult, JsString, JsValue, NativeFunction};

use super::{exception, function};
use crate::value::{Exception, Value};

/// Deepest nesting that crosses; what lies deeper becomes [`Value::Cycle`].
const DEPTH_MAX: usize = 200;

/// A script's value as a plain one. Getters run; one that throws gives `undefined`.
pub(super) fn from_js(value: &JsValue, context: &mut Context) -> Value {
    plain(value, &mut Vec::new(), context)
}

fn plain(value: &JsValue, path: &mut Vec<JsObject>, context: &mut Context) -> Value {
    match value.variant() {
        JsVariant::Undefined => Value::Undefined,
        JsVariant::Null => Value::Null,
        JsVariant::Boolean(flag) => Value::Bool(flag),
        JsVariant::Integer32(number) => Value::Number(f64::from(number)),
        JsVariant::Float64(number) => Value::Number(number),
        JsVariant::String(text) => Value::String(text.to_std_string_lossy()),
        JsVariant::BigInt(_) => Value::Opaque("BigInt".to_owned()),
        JsVariant::Symbol(_) => Value::Opaque("Symbol".to_owned()),
        JsVariant::Object(object) => {
            if path.len() >= DEPTH_MAX || path.iter().any(|seen| JsObject::equals(seen, &object)) {
                return Value::Cycle;
            }
            path.push(object.clone());
            let plain = plain_object(&object, path, context);
            path.pop();
            plain
        }
    }
}

fn plain_object(object: &JsObject, path: &mut Vec<JsObject>, context: &mut Context) -> Value {
    if object.is_callable() {
        let name = text_member(object, "name", context);
        return Value::Function(function::leave(object, name, context));
    }
    if object.is_array() {
        return plain_array(object, path, context);
    }
    if object.is::<ErrorData>() {
        return Value::Error(Box::new(Exception {
            name: text_member(object, "name", context),
            message: text_member(object, "message", context),
            stack: exception::stack_of(&object.clone().into(), context),
            limit: None,
        }));
    }
    if let Ok(date) = JsDate::from_object(object.clone()) {
        let ms = date.get_time(context).ok().and_then(|ms| ms.as_number());
        return Value::Date(ms.unwrap_or(f64::NAN));
    }
    if let Some(bytes) = plain_bytes(object, context) {
        return bytes;
    }
    if let Some(class) = exotic_class(object, context) {
        return Value::Opaque(class);
    }
    plain_members(object, path, context)
}

fn plain_array(object: &JsObject, path: &mut Vec<JsObject>, context: &mut Context) -> Value {
    let length = JsArray::from_object(object.clone())
        .and_then(|array| array.length(context))
        .unwrap_or_default();
    if length > ITEMS_MAX {
        return Value::Opaque(format!("Array({length})"));
    }
    let mut items = Vec::new();
    for index in 0..u32::try_from(length).unwrap_or(u32::MAX) {
        let item = own_value(object, &PropertyKey::from(index), context).unwrap_or_default();
        items.push(plain(&item, path, context));
    }
    Value::Array(items)
}

/// Longest array that crosses or is copied.
pub(super) const ITEMS_MAX: u64 = 1_000_000;

/// The value of an object's own property. Where it lies there as data it is read directly, else as
/// script reads it.
pub(super) fn own_value(
    object: &JsObject,
    key: &PropertyKey,
    context: &mut Context,
) -> JsResult<JsValue> {
    if object.is_ordinary() || object.is_array() {
        let found = object.borrow().properties().get(key);
        if let Some(value) = found.as_ref().and_then(PropertyDescriptor::value) {
            return Ok(value.clone());
        }
    }
    object.get(key.clone(), context)
}

/// Names of an object's enumerable members in the order of `Object.keys`.
pub(super) fn enumerable_members(
    object: &JsObject,
    context: &mut Context,
) -> JsResult<Vec<PropertyKey>> {
    let mut keys = object.own_property_keys(context)?;
    keys.retain(|key| {
        !matches!(key, PropertyKey::Symbol(_))
            && object
                .borrow()
                .properties()
                .get(key)
                .is_none_or(|slot| slot.enumerable().unwrap_or(true))
    });
    Ok(keys)
}

/// A member as an object literal makes it.
pub(super) fn new_member(value: JsValue) -> PropertyDescriptor {
    PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(true)
        .configurable(true)
        .build()
}

fn plain_members(object: &JsObject, path: &mut Vec<JsObject>, context: &mut Context) -> Value {
    let mut members = Vec::new();
    for key in enumerable_members(object, context).unwrap_or_default() {
        let name = match &key {
            PropertyKey::String(name) => name.to_std_string_lossy(),
            PropertyKey::Index(index) => index.get().to_string(),
            PropertyKey::Symbol(_) => continue,
        };
        let value = own_value(object, &key, context).unwrap_or_default();
        members.push((name, plain(&value, path, context)));
    }
    Value::Object(members)
}

fn plain_bytes(object: &JsObject, context: &mut Context) -> Option<Value> {
    if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
        return Some(Value::Bytes(
            "ArrayBuffer",
            buffer.to_vec().unwrap_or_default(),
        ));
    }
    let array = JsTypedArray::from_object(object.clone()).ok()?;
    let buffer = array.buffer(context).ok()?;
    let buffer = JsArrayBuffer::from_object(buffer.as_object()?.clone()).ok()?;
    let offset = array.byte_offset(context).ok()?;
    let length = array.byte_length(context).ok()?;
    let bytes = buffer.to_vec()?;
    let bytes = bytes.get(offset..offset + length)?.to_vec();
    Some(Value::Bytes("TypedArray", bytes))
}

/// The class of an object that is more than its members (map, set, promise, …).
fn exotic_class(object: &JsObject, context: &mut Context) -> Option<String> {
    if object.is_ordinary() {
        return None;
    }
    let tag = object
        .get(boa_engine::JsSymbol::to_string_tag(), context)
        .ok()?;
    let tag = tag.as_string()?.to_std_string_lossy();
    [
        "Map",
        "Set",
        "WeakMap",
        "WeakSet",
        "Promise",
        "WeakRef",
        "DataView",
        "Generator",
    ]
    .contains(&tag.as_str())
    .then_some(tag)
}

fn text_member(object: &JsObject, name: &str, context: &mut Context) -> String {
    let value = object
        .get(JsString::from(name), context)
        .unwrap_or_default();
    value
        .as_string()
        .map(|text| text.to_std_string_lossy())
        .unwrap_or_default()
}

/// A plain value as a script's value.
///
/// # Errors
/// Only when the engine is out of memory for a buffer.
pub(super) fn to_js(value: &Value, context: &mut Context) -> JsResult<JsValue> {
    Ok(match value {
        Value::Undefined | Value::Opaque(_) | Value::Cycle => JsValue::undefined(),
        Value::Function(function) => function::enter(function, context),
        Value::Null => JsValue::null(),
        Value::Bool(flag) => JsValue::from(*flag),
        Value::Number(number) => JsValue::from(*number),
        Value::String(text) => JsString::from(text.as_str()).into(),
        Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| to_js(item, context))
                .collect::<JsResult<Vec<_>>>()?;
            JsArray::from_iter(items, context).into()
        }
        Value::Object(members) => {
            let object = JsObject::with_object_proto(context.intrinsics());
            for (key, value) in members {
                let value = to_js(value, context)?;
                object.insert_property(JsString::from(key.as_str()), new_member(value));
            }
            object.into()
        }
        Value::Gives(value) => {
            let value = to_js(value, context)?;
            let gives = NativeFunction::from_copy_closure_with_captures(
                |_, _, value: &JsValue, _| Ok(value.clone()),
                value,
            );
            FunctionObjectBuilder::new(context.realm(), gives)
                .build()
                .into()
        }
        Value::Date(ms) => {
            let date = JsDate::new(context);
            date.set_time(*ms, context)?;
            date.into()
        }
        Value::Error(error) => {
            let error = JsNativeError::error().with_message(error.message.clone());
            error.into_opaque(context).into()
        }
        Value::Bytes(class, bytes) => {
            let block = AlignedVec::from_iter(0, bytes.iter().copied());
            let buffer = JsArrayBuffer::from_byte_block(block, context)?;
            match *class {
                "ArrayBuffer" => buffer.into(),
                "Uint8ClampedArray" => {
                    JsUint8ClampedArray::from_array_buffer(buffer, context)?.into()
                }
                _ => JsUint8Array::from_array_buffer(buffer, context)?.into(),
            }
        }
    })
}
