//! `wx.setStorage`: stores data under a key.
//!
//! Official page: `api/storage/wx.setStorage`. With `encrypt` (2.21.3) the data is kept as base64 of
//! AES-128, which is larger, so that less fits.
//!
//! Unverified: the empty key is refused on every platform, as it is on Android.

use crate::api::storage_value::{key_option, store, store_encrypted};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setStorage",
    group: Group::Storage,
    summary: "Stores data under a key.",
    params: &[
        Param::required("key", Class::String),
        Param::optional("data", Class::Any),
        Param::since("encrypt", Class::Boolean, ENCRYPTION_SINCE),
    ],
    fails: &[
        Reason::Device(DeviceProblem::EmptyKey),
        Reason::Device(DeviceProblem::Unserializable),
        Reason::StorageValueTooLarge,
        Reason::StorageFull,
    ],
    examples: &[
        Example {
            title: "Keep an object",
            js: "wx.setStorage({ key: 'cart', data: { count: 2 } })",
            replies: "setStorage:ok",
        },
        Example {
            title: "Keep a secret",
            js: "wx.setStorage({ key: 'pin', data: '1234', encrypt: true })",
            replies: "setStorage:ok",
        },
    ],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (key, data) = (key_option(options)?, options.get("data"));
    if encrypts(cx, options) {
        store_encrypted(cx, key, data)?;
    } else {
        store(cx, key, data)?;
    }
    Ok(Vec::new())
}

/// Base library that brought encryption.
pub const ENCRYPTION_SINCE: Version = Version(2, 21, 3);

/// Whether a call asks for encryption in a base library that has it.
pub fn encrypts(cx: &Cx<'_>, options: &Value) -> bool {
    cx.world.profile().sdk >= ENCRYPTION_SINCE && options.get("encrypt").as_bool() == Some(true)
}
