//! `wx.setTabBarItem`: label and pictures of an item of the tab bar.
//!
//! Official page: `api/ui/tab-bar/wx.setTabBarItem`. Fails unless a tab page is on top.
//!
//! Unverified: `onTabItemTap` tells the new label; a picture that does not exist is not refused.

use crate::api::{Api, Cx, Reply, answer, tab_index};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{EditTabBar, TabBarEdit, TabItemState};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setTabBarItem",
    group: Group::Ui,
    summary: "Sets label and pictures of an item of the tab bar.",
    since: Version(1, 9, 0),
    params: &[
        Param::required("index", Class::Number),
        Param::optional("text", Class::String),
        Param::optional("iconPath", Class::String),
        Param::optional("selectedIconPath", Class::String),
    ],
    fails: &[Reason::NotOnTabPage, Reason::TabItemNotFound],
    examples: &[Example {
        title: "Rename an item",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.setTabBarItem({ index: 1, text: 'Me' }) })",
        replies: "switchTab:ok\nsetTabBarItem:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let index = tab_index(options);
    let text = |key| options.get(key).as_str().map(str::to_owned);
    let item = TabItemState {
        text: text("text"),
        icons: (text("iconPath"), text("selectedIconPath")),
        ..TabItemState::default()
    };
    cx.world.apply(EditTabBar(TabBarEdit::Item(index, item)))?;
    Ok(Vec::new())
}
