//! `wx.arrayBufferToBase64`: bytes as Base64 text.
//!
//! Official page: `api/base/wx.arrayBufferToBase64`.
//!
//! Unverified: anything but bytes gives an empty text.

use crate::api::{Api, Cx, sync};
use crate::crypto::base64_text;
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "arrayBufferToBase64",
    group: Group::Base,
    summary: "Writes an ArrayBuffer as Base64 text.",
    since: Version(1, 1, 0),
    examples: &[Example {
        title: "A picture for an image element",
        js: "console.log(wx.arrayBufferToBase64(new Uint8Array([1, 2, 3]).buffer))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    Ok(match arguments.first() {
        Some(Value::Bytes(_, bytes)) => base64_text::encode(bytes).into(),
        _ => "".into(),
    })
}
