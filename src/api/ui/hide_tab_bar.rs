//! `wx.hideTabBar`: takes the tab bar away.
//!
//! Official page: `api/ui/tab-bar/wx.hideTabBar`. Fails unless a tab page is on top.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{EditTabBar, TabBarEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "hideTabBar",
    group: Group::Ui,
    summary: "Hides the tab bar.",
    since: Version(1, 9, 0),
    params: &[Param::optional("animation", Class::Boolean)],
    fails: &[Reason::NotOnTabPage],
    examples: &[Example {
        title: "Room for a sheet",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.hideTabBar() })",
        replies: "switchTab:ok\nhideTabBar:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(EditTabBar(TabBarEdit::Hidden(true)))?;
    Ok(Vec::new())
}
