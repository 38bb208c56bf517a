//! Nobody is asked for anything before they want the feature that needs it.

use super::{Cx, Judged, Root, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P01",
    name: "prompt-before-intent",
    weight: Weight::Error,
    title: [
        "No permission, phone or profile prompt before the user wants the feature that needs it",
        "在用户使用需要授权的功能之前，不弹出任何授权、手机号或资料请求",
    ],
    fix: [
        "ask in the handler of the tap that needs the answer, not in onLaunch, onLoad or onShow",
        "把请求放到需要该权限的点击事件中，而不是 onLaunch、onLoad 或 onShow 中",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/ai/best-practices/user-login-authorization.md",
    official: true,
    judged: Judged::Run(|| Box::new(Prompts)),
};

/// Hears prompts.
struct Prompts;

impl Watcher for Prompts {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Event::Question { call, asked, .. } = &entry.event else {
            return;
        };
        if !asks_for_rights(&asked.key) {
            return;
        }
        let task = cx.causes.call(*call).map_or(entry.task, |call| call.task);
        if matches!(cx.causes.root(task), Root::Launch | Root::System) {
            let key = &asked.key;
            let found = cx.find_call(
                *call,
                format!("`{key}` is asked for though the user did nothing that needs it"),
                format!("用户还没有进行任何需要授权的操作，就弹出了 `{key}` 的请求"),
            );
            found.data = serde_json::json!({ "question": key });
        }
    }
}

/// Whether a question asks for something of the user's.
fn asks_for_rights(key: &str) -> bool {
    key.starts_with("scope.") || matches!(key, "profile" | "phone")
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    const ASKS: &str = "function ask() { wx.authorize({ scope: 'scope.record', fail() {} }) }";

    #[test]
    fn a_prompt_at_the_start_is_found_with_what_led_to_it() {
        let script = format!("{ASKS}\nPage({{ onLoad() {{ ask() }} }})");
        let found = Sample::page("<view>hi</view>", &script).answers("scope.record=deny").findings("P01");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 1));
        assert_eq!(found[0].causes, ["start", "App.onLaunch", "App.onShow", "pages/a/a.onLoad"]);
    }

    #[test]
    fn a_prompt_after_a_tap_is_none_whatever_lies_between() {
        let script = format!(
            "{ASKS}\nPage({{ ask, later() {{ setTimeout(() => wx.getSetting({{ success: ask }}), 10) }} }})"
        );
        let markup = "<button bindtap=\"ask\">a</button><button id=\"l\" bindtap=\"later\">b</button>";
        for step in ["tap text=a", "tap #l"] {
            let sample = Sample::page(markup, &script).answers("scope.record=deny");
            let found = sample.steps(&[step, "advance 1s"]).findings("P01");
            assert_eq!(found, [], "{step}");
        }
    }
}
