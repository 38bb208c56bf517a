//! `wx.setStorage`: stores data under a key.
//!
//! Official page: `api/storage/wx.setStorage`.

use crate::api::storage_value::store;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setStorage",
    group: Group::Storage,
    summary: "Stores data under a key.",
    params: &[
        Param::required("key", Class::String),
        Param::optional("data", Class::Any),
    ],
    fails: &[Reason::StorageValueTooLarge, Reason::StorageFull],
    examples: &[Example {
        title: "Keep an object",
        js: "wx.setStorage({ key: 'cart', data: { count: 2 } })",
        replies: "setStorage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    store(
        cx,
        options.get("key").as_str().unwrap_or_default(),
        options.get("data"),
    )?;
    Ok(Vec::new())
}
