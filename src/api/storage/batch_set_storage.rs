//! `wx.batchSetStorage`: stores data under several keys.
//!
//! Official page: `api/storage/wx.batchSetStorage`.
//!
//! Unverified: when one entry does not fit, none is stored.

use crate::api::storage_value::store_all;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "batchSetStorage",
    group: Group::Storage,
    summary: "Stores data under several keys.",
    since: Version(2, 25, 0),
    params: &[Param::required("kvList", Class::Array)],
    fails: &[
        Reason::Parameter(String::new()),
        Reason::Device(DeviceProblem::EmptyKey),
        Reason::Device(DeviceProblem::Unserializable),
        Reason::StorageValueTooLarge,
        Reason::StorageFull,
    ],
    examples: &[Example {
        title: "Keep two things at once",
        js: "wx.batchSetStorage({ kvList: [{ key: 'a', value: 1 }, { key: 'b', value: [] }] })",
        replies: "batchSetStorage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    store_all(cx, options.get("kvList"))?;
    Ok(Vec::new())
}
