//! `wx.getStorageInfo`: lists the keys and the size of the stored data in KB.
//!
//! Official page: `api/storage/wx.getStorageInfo`.

use crate::api::storage_value::info;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getStorageInfo",
    group: Group::Storage,
    summary: "Lists the keys and the size of the stored data in KB.",
    params: &[],
    fails: &[],
    examples: &[Example {
        title: "How much is stored",
        js: "wx.getStorageInfo({ success: ({ keys, currentSize }) => console.log(keys, currentSize) })",
        replies: "getStorageInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(info(cx))
}
