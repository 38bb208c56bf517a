//! `wx.getStorage`: gives the data under a key.
//!
//! Official page: `api/storage/wx.getStorage`. Data that was stored with `encrypt` (2.21.3) has to be
//! read with it.
//!
//! Unverified: without `encrypt`, encrypted data is the base64 of what is kept; with it, plain data
//! fails, in words of our own.

use super::set_storage::{ENCRYPTION_SINCE, encrypts};
use crate::api::storage_value::{key_option, stored, stored_encrypted};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getStorage",
    group: Group::Storage,
    summary: "Gives the data under a key.",
    params: &[
        Param::required("key", Class::String),
        Param::since("encrypt", Class::Boolean, ENCRYPTION_SINCE),
    ],
    fails: &[
        Reason::Device(DeviceProblem::EmptyKey),
        Reason::DataNotFound,
        Reason::Device(DeviceProblem::NotDecrypted),
    ],
    differs: "Plain data that is read with `encrypt` fails with words of wxsim's own.",
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
    let key = key_option(options)?;
    let data = if encrypts(cx, options) {
        stored_encrypted(cx, key)?
    } else {
        stored(cx, key).ok_or(Reason::DataNotFound)?
    };
    Ok(vec![("data".to_owned(), data)])
}
