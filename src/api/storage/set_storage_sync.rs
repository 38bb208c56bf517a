//! `wx.setStorageSync`: the synchronous form of `wx.setStorage`.
//!
//! Official page: `api/storage/wx.setStorageSync`. A failure is thrown. Without data, or with
//! `undefined`, the empty text is stored (base library 1.4.2).

use crate::api::storage_value::{key_argument, store};
use crate::api::{Api, Cx, sync};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setStorageSync",
    group: Group::Storage,
    summary: "Stores data under a key, at once.",
    fails: &[
        Reason::Parameter(String::new()),
        Reason::Device(DeviceProblem::EmptyKey),
        Reason::Device(DeviceProblem::Unserializable),
        Reason::StorageValueTooLarge,
        Reason::StorageFull,
    ],
    examples: &[Example {
        title: "Keep an object",
        js: "wx.setStorageSync('cart', { count: 2 })",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let key = key_argument(arguments)?;
    match arguments.get(1) {
        None | Some(Value::Undefined) => store(cx, key, &"".into())?,
        Some(data) => store(cx, key, data)?,
    }
    Ok(Value::Undefined)
}
