//! `wx.setNavigationBarTitle`: the title in the navigation bar.
//!
//! Official page: `api/ui/navigation-bar/wx.setNavigationBarTitle`. It is for the page on top when
//! the call is made, which after a slow request may be another one.
//!
//! Unverified: without any page (in `App.onLaunch`) it succeeds and changes nothing.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::world::navigation_bar::{BarEdit, EditNavigationBar};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setNavigationBarTitle",
    group: Group::Ui,
    summary: "Sets the title of the page on top.",
    params: &[Param::required("title", Class::String)],
    examples: &[Example {
        title: "Name the page after what it shows",
        js: "wx.setNavigationBarTitle({ title: 'Order 17' })",
        replies: "setNavigationBarTitle:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cx.world.apply(EditNavigationBar(BarEdit::Title(
        options.get("title").as_str().unwrap_or_default().to_owned(),
    )));
    Ok(Vec::new())
}
