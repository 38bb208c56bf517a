//! `wx.getApiCategory`: which APIs are open to the program.
//!
//! Official page: `api/base/app/life-cycle/wx.getApiCategory`.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getApiCategory",
    group: Group::Base,
    summary: "Tells which APIs are open, by how the program was opened.",
    since: Version(2, 33, 0),
    examples: &[Example {
        title: "Everything, or a look from outside?",
        js: "console.log(wx.getApiCategory())",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(cx.world.api_category().name().into())
}
