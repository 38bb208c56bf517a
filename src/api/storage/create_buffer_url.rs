//! `wx.createBufferURL`: an address for bytes in memory.
//!
//! Official page: `api/storage/wx.createBufferURL`. The address lives until `wx.revokeBufferURL` or
//! the end of the program.
//!
//! Unverified: what is no buffer gives the empty text.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::buffer_url::CreateBufferUrl;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createBufferURL",
    group: Group::Storage,
    summary: "Gives an address to bytes in memory.",
    since: Version(2, 14, 0),
    examples: &[Example {
        title: "Show a picture that was made in memory",
        js: "console.log(wx.createBufferURL(new Uint8Array([1, 2, 3]).buffer))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    Ok(match arguments.first() {
        Some(Value::Bytes(_, bytes)) => cx.world.apply(CreateBufferUrl(bytes.clone())).into(),
        _ => "".into(),
    })
}
