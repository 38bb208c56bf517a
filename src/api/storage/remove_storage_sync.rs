//! `wx.removeStorageSync`: the synchronous form of `wx.removeStorage`.
//!
//! Official page: `api/storage/wx.removeStorageSync`. A failure is thrown.

use crate::api::storage_value::key_argument;
use crate::api::{Api, Cx, sync};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::storage::RemoveStorage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "removeStorageSync",
    group: Group::Storage,
    summary: "Removes the data under a key, at once.",
    fails: &[
        Reason::Parameter(String::new()),
        Reason::Device(DeviceProblem::EmptyKey),
    ],
    examples: &[Example {
        title: "Forget one key",
        js: "wx.removeStorageSync('cart')",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let key = key_argument(arguments)?.to_owned();
    cx.world.apply(RemoveStorage {
        caller: cx.caller.clone(),
        key,
    });
    Ok(Value::Undefined)
}
