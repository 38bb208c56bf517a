//! `wx.hideTabBarRedDot`: takes the red dot at an item away.
//!
//! Official page: `api/ui/tab-bar/wx.hideTabBarRedDot`. Fails unless a tab page is on top.
//!
//! Unverified: it takes away a badge too.

use crate::api::{Api, Cx, Reply, answer, tab_index};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{Badge, EditTabBar, TabBarEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideTabBarRedDot",
    group: Group::Ui,
    summary: "Hides the red dot at an item of the tab bar.",
    since: Version(1, 9, 0),
    params: &[Param::required("index", Class::Number)],
    fails: &[Reason::NotOnTabPage, Reason::TabItemNotFound],
    examples: &[Example {
        title: "It was seen",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.hideTabBarRedDot({ index: 1 }) })",
        replies: "switchTab:ok\nhideTabBarRedDot:ok",
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
