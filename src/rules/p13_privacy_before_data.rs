//! The user is asked for agreement to the privacy guide, and told what does not work without it.
//!
//! That nothing is collected before the agreement is seen to by the platform. Two things are left to the program. One
//! that listens to `wx.onNeedPrivacyAuthorization` must show its own dialog: found when the listener was told and,
//! until the program rests, nothing could be noticed and nothing was resolved. And for ten seconds after a refusal
//! the platform opens no dialog: found when a gesture in that time fails for want of the agreement and nothing could
//! be noticed since it began. Nothing is found when a timer may still bring something, when the page has the button of
//! the agreement already, or when the program missed something that is not simulated.

use std::collections::BTreeMap;

use super::on_page::elements;
use super::outcome::{Failure, failure, is_missing, is_noticed};
use super::{Cx, Judged, Root, Rule, Watcher};
use crate::api;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Cause, Entry, Event};
use crate::view::coerce;
use crate::view::tree::Element;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P13",
    name: "privacy-before-data",
    weight: Weight::Error,
    title: [
        "Where agreement to the privacy guide is missing, the user learns of it",
        "缺少隐私授权时，用户能看到授权弹窗或提示",
    ],
    fix: [
        "show a dialog in the listener of wx.onNeedPrivacyAuthorization, and handle the failure: in the ten seconds after a refusal the platform shows none",
        "在 wx.onNeedPrivacyAuthorization 的监听函数中展示弹窗，并处理失败：用户拒绝后十秒内平台不会再弹窗",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html",
    official: true,
    judged: Judged::Run(|| Box::<Agreement>::default()),
};

/// The listener of the program.
const LISTENER: &str = "onNeedPrivacyAuthorization";

/// Keeps what waits for agreement.
#[derive(Clone, Default)]
struct Agreement {
    gesture: u32,
    /// Whether something could be noticed since the gesture began.
    is_noticed: bool,
    /// The last call of each API.
    last: BTreeMap<String, u32>,
    /// Whether the program has a dialog of its own.
    has_listener: bool,
    /// The listener was told: the macrotask, the call that waits.
    told: Option<(u32, u32)>,
    /// Calls that failed for want of the agreement, with the macrotasks of their replies.
    failed: Vec<(u32, u32)>,
}

impl Watcher for Agreement {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        if is_missing(&entry.event) || is_noticed(&entry.event) && !is_waiting_call(entry) {
            self.is_noticed = true;
            self.told = None;
        }
        match &entry.event {
            Event::Task {
                cause: Cause::Gesture(number),
                ..
            } if *number != self.gesture => {
                self.gesture = *number;
                self.is_noticed = false;
            }
            Event::Call { call, api, .. } => {
                self.last.insert(api.clone(), *call);
            }
            Event::Told {
                event, argument, ..
            } if event == LISTENER => {
                self.has_listener = true;
                let referrer = argument["referrer"].as_str().unwrap_or_default();
                let call = self.last.get(referrer).copied();
                self.told = call.map(|call| (entry.task, call));
            }
            // That a dialog is shown is told to the platform, not to the user.
            Event::Sync { api, arguments, .. }
                if api.starts_with(LISTENER)
                    && arguments[0]["event"] != "exposureAuthorization" =>
            {
                self.told = None;
            }
            _ => {}
        }
        if let Some(refused) = failure(&entry.event).filter(Failure::is_privacy_refusal) {
            let call = cx.causes.call(refused.call);
            // A button that the program learns nothing of when it fails.
            let is_told = call.is_none_or(|call| call.api != "button.chooseAvatar");
            let task = call.map_or(0, |call| call.task);
            if is_told && !self.has_listener && cx.causes.root(task) == Root::Gesture(self.gesture) {
                self.failed.push((refused.call, entry.task));
            }
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        if let Some((task, call)) = self.told.take()
            && !cx.causes.leads_to_timer(task)
            && !has_button(cx)
        {
            waits(call, cx);
        }
        for (call, reply) in std::mem::take(&mut self.failed) {
            if !self.is_noticed && !cx.causes.leads_to_timer(reply) {
                fails_quietly(call, cx);
            }
        }
    }
}

/// Whether an entry is a call of which the user notices nothing as long as the agreement is missing.
fn is_waiting_call(entry: &Entry) -> bool {
    let Event::Call { api, .. } = &entry.event else {
        return false;
    };
    api::find(api).is_some_and(|api| api.spec.privacy.is_some())
}

/// Whether the page on top has the button of the agreement.
fn has_button(cx: &Cx<'_>) -> bool {
    let is_one = |element: &Element| {
        let kinds = coerce::join_text(element.attribute("open-type"));
        kinds
            .split('|')
            .any(|kind| kind == "agreePrivacyAuthorization")
    };
    let mut all = cx.rest.tree.into_iter().flat_map(elements);
    all.any(|(_, element)| is_one(element))
}

