//! What only a tap may lead to is called by a tap.
//!
//! Only what the platform itself refuses is found; which base library began to refuse which API is known to the rows
//! of the APIs.

use super::outcome::failure;
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::Entry;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P06",
    name: "tap-only",
    weight: Weight::Error,
    title: [
        "APIs that only a tap may open are called in the handler of a tap",
        "只能由点击触发的接口，在点击事件的处理函数中调用",
    ],
    fix: [
        "call it in the tap handler itself, before any setTimeout and before replies that lose the tap (a request keeps it)",
        "直接在点击处理函数中调用；不要放在 setTimeout 或会丢失点击状态的回调之后（wx.request 的回调会保留）",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/api/navigate/wx.navigateToMiniProgram.md",
    official: true,
    judged: Judged::Run(|| Box::new(Taps)),
};

/// Hears failures.
struct Taps;

impl Watcher for Taps {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Some(failed) = failure(&entry.event) else {
            return;
        };
        if !failed
            .text
            .ends_with("can only be invoked by user TAP gesture.")
        {
            return;
        }
        let api = failed.api;
        let found = cx.find_call(
            failed.call,
            format!("`{api}` is called without a tap of the user, so the platform refuses it"),
            format!("`{api}` 不是由用户点击触发的，平台拒绝执行"),
        );
        found.data = serde_json::json!({ "api": api, "errMsg": failed.text });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    const MARKUP: &str = "<button bindtap=\"go\">a</button>";

    fn page(body: &str) -> Sample {
        let script = format!("Page({{\n go() {{\n {body}\n }} }})");
        Sample::page(MARKUP, &script)
            .answers("settings={}")
            .steps(&["tap text=a", "advance 1s"])
    }

    #[test]
    fn what_a_timer_or_a_hook_opens_is_found_where_it_is_called() {
        let found = page("setTimeout(() => wx.openSetting({ fail() {} }), 10)").findings("P06");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 3));
        assert!(
            found[0]
                .says
                .en
                .starts_with("`openSetting` is called without a tap")
        );
        let script =
            "Page({ onLoad() { wx.requestSubscribeMessage({ tmplIds: ['t'], fail() {} }) } })";
        let found = Sample::page(MARKUP, script).findings("P06");
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn what_a_tap_opens_is_none_also_after_a_reply_that_keeps_it() {
        for body in [
            "wx.openSetting({})",
            "wx.getSetting({ success() { wx.openSetting({}) } })",
        ] {
            assert_eq!(page(body).findings("P06"), [], "{body}");
        }
    }

    #[test]
    fn before_the_platform_asked_for_a_tap_there_is_nothing_to_find() {
        let sample = page("setTimeout(() => wx.openSetting({ fail() {} }), 10)");
        assert_eq!(sample.day("2018-06-04").findings("P06"), []);
    }
}
