//! `wx.setTabBarBadge`: a text at an item of the tab bar.
//!
//! Official page: `api/ui/tab-bar/wx.setTabBarBadge`. It takes the place of a red dot. Fails
//! unless a tab page is on top; more than four characters are shown as an ellipsis.

use crate::api::{Api, Cx, Reply, answer, tab_index};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::tab_bar::{Badge, EditTabBar, TabBarEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setTabBarBadge",
    group: Group::Ui,
    summary: "Shows a text at the upper right of an item of the tab bar.",
    since: Version(1, 9, 0),
    params: &[
        Param::required("index", Class::Number),
        Param::required("text", Class::String),
    ],
    fails: &[Reason::NotOnTabPage, Reason::TabItemNotFound],
    examples: &[Example {
        title: "New messages",
        js: "wx.switchTab({ url: '/pages/home/home', success: () => wx.setTabBarBadge({ index: 1, text: '3' }) })",
        replies: "switchTab:ok\nsetTabBarBadge:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let index = tab_index(options);
    let text = options.get("text").as_str().unwrap_or_default().to_owned();
    cx.world
        .apply(EditTabBar(TabBarEdit::Badge(index, Badge::Text(text))))?;
    Ok(Vec::new())
}
