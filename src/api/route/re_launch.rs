//! `wx.reLaunch`: closes all pages and opens one.
//!
//! Official page: `api/route/wx.reLaunch`. The success callback comes when the client has accepted
//! the route, not when the page is ready; requests run one after the other.

use crate::api::{Api, Behaviour};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::route::{RouteKind, RouteRequest};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "reLaunch",
    group: Group::Route,
    summary: "Closes all pages and opens one.",
    since: Version(1, 1, 0),
    params: &[Param::required("url", Class::String)],
    fails: &[
        Reason::PageNotFound(String::new()),
        Reason::ReLaunchInBackground,
    ],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "Begin again, also with a tab page",
        js: "wx.reLaunch({ url: '/pages/home/home' })",
        replies: "reLaunch:ok",
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
        RouteKind::ReLaunch,
        options.get("url").as_str().unwrap_or_default(),
    )
}
