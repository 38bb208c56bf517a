//! `wx.navigateBack`: closes the page, or several.
//!
//! Official page: `api/route/wx.navigateBack`. A `delta` that is no number or below 1 counts as 1;
//! one that is too large goes down to the first page.

use crate::api::{Api, Behaviour};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param};
use crate::value::Value;
use crate::world::route::RouteRequest;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "navigateBack",
    group: Group::Route,
    summary: "Closes the page, or several, and shows the one below.",
    params: &[Param::optional("delta", Class::Number)],
    fails: &[Reason::BackAtFirstPage],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "Back, or home when the page was opened directly",
        js: "wx.navigateBack({ fail: () => wx.switchTab({ url: '/pages/home/home' }) })",
        replies: "navigateBack:fail cannot navigate back at first page.\nswitchTab:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Route(request),
};

fn request(options: &Value) -> RouteRequest {
    RouteRequest::back(options.get("delta").as_f64())
}
