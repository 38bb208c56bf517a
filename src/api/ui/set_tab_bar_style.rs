//! `wx.setTabBarStyle`: colors and border of the tab bar.
//!
//! Official page: `api/ui/tab-bar/wx.setTabBarStyle`. Fails unless a tab page is on top.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{EditTabBar, TabBarEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setTabBarStyle",
    group: Group::Ui,
    summary: "Sets colors and border of the tab bar.",
    since: Version(1, 9, 0),
    params: &[
        Param::optional("color", Class::String),
        Param::optional("selectedColor", Class::String),
        Param::optional("backgroundColor", Class::String),
        Param::optional("borderStyle", Class::String),
    ],
    fails: &[Reason::NotOnTabPage],
    examples: &[Example {
        title: "Red for the selected item",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.setTabBarStyle({ selectedColor: '#ff0000' }) })",
        replies: "switchTab:ok\nsetTabBarStyle:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let keys = ["color", "selectedColor", "backgroundColor", "borderStyle"];
    let given = |key: &str| Some((key.to_owned(), options.get(key).as_str()?.to_owned()));
    let style = keys.into_iter().filter_map(given).collect();
    cx.world.apply(EditTabBar(TabBarEdit::Style(style)))?;
    Ok(Vec::new())
}
