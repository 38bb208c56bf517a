//! `wx.switchTab`: goes to a tab page and closes all pages that are not tab pages.
//!
//! Official page: `api/route/wx.switchTab`. The success callback comes when the client has accepted
//! the route, not when the page is ready; requests run one after the other.

use crate::api::{Api, Behaviour};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::route::{RouteKind, RouteRequest};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "switchTab",
    group: Group::Route,
    summary: "Goes to a tab page and closes all pages that are not tab pages.",
    since: Version(1, 0, 0),
    params: &[Param::required("url", Class::String)],
    fails: &[Reason::PageNotFound(String::new()), Reason::NotTabBarPage],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "Go to a tab",
        js: "wx.switchTab({ url: '/pages/home/home' })",
        replies: "switchTab:ok",
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
        RouteKind::SwitchTab,
        options.get("url").as_str().unwrap_or_default(),
    )
}
