//! `wx.getStorageInfoSync`: the synchronous form of `wx.getStorageInfo`.
//!
//! Official page: `api/storage/wx.getStorageInfoSync`. A failure is thrown.

use crate::api::storage_value::info;
use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getStorageInfoSync",
    group: Group::Storage,
    summary: "Lists the keys and the size of the stored data in KB, at once.",
    fails: &[],
    examples: &[Example {
        title: "How much is stored",
        js: "console.log(wx.getStorageInfoSync().keys.length)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(info(cx)))
}
