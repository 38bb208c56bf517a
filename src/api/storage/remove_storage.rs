//! `wx.removeStorage`: removes the data under a key.
//!
//! Official page: `api/storage/wx.removeStorage`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::world::storage::RemoveStorage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "removeStorage",
    group: Group::Storage,
    summary: "Removes the data under a key.",
    params: &[Param::required("key", Class::String)],
    fails: &[],
    examples: &[Example {
        title: "Forget one key",
        js: "wx.removeStorage({ key: 'cart' })",
        replies: "removeStorage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let key = options.get("key").as_str().unwrap_or_default().to_owned();
    cx.world.apply(RemoveStorage {
        caller: cx.caller.clone(),
        key,
    });
    Ok(Vec::new())
}