/// A call waits and the listener shows nothing.
fn waits(call: u32, cx: &mut Cx<'_>) {
    let Some(api) = cx.causes.call(call).map(|call| call.api.clone()) else {
        return;
    };
    let found = cx.find_call(
        call,
        format!("`{api}` waits for the user's agreement, and the listener of `wx.{LISTENER}` shows nothing"),
        format!("`{api}` 在等待隐私授权，但 `wx.{LISTENER}` 的监听函数没有展示任何内容"),
    );
    found.data = serde_json::json!({ "api": api, "listener": true });
}

/// A call fails soon after a refusal and nobody says so.
fn fails_quietly(call: u32, cx: &mut Cx<'_>) {
    let Some(api) = cx.causes.call(call).map(|call| call.api.clone()) else {
        return;
    };
    let found = cx.find_call(
        call,
        format!("soon after the privacy guide was refused `{api}` fails without a dialog, and the program says nothing"),
        format!("拒绝隐私授权后不久，`{api}` 不弹窗直接失败，小程序没有任何提示"),
    );
    found.data = serde_json::json!({ "api": api, "listener": false });
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    const MARKUP: &str = "<button bindtap=\"go\">a</button>";

    fn listens(listener: &str) -> Vec<Found> {
        let script = format!(
            "wx.onNeedPrivacyAuthorization((resolve, info) => {{ {listener} }})\n\
             Page({{ go() {{\n wx.getClipboardData({{ fail() {{}} }}) }} }})"
        );
        let sample = Sample::page(MARKUP, &script);
        sample
            .answers("modal=cancel")
            .steps(&["tap text=a"])
            .findings("P13")
    }

    #[test]
    fn a_listener_that_shows_nothing_leaves_the_call_waiting() {
        for listener in [
            "",
            "resolve({ event: 'exposureAuthorization' })",
            "getApp().resolve = resolve; console.log(info.referrer)",
        ] {
            let found = listens(listener);
            assert_eq!(found.len(), 1, "{listener}: {found:?}");
            assert!(
                found[0]
                    .says
                    .en
                    .starts_with("`getClipboardData` waits for the user's agreement")
            );
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 3));
        }
    }

    #[test]
    fn a_listener_that_shows_something_or_decides_is_none() {
        for listener in [
            "getCurrentPages()[0].setData({ asks: true })",
            "wx.showModal({ content: 'guide' })",
            "setTimeout(() => wx.showToast({ title: 'guide' }), 10)",
            "resolve({ event: 'disagree' })",
        ] {
            assert_eq!(listens(listener), [], "{listener}");
        }
    }

    #[test]
    fn a_dialog_that_is_there_already_need_not_be_shown() {
        let markup =
            format!("{MARKUP}<button open-type=\"agreePrivacyAuthorization\">agree</button>");
        let script = "wx.onNeedPrivacyAuthorization(() => {})\n\
                      Page({ go() { wx.getClipboardData({ fail() {} }) } })";
        let found = Sample::page(&markup, script)
            .steps(&["tap text=a"])
            .findings("P13");
        assert_eq!(found, []);
    }

    fn taps(fail: &str, steps: &[&str]) -> Vec<Found> {
        let script = format!(
            "Page({{ data: {{}}, go() {{\n wx.getClipboardData({{ fail: () => {{ {fail} }} }}) }} }})"
        );
        let sample = Sample::page(MARKUP, &script);
        sample
            .answers("privacy=refuse")
            .steps(steps)
            .findings("P13")
    }

    #[test]
    fn a_tap_that_fails_without_a_dialog_and_a_word_is_found() {
        let found = taps("console.log('no')", &["tap text=a", "tap text=a"]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .says
                .en
                .starts_with("soon after the privacy guide was refused")
        );
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
    }

    #[test]
    fn what_no_gesture_asked_for_may_fail_without_a_word() {
        let script = "Page({ go() {}, onShow() { wx.getClipboardData({ fail() {} }) } })";
        let sample = Sample::page(MARKUP, script).answers("privacy=refuse");
        let steps = ["tap text=a", "background", "resume"];
        assert_eq!(sample.steps(&steps).findings("P13"), []);
    }

    #[test]
    fn the_refusal_itself_a_later_dialog_and_a_word_are_none() {
        assert_eq!(taps("", &["tap text=a"]), [], "the user has just refused");
        assert_eq!(
            taps("", &["tap text=a", "advance 11s", "tap text=a"]),
            [],
            "asked again"
        );
        let twice = ["tap text=a", "tap text=a"];
        assert_eq!(taps("wx.showToast({ title: 'no' })", &twice), []);
        assert_eq!(taps("this.setData({ no: 1 })", &twice), []);
    }
}
