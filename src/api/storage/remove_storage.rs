//! `wx.removeStorage`: removes the data under a key.
//!
//! Official page: `api/storage/wx.removeStorage`.

use crate::api::storage_value::key_option;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::world::storage::RemoveStorage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "removeStorage",
    group: Group::Storage,
    summary: "Removes the data under a key.",
    params: &[Param::required("key", Class::String)],
    fails: &[Reason::Device(DeviceProblem::EmptyKey)],
    examples: &[Example {
        title: "Forget one key",
        js: "wx.removeStorage({ key: 'cart' })",
        replies: "removeStorage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let key = key_option(options)?.to_owned();
    cx.world.apply(RemoveStorage {
        caller: cx.caller.clone(),
        key,
    });
    Ok(Vec::new())
}
