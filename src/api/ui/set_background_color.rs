//! `wx.setBackgroundColor`: the color behind the page.
//!
//! Official page: `api/ui/background/wx.setBackgroundColor`.
//!
//! Unverified: what is no color is not refused.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::{Background, SetBackground};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setBackgroundColor",
    group: Group::Ui,
    summary: "Sets the background of the window of the page on top.",
    since: Version(2, 1, 0),
    params: &[
        Param::optional("backgroundColor", Class::String),
        Param::optional("backgroundColorTop", Class::String),
        Param::optional("backgroundColorBottom", Class::String),
    ],
    examples: &[Example {
        title: "A gray window",
        js: "wx.setBackgroundColor({ backgroundColor: '#f6f6f6' })",
        replies: "setBackgroundColor:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = |key| options.get(key).as_str().map(str::to_owned);
    cx.world.apply(SetBackground(Background {
        color: text("backgroundColor"),
        top: text("backgroundColorTop"),
        bottom: text("backgroundColorBottom"),
        text_style: None,
    }));
    Ok(Vec::new())
}
