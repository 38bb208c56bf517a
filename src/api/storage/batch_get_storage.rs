//! `wx.batchGetStorage`: gives the data under several keys.
//!
//! Official page: `api/storage/wx.batchGetStorage`, which does not say what the result holds.
//!
//! Unverified: the result is `dataList` of `{key, data}` in the order of the keys, and a key without
//! data has the empty text.

use crate::api::storage_value::stored_all;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "batchGetStorage",
    group: Group::Storage,
    summary: "Gives the data under several keys.",
    since: Version(2, 25, 0),
    params: &[Param::required("keyList", Class::Array)],
    fails: &[Reason::Parameter(String::new())],
    examples: &[Example {
        title: "Read two things at once",
        js: "wx.batchGetStorage({ keyList: ['user', 'token'], success: (res) => console.log(res.dataList) })",
        replies: "batchGetStorage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let found = stored_all(cx, options.get("keyList"))?;
    let list = found
        .into_iter()
        .map(|(key, data)| Value::object([("key", key.into()), ("data", data)]));
    Ok(vec![("dataList".to_owned(), Value::Array(list.collect()))])
}
