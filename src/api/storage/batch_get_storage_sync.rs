//! `wx.batchGetStorageSync`: the synchronous form of `wx.batchGetStorage`.
//!
//! Official page: `api/storage/wx.batchGetStorageSync`. It returns the data alone, in the order of
//! the keys; the empty text where there is none.

use crate::api::storage_value::{list_argument, stored_all};
use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "batchGetStorageSync",
    group: Group::Storage,
    summary: "Gives the data under several keys, at once.",
    since: Version(2, 25, 0),
    fails: &[Reason::Parameter(String::new())],
    examples: &[Example {
        title: "Read two things",
        js: "const [user, token] = wx.batchGetStorageSync(['user', 'token']); console.log(user, token)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let found = stored_all(cx, list_argument(arguments, "keyList")?)?;
    let list = found.into_iter().map(|(_, data)| data);
    Ok(Value::Array(list.collect()))
}
