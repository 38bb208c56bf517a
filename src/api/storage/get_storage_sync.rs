//! `wx.getStorageSync`: the synchronous form of `wx.getStorage`.
//!
//! Official page: `api/storage/wx.getStorageSync`. A failure is thrown.

use crate::api::storage_value::{key_argument, stored};
use crate::api::{Api, Cx, sync};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getStorageSync",
    group: Group::Storage,
    summary: "Gives the data under a key, at once.",
    fails: &[
        Reason::Parameter(String::new()),
        Reason::Device(DeviceProblem::EmptyKey),
    ],
    examples: &[Example {
        title: "A key without data gives the empty text",
        js: "console.log(wx.getStorageSync('cart') || { count: 0 })",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let key = key_argument(arguments)?;
    Ok(stored(cx, key).unwrap_or_else(|| "".into()))
}
