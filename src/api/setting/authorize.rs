//! `wx.authorize`: asks for a scope now, without calling what it guards.
//!
//! Official page: `api/open-api/authorize/wx.authorize`. A scope that was answered before is not
//! asked again: granted succeeds, refused fails at once. All of that is the gate's work.
//!
//! Base library changelog, 1.6.0: what happens to a list of scopes is the same everywhere from there on.
//!
//! Unverified: before 1.6.0 a list is taken and its scopes are asked for one after the other until one
//! is refused (number 110 of the error table speaks of a scope list); since 1.6.0 the parameter check
//! refuses it.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "authorize",
    group: Group::Setting,
    summary: "Asks the user for a scope, unless it was answered before.",
    since: Version(1, 2, 0),
    params: &[Param {
        list_before: Version(1, 6, 0),
        ..Param::required("scope", Class::String)
    }],
    guard: Guard::Argument("scope"),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::InvalidScope,
        Reason::EmptyScope,
        Reason::PermissionDescMissing,
        Reason::SystemPermissionDenied,
    ],
    examples: &[Example {
        title: "Ask once; a later call does not ask again",
        js: "wx.authorize({ scope: 'scope.record' }).then(() => wx.authorize({ scope: 'scope.record' }))",
        replies: "authorize:ok\nauthorize:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
