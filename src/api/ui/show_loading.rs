//! `wx.showLoading`: a spinner that stays until it is hidden.
//!
//! Official page: `api/ui/interaction/wx.showLoading`. The page calls the title required; the base library puts an
//! empty one in the place of one that is left out (open re-implementation of base library 1.4.2).

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::ui::{Loading, ShowLoading};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showLoading",
    group: Group::Ui,
    summary: "Shows a spinner until `wx.hideLoading`.",
    since: Version(1, 1, 0),
    params: &[
        Param::defaulted("title", Class::String),
        Param::optional("mask", Class::Boolean),
    ],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "While something loads",
        js: "wx.showLoading({ title: 'Loading' })",
        replies: "showLoading:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cx.world.apply(ShowLoading(Loading {
        title: options.get("title").as_str().unwrap_or_default().to_owned(),
        mask: options.get("mask").as_bool().unwrap_or(false),
    }));
    Ok(Vec::new())
}
