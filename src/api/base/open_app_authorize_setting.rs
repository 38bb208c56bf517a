//! `wx.openAppAuthorizeSetting`: opens WeChat's page in the settings of the phone.
//!
//! Official page: `api/base/system/wx.openAppAuthorizeSetting`.
//!
//! Differs from the client: the program stays in the foreground, and nothing changes there by itself; the step `system
//! camera=authorized` is what the user does.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openAppAuthorizeSetting",
    group: Group::Base,
    summary: "Opens WeChat's page in the settings of the phone.",
    since: Version(2, 20, 1),
    differs: "The program stays in the foreground; the step `system` changes what the user would change.",
    examples: &[Example {
        title: "The camera was refused",
        js: "wx.openAppAuthorizeSetting()",
        replies: "openAppAuthorizeSetting:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
