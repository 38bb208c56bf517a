//! `wx.authorize` does not ask for `scope.userInfo`.
//!
//! Until 2018-04-30 it opened a dialog: there is nothing to find in that era.

use serde_json::Value as Json;

use super::{Cx, Judged, Rule, Watcher};
use crate::profile::Date;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::world::scope::{Scope, Standing};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P16",
    name: "userInfo-authorize",
    weight: Weight::Warning,
    title: [
        "wx.authorize is not used for scope.userInfo, which opens no dialog",
        "不要用 wx.authorize 请求 scope.userInfo，它不会弹窗",
    ],
    fix: [
        "leave the call out; let the user fill in avatar and nickname (chooseAvatar, input type=nickname)",
        "去掉该调用；让用户自己填写头像和昵称（chooseAvatar、input type=nickname）",
    ],
    source: "https://developers.weixin.qq.com/minigame/dev/guide/base-ability/authorize.md",
    official: true,
    judged: Judged::Run(|| Box::new(Authorize)),
};

/// From this day `scope.userInfo` is asked for by its button only.
const BUTTON_ONLY_FROM: Date = Date::new(2018, 4, 30);

/// Hears calls of `wx.authorize`.
struct Authorize;

impl Watcher for Authorize {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Event::Call { api, options, .. } = &entry.event else {
            return;
        };
        let world = cx.rest.world;
        if api != "authorize"
            || !names_user_info(&options["scope"])
            || world.profile().compat_date < BUTTON_ONLY_FROM
        {
            return;
        }
        let standing = world.scope_standing(&world.app().app_id, Scope::UserInfo);
        let (en, zh) = if standing == Standing::Retired {
            (
                "`wx.authorize` of `scope.userInfo` opens no dialog: it succeeds whatever the user wants",
                "`wx.authorize` 请求 `scope.userInfo` 不会弹窗：无论用户是否愿意都直接成功",
            )
        } else {
            (
                "`wx.authorize` of `scope.userInfo` opens no dialog: it fails until the user taps a getUserInfo button",
                "`wx.authorize` 请求 `scope.userInfo` 不会弹窗：用户点击 getUserInfo 按钮之前都会失败",
            )
        };
        cx.find(en, zh).data = serde_json::json!({ "scope": "scope.userInfo" });
    }
}

/// Whether the scopes of a call have `scope.userInfo`.
fn names_user_info(scope: &Json) -> bool {
    match scope {
        Json::Array(scopes) => scopes.iter().any(|scope| scope == "scope.userInfo"),
        scope => scope == "scope.userInfo",
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    fn authorizes(scope: &str, day: &str) -> Vec<Found> {
        let script =
            format!("Page({{ go() {{\n wx.authorize({{ scope: {scope}, fail() {{}} }}) }} }})");
        let sample = Sample::page("<button bindtap=\"go\">a</button>", &script)
            .agrees()
            .day(day);
        sample.steps(&["tap text=a"]).findings("P16")
    }

    #[test]
    fn asking_for_the_profile_by_authorize_is_found_since_it_asks_nobody() {
        for (scope, day, says) in [
            (
                "'scope.userInfo'",
                "2018-06-04",
                "it fails until the user taps",
            ),
            (
                "'scope.userInfo'",
                "2026-01-01",
                "it succeeds whatever the user wants",
            ),
            (
                "['scope.record', 'scope.userInfo']",
                "2026-01-01",
                "it succeeds",
            ),
        ] {
            let found = authorizes(scope, day);
            assert_eq!(found.len(), 1, "{day}: {found:?}");
            assert!(found[0].says.en.contains(says), "{day}: {found:?}");
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
    }

    #[test]
    fn other_scopes_and_the_days_of_the_dialog_are_none() {
        assert_eq!(authorizes("'scope.record'", "2026-01-01"), []);
        assert_eq!(authorizes("'scope.userInfo'", "2018-03-01"), []);
    }
}
