//! `wx.clearStorageSync`: the synchronous form of `wx.clearStorage`.
//!
//! Official page: `api/storage/wx.clearStorageSync`. A failure is thrown.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::storage::ClearStorage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "clearStorageSync",
    group: Group::Storage,
    summary: "Removes all data, at once.",
    fails: &[],
    examples: &[Example {
        title: "Forget everything",
        js: "wx.clearStorageSync()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    cx.world.apply(ClearStorage(cx.caller.clone()));
    Ok(Value::Undefined)
}
