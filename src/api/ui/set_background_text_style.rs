//! `wx.setBackgroundTextStyle`: the mark of the pull-down refresh, dark or light.
//!
//! Official page: `api/ui/background/wx.setBackgroundTextStyle`.
//!
//! Unverified: the text for a style that is neither `dark` nor `light`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::{Background, SetBackground};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setBackgroundTextStyle",
    group: Group::Ui,
    summary: "Sets how text and mark of the pull-down refresh look.",
    since: Version(2, 1, 0),
    params: &[Param::required("textStyle", Class::String)],
    fails: &[Reason::InvalidValue("textStyle", String::new())],
    examples: &[Example {
        title: "Dark on a light window",
        js: "wx.setBackgroundTextStyle({ textStyle: 'dark' })",
        replies: "setBackgroundTextStyle:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let style = options.get("textStyle").as_str().unwrap_or_default();
    if !["dark", "light"].contains(&style) {
        return Err(Reason::InvalidValue("textStyle", style.to_owned()));
    }
    cx.world.apply(SetBackground(Background {
        text_style: Some(style.to_owned()),
        ..Background::default()
    }));
    Ok(Vec::new())
}
