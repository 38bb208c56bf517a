//! `wx.removeTabBarBadge`: takes the text at an item away.
//!
//! Official page: `api/ui/tab-bar/wx.removeTabBarBadge`. Fails unless a tab page is on top.

use crate::api::{Api, Cx, Reply, answer, tab_index};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{Badge, EditTabBar, TabBarEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "removeTabBarBadge",
    group: Group::Ui,
    summary: "Removes the text at an item of the tab bar.",
    since: Version(1, 9, 0),
    params: &[Param::required("index", Class::Number)],
    fails: &[Reason::NotOnTabPage, Reason::TabItemNotFound],
    examples: &[Example {
        title: "All messages are read",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.removeTabBarBadge({ index: 1 }) })",
        replies: "switchTab:ok\nremoveTabBarBadge:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let index = tab_index(options);
    cx.world
        .apply(EditTabBar(TabBarEdit::Badge(index, Badge::None)))?;
    Ok(Vec::new())
}
