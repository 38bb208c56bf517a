//! `wx.rewriteRoute`: leads a route to another page before it happens.
//!
//! Official page: `api/route/wx.rewriteRoute`.
//!
//! The rules are those of [`rewrite`](crate::world::rewrite).
//!
//! Unverified: the text for a page that does not exist. Differs from the client: pages of other subpackages can be chosen, which the
//! official page calls a known problem of the client.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, RewriteProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::rewrite::RewriteRoute;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "rewriteRoute",
    group: Group::Route,
    summary: "Leads a route to another page before it happens.",
    since: Version(3, 8, 0),
    params: &[
        Param::required("url", Class::String),
        Param::optional("preserveQuery", Class::Boolean),
    ],
    promise: false,
    fails: &[
        Reason::NotSupported,
        Reason::Rewrite(RewriteProblem::Outside),
        Reason::PageNotFound(String::new()),
    ],
    differs: "A route may also be led to a page of another subpackage.",
    examples: &[Example {
        title: "Only while listeners of wx.onBeforeAppRoute run",
        js: "wx.rewriteRoute({ url: '/pages/other/other', fail: () => {} })",
        replies: "rewriteRoute:fail rewriteRoute is only allowed in a onBeforeAppRoute callback",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cx.world.apply(RewriteRoute {
        url: options.get("url").as_str().unwrap_or_default().to_owned(),
        preserve_query: options.get("preserveQuery").as_bool() == Some(true),
    })?;
    Ok(Vec::new())
}
