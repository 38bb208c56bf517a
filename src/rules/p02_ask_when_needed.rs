//! Nobody is asked for a permission before the moment at which it is used.
//!
//! Found is a question of `wx.authorize` that the user agreed to, when the program comes to rest without having
//! called anything that the scope guards. The strict reading: nothing is found when the program waits for a timer or
//! for an answer, met a failure or something that is not simulated, when the gesture was one that the dialog ends (a
//! long press or a touch: recording begins with the next), or when, after a gesture, the user can notice that the
//! permission is there or comes to another page: what it is for may be the next thing to tap.
//!
//! A location without `permission.desc` is refused by the platform: that is P15.

use std::collections::BTreeMap;

use super::outcome::{failure, is_missing, is_noticed};
use super::{Cx, Judged, Root, Rule, Watcher};
use crate::api;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P02",
    name: "ask-when-needed",
    weight: Weight::Warning,
    title: [
        "A permission is asked for at the moment it is used",
        "在真正使用权限时才请求授权",
    ],
    fix: [
        "leave wx.authorize out and call the API itself, which asks; or call wx.authorize right before it",
        "去掉 wx.authorize，直接调用接口（会自动请求授权）；或在调用接口之前才请求",
    ],
    source: "https://developers.weixin.qq.com/minigame/dev/guide/base-ability/authorize.md",
    official: true,
    judged: Judged::Run(|| Box::<Asked>::default()),
};

/// Keeps what was asked for until it is used.
#[derive(Clone, Default)]
struct Asked {
    /// Calls of `wx.authorize` that ask, with the scope.
    asking: BTreeMap<u32, String>,
    /// Those that were agreed to and are to be judged, with the macrotasks of their replies.
    granted: Vec<(u32, u32, String)>,
    /// Whether the user could notice something since the first of them.
    is_noticed: bool,
}

impl Watcher for Asked {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        self.is_noticed |= !self.granted.is_empty() && is_noticed(&entry.event);
        match &entry.event {
            Event::Question { call, asked, .. } => {
                let is_authorize = cx
                    .causes
                    .call(*call)
                    .is_some_and(|call| call.api == "authorize");
                if is_authorize && asked.key.starts_with("scope.") {
                    self.asking.insert(*call, asked.key.clone());
                }
            }
            Event::Reply { call, .. } if failure(&entry.event).is_none() => {
                if let Some(scope) = self.asking.remove(call) {
                    self.granted.push((*call, entry.task, scope));
                }
            }
            Event::Reply { call, .. } => {
                self.asking.remove(call);
                self.granted.clear();
            }
            Event::Call { api, .. } | Event::Sync { api, .. } => {
                self.granted.retain(|(_, _, scope)| !uses(api, scope));
            }
            event if is_missing(event) => self.granted.clear(),
            _ => {}
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        let is_waiting = !cx.rest.pending.is_empty();
        let is_noticed = std::mem::take(&mut self.is_noticed);
        for (call, reply, scope) in std::mem::take(&mut self.granted) {
            let task = cx.causes.call(call).map_or(0, |call| call.task);
            let chain = cx.causes.chain(task);
            let is_held = chain.first().is_some_and(|step| is_held(step));
            let is_told = is_noticed && matches!(cx.causes.root(task), Root::Gesture(_));
            if is_waiting || is_held || is_told || cx.causes.leads_to_timer(reply) {
                continue;
            }
            let found = cx.find_call(
                call,
                format!("`{scope}` is asked for and granted, and nothing that needs it is called"),
                format!("请求并获得了 `{scope}`，却没有调用任何需要它的接口"),
            );
            found.data = serde_json::json!({ "scope": scope });
        }
    }
}

/// Whether a call makes use of a scope.
fn uses(name: &str, scope: &str) -> bool {
    let Some(api) = api::find(name) else {
        return false;
    };
    let of_map = name.starts_with("MapContext.") || name == "createMapContext";
    let is_place = matches!(name, "chooseLocation" | "choosePoi" | "openLocation") || of_map;
    let of_camera = name.starts_with("CameraContext.") || name == "createCameraContext";
    api.spec.guard.asks_for(scope)
        || scope.contains("Location") && is_place
        || scope == "scope.camera" && of_camera
}

/// Whether a step is a gesture that a dialog ends.
fn is_held(step: &str) -> bool {
    step.starts_with("longpress") || step.starts_with("touch") || step.starts_with("press")
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    fn asked(then: &str) -> Vec<Found> {
        let script = format!(
            "Page({{ go() {{\n wx.authorize({{ scope: 'scope.writePhotosAlbum', success: () => {{ {then} }}, fail() {{}} }}) }} }})"
        );
        let other = "Page({})";
        let sample = Sample::page("<button bindtap=\"go\">a</button>", &script)
            .file("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#)
            .file("pages/b/b.js", other)
            .file("pages/b/b.wxml", "");
        sample.agrees().steps(&["tap text=a"]).findings("P02")
    }

    #[test]
    fn a_permission_that_is_asked_for_and_not_used_is_found() {
        for then in ["", "console.log('may')", "wx.getSetting({})"] {
            let found = asked(then);
            assert_eq!(found.len(), 1, "{then}: {found:?}");
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
            assert!(
                found[0]
                    .says
                    .en
                    .starts_with("`scope.writePhotosAlbum` is asked for and granted")
            );
            assert_eq!(found[0].data["scope"], "scope.writePhotosAlbum");
        }
    }

    #[test]
    fn a_use_in_the_same_chain_is_none() {
        for then in [
            "wx.saveImageToPhotosAlbum({ filePath: '/a.png', fail() {} })",
            "wx.getSetting({ success() { wx.saveImageToPhotosAlbum({ filePath: '/a.png', fail() {} }) } })",
        ] {
            assert_eq!(asked(then), [], "{then}");
        }
    }

    #[test]
    fn what_cannot_be_known_is_none() {
        for then in [
            "wx.navigateTo({ url: '/pages/b/b' })",
            "this.setData({ may: true })",
            "setTimeout(() => 1, 10)",
            "wx.downloadFile({ url: 'https://a.example/a.png', fail() {} })",
            "wx.getStorage({ key: 'picture', fail() {} })",
        ] {
            assert_eq!(asked(then), [], "{then}");
        }
    }

    #[test]
    fn at_the_start_a_change_of_the_page_is_no_use() {
        let script = "Page({ data: {}, onLoad() {\n wx.authorize({ scope: 'scope.record',\
            success: () => this.setData({ may: true }) }) } })";
        let found = Sample::page("", script).agrees().findings("P02");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].at.as_ref().map(|at| at.line), Some(2));
    }

    #[test]
    fn a_refusal_and_a_scope_that_was_granted_before_ask_for_no_use() {
        let script = "Page({ go() { wx.authorize({ scope: 'scope.record', fail() {} }) } })";
        let page = || {
            Sample::page(
                "<button bindtap=\"go\" bindlongpress=\"go\">a</button>",
                script,
            )
        };
        let found = page()
            .answers("scope.record=deny")
            .steps(&["tap text=a"])
            .findings("P02");
        assert_eq!(found, []);
        let found = page()
            .answers("scope.record=allow")
            .steps(&["tap text=a", "tap text=a"]);
        assert_eq!(
            found.findings("P02").len(),
            1,
            "once, for the tap that asked"
        );
        let held = page()
            .answers("scope.record=allow")
            .steps(&["longpress text=a"]);
        assert_eq!(
            held.findings("P02"),
            [],
            "recording begins with the next press"
        );
    }
}
