//! `wx.setStorageSync`: the synchronous form of `wx.setStorage`.
//!
//! Official page: `api/storage/wx.setStorageSync`. A failure is thrown.

use crate::api::storage_value::{store, text_argument};
use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setStorageSync",
    group: Group::Storage,
    summary: "Stores data under a key, at once.",
    fails: &[
        Reason::Parameter(String::new()),
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
    let key = text_argument(arguments)?;
    store(cx, key, arguments.get(1).unwrap_or(&Value::Undefined))?;
    Ok(Value::Undefined)
}
