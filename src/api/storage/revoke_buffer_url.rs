//! `wx.revokeBufferURL`: forgets bytes in memory.
//!
//! Official page: `api/storage/wx.revokeBufferURL`.
//!
//! Unverified: an address that is unknown or revoked already does nothing.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::buffer_url::RevokeBufferUrl;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "revokeBufferURL",
    group: Group::Storage,
    summary: "Forgets the bytes of an address in memory.",
    since: Version(2, 14, 0),
    examples: &[Example {
        title: "The picture was shown",
        js: "wx.revokeBufferURL(wx.createBufferURL(new ArrayBuffer(8)))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let url = arguments.first().and_then(Value::as_str);
    cx.world
        .apply(RevokeBufferUrl(url.unwrap_or_default().to_owned()));
    Ok(Value::Undefined)
}
