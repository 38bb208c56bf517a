//! `wx.authorizeForMiniProgram`: asks for a scope of the mini program that a plugin is in.
//!
//! Official page: `api/open-api/authorize/wx.authorizeForMiniProgram`, base library 2.14.4. Only plugins can call it, for three scopes.
//!
//! Differs from the client: no plugin has code here, so that every call comes from a mini program.
//! Unverified: a mini program has the member, and its call fails as for an API that is not open to it.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "authorizeForMiniProgram",
    group: Group::Setting,
    summary: "Asks for a scope of the mini program that a plugin is in; a mini program itself calls `wx.authorize`.",
    since: Version(2, 14, 4),
    params: &[Param::required("scope", Class::String)],
    promise: false,
    fails: &[Reason::NoPermission],
    differs: "Code of plugins does not run: no caller may use it.",
    examples: &[Example {
        title: "In a mini program",
        js: "wx.authorizeForMiniProgram({ scope: 'scope.record', fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "authorizeForMiniProgram:fail no permission",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Err(Reason::NoPermission)
}
