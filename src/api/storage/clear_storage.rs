//! `wx.clearStorage`: removes all data.
//!
//! Official page: `api/storage/wx.clearStorage`.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::storage::ClearStorage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "clearStorage",
    group: Group::Storage,
    summary: "Removes all data.",
    params: &[],
    fails: &[],
    examples: &[Example {
        title: "Forget everything",
        js: "wx.clearStorage()",
        replies: "clearStorage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(ClearStorage(cx.caller.clone()));
    Ok(Vec::new())
}
