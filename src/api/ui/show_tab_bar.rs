//! `wx.showTabBar`: shows the tab bar again.
//!
//! Official page: `api/ui/tab-bar/wx.showTabBar`. Fails unless a tab page is on top.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{EditTabBar, TabBarEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showTabBar",
    group: Group::Ui,
    summary: "Shows the tab bar.",
    since: Version(1, 9, 0),
    params: &[Param::optional("animation", Class::Boolean)],
    fails: &[Reason::NotOnTabPage],
    examples: &[Example {
        title: "It may be seen again",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.showTabBar() })",
        replies: "switchTab:ok\nshowTabBar:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(EditTabBar(TabBarEdit::Hidden(false)))?;
    Ok(Vec::new())
}
