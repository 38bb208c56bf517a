//! `wx.getAccountInfoSync`: gives the app id and the build of the mini program itself.
//!
//! Official page: `api/open-api/account-info/wx.getAccountInfoSync`.
//!
//! Differs from the client: the device is one common model for each platform.

use crate::api::{Api, Cx, sync, system_info};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getAccountInfoSync",
    group: Group::Base,
    summary: "Gives the app id and the build of the mini program itself.",
    since: Version(2, 2, 2),
    examples: &[Example {
        title: "Which program runs",
        js: "console.log(wx.getAccountInfoSync().miniProgram.appId)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Object(system_info::account(cx)))
}
