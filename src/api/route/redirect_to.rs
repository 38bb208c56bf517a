//! `wx.redirectTo`: closes the page and opens another one in its place (not a tab page).
//!
//! Official page: `api/route/wx.redirectTo`. The success callback comes when the client has accepted
//! the route, not when the page is ready; requests run one after the other.

use crate::api::{Api, Behaviour};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::route::{RouteKind, RouteRequest};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "redirectTo",
    group: Group::Route,
    summary: "Closes the page and opens another one in its place (not a tab page).",
    since: Version(1, 0, 0),
    params: &[Param::required("url", Class::String)],
    fails: &[Reason::PageNotFound(String::new()), Reason::TabBarPage],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "Replace the page",
        js: "wx.redirectTo({ url: '../other/other' })",
        replies: "redirectTo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Route(request),
};

fn request(options: &Value) -> RouteRequest {
    RouteRequest::to(
        RouteKind::RedirectTo,
        options.get("url").as_str().unwrap_or_default(),
    )
}
