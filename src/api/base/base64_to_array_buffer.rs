//! `wx.base64ToArrayBuffer`: Base64 text as bytes.
//!
//! Official page: `api/base/wx.base64ToArrayBuffer`.
//!
//! Unverified: characters that do not belong to Base64 are skipped.

use crate::api::{Api, Cx, sync};
use crate::crypto::base64_text;
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "base64ToArrayBuffer",
    group: Group::Base,
    summary: "Reads Base64 text into an ArrayBuffer.",
    since: Version(1, 1, 0),
    examples: &[Example {
        title: "Bytes of a key",
        js: "console.log(wx.base64ToArrayBuffer('AQID').byteLength)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let text = arguments.first().and_then(Value::as_str);
    Ok(Value::Bytes(
        "ArrayBuffer",
        base64_text::decode_loosely(text.unwrap_or_default()),
    ))
}
