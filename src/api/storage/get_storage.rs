//! `wx.getStorage`: gives the data under a key.
//!
//! Official page: `api/storage/wx.getStorage`.

use crate::api::storage_value::stored;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getStorage",
    group: Group::Storage,
    summary: "Gives the data under a key.",
    params: &[Param::required("key", Class::String)],
    fails: &[Reason::DataNotFound],
    examples: &[Example {
        title: "A key without data fails",
        js: "wx.getStorage({ key: 'cart', fail: () => {} })",
        replies: "getStorage:fail data not found",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let key = options.get("key").as_str().unwrap_or_default();
    let data = stored(cx, key).ok_or(Reason::DataNotFound)?;
    Ok(vec![("data".to_owned(), data)])
}
