//! `wx.setNavigationBarColor`: the colors of the navigation bar.
//!
//! Official page: `api/ui/navigation-bar/wx.setNavigationBarColor`. The front color is `#ffffff`
//! or `#000000`; others are refused.
//!
//! Unverified: the text of that refusal is the one of open re-implementations; `backgroundColor`
//! is not checked.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::navigation_bar::{BarEdit, EditNavigationBar};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setNavigationBarColor",
    group: Group::Ui,
    summary: "Sets the colors of the navigation bar of the page on top.",
    since: Version(1, 4, 0),
    params: &[
        Param::required("frontColor", Class::String),
        Param::required("backgroundColor", Class::String),
        Param::optional("animation", Class::Object),
    ],
    fails: &[Reason::InvalidValue("frontColor", String::new())],
    examples: &[Example {
        title: "A dark bar",
        js: "wx.setNavigationBarColor({ frontColor: '#ffffff', backgroundColor: '#333333' })",
        replies: "setNavigationBarColor:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = |key| options.get(key).as_str().unwrap_or_default().to_owned();
    let front = text("frontColor");
    if !["#ffffff", "#000000"].contains(&front.as_str()) {
        return Err(Reason::InvalidValue("frontColor", front));
    }
    let colors = BarEdit::Colors(front, text("backgroundColor"));
    cx.world.apply(EditNavigationBar(colors));
    Ok(Vec::new())
}
