//! `wx.batchSetStorageSync`: the synchronous form of `wx.batchSetStorage`.
//!
//! Official page: `api/storage/wx.batchSetStorageSync`. A failure is thrown.

use crate::api::storage_value::{list_argument, store_all};
use crate::api::{Api, Cx, sync};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "batchSetStorageSync",
    group: Group::Storage,
    summary: "Stores data under several keys, at once.",
    since: Version(2, 25, 0),
    fails: &[
        Reason::Parameter(String::new()),
        Reason::Device(DeviceProblem::EmptyKey),
        Reason::Device(DeviceProblem::Unserializable),
        Reason::StorageValueTooLarge,
        Reason::StorageFull,
    ],
    examples: &[Example {
        title: "Keep two things",
        js: "wx.batchSetStorageSync([{ key: 'a', value: 1 }, { key: 'b', value: [] }])",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    store_all(cx, list_argument(arguments, "kvList")?)?;
    Ok(Value::Undefined)
}
