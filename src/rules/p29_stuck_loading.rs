//! `wx.showLoading` always ends.
//!
//! Judged when the program rests. A loading mark is stuck when nothing that is still to come can end it: no call
//! waits for its answer, and no timer is left, or ten seconds went by in which none ran. A program that polls by an interval, that has a socket or hears from a video or the like, or whose
//! reaction wxsim could not simulate, is not judged; nor is one whose payment got no callback
//! ([P25](super::p25_pay_confirmed_by_server) speaks of that).

use serde_json::json;

use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event, Fault};
use crate::view::tree::Tree;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P29",
    name: "stuck-loading",
    weight: Weight::Error,
    title: [
        "What wx.showLoading shows always ends",
        "wx.showLoading 显示的加载提示总会结束",
    ],
    fix: [
        "call wx.hideLoading in complete (or finally), so that failures end it too",
        "在 complete（或 finally）中调用 wx.hideLoading，使失败时也会结束",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/api/ui/interaction/wx.showLoading.html",
    official: false,
    judged: Judged::Run(|| Box::<Loading>::default()),
};

/// How long a timer is waited for in which none runs, in milliseconds.
const PATIENCE_MS: i64 = 10_000;

/// Follows the loading mark.
#[derive(Default)]
struct Loading {
    /// The call that shows it, and when.
    shown: Option<(u32, i64)>,
    /// When a timer ran last.
    ticked: i64,
    /// Whether a socket was opened, which may bring something whenever it likes.
    has_socket: bool,
    /// Whether something was met that is not simulated.
    is_blind: bool,
}

impl Watcher for Loading {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" => *self = Self::default(),
            Event::Call { call, api, .. } if api == "showLoading" => {
                self.shown = Some((*call, entry.t));
                self.is_blind = false;
            }
            Event::Call { api, .. } if api == "connectSocket" => self.has_socket = true,
            Event::Unsupported { .. } | Event::Undeclared { .. } | Event::Unanswered { .. } => {
                self.is_blind = true;
            }
            Event::Error {
                fault: Fault::Wxsim,
                ..
            } => self.is_blind = true,
            Event::Answer { answer, .. } if answer == "lostCallback" || answer == "ignore" => {
                self.is_blind = true;
            }
            Event::Task { .. } if cx.causes.timer_of(entry.task).is_some() => self.ticked = entry.t,
            _ => {}
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        let Some((call, from)) = self.shown else {
            return;
        };
        let Some(loading) = cx.rest.world.loading() else {
            // It may only not be there yet.
            if cx.rest.pending.is_empty() {
                self.shown = None;
            }
            return;
        };
        let last = from.max(self.ticked);
        let timers_left = cx.causes.open_timers().next().is_some();
        let may_end = timers_left && cx.rest.t - last < PATIENCE_MS;
        let may_come = self.has_socket || cx.rest.tree.is_some_and(waits_for_media);
        if self.is_blind || !cx.rest.pending.is_empty() || may_end || may_come {
            return;
        }
        let title = loading.title.clone();
        self.shown = None;
        let found = cx.find_call(
            call,
            format!("the loading mark \"{title}\" stays: nothing is left that could hide it"),
            format!("加载提示“{title}”一直显示：已经没有任何回调或定时器会隐藏它"),
        );
        found.data = json!({ "title": title });
    }
}

/// Events of elements that tell the program that something has come, at a moment that is not known here.
const ARRIVALS: [&str; 6] = [
    "loadedmetadata",
    "canplay",
    "play",
    "updated",
    "initdone",
    "message",
];

/// Whether a page has an element from which the program may yet hear.
fn waits_for_media(tree: &Tree) -> bool {
    let mut left = vec![tree.page()];
    while let Some(id) = left.pop() {
        let element = tree.find(id).and_then(|node| node.element());
        let mut events = element.into_iter().flat_map(|element| &element.events);
        if events.any(|binding| ARRIVALS.contains(&&*binding.event)) {
            return true;
        }
        left.extend(tree.drawn_children(id));
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn found(body: &str, steps: &[&str]) -> usize {
        let script =
            format!("Page({{ go() {{\n wx.showLoading({{ title: 'wait' }})\n {body} }} }})");
        let sample = Sample::page(
            "<button bindtap=\"go\">a</button><button bindtap=\"no\">b</button>",
            &script,
        );
        let sample = sample
            .route("* https://a.example/ok = 200 {} ")
            .route("* https://a.example/no = fail timeout");
        let mut all = vec!["tap text=a"];
        all.extend(steps);
        let found = sample.steps(&all).findings("P29");
        for found in &found {
            let at = found.at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
        found.len()
    }

    const HIDES: &str = "wx.hideLoading()";

    #[test]
    fn a_failure_that_nobody_hears_leaves_it_there() {
        let of = |path: &str| {
            format!("wx.request({{ url: 'https://a.example/{path}', success() {{ {HIDES} }} }})")
        };
        assert_eq!(found(&of("ok"), &[]), 0);
        assert_eq!(found(&of("no"), &[]), 1);
        assert_eq!(found(&of("unknown"), &[]), 1, "the network is closed to it");
        let complete =
            "wx.request({ url: 'https://a.example/no', complete() { wx.hideLoading() } })";
        assert_eq!(found(complete, &[]), 0);
        assert_eq!(found("", &[]), 1, "nothing at all");
    }

    #[test]
    fn what_a_call_or_a_timer_will_end_is_not_stuck() {
        assert_eq!(found(&format!("setTimeout(() => {HIDES}, 5000)"), &[]), 0);
        assert_eq!(
            found(&format!("setTimeout(() => {HIDES}, 5000)"), &["advance 6s"]),
            0
        );
        assert_eq!(
            found("clearTimeout(setTimeout(() => 1, 5000))", &[]),
            1,
            "the timer was ended"
        );
        assert_eq!(
            found("clearInterval(setInterval(() => 1, 500))", &["advance 1s"]),
            1
        );
        assert_eq!(found("setTimeout(() => 1, 60000)", &["advance 9s"]), 0);
        let steps = ["advance 11s", "advance 1ms"];
        assert_eq!(found("setTimeout(() => 1, 60000)", &steps), 1);
        assert_eq!(
            found(
                "setInterval(() => this.setData({ a: 1 }), 1000)",
                &["advance 30s"]
            ),
            0,
            "it polls"
        );
        let modal = format!("wx.showModal({{ title: 'x', complete() {{ {HIDES} }} }})");
        assert_eq!(found(&modal, &[]), 0, "a question is open");
    }

    #[test]
    fn what_may_come_from_a_socket_or_a_video_is_waited_for() {
        let socket = "wx.connectSocket({ url: 'wss://a.example/' }); wx.onSocketMessage(() => wx.hideLoading())";
        assert_eq!(found(socket, &[]), 0);
        let script =
            "Page({ onLoad() { wx.showLoading({ title: 'x' }) }, hide() { wx.hideLoading() } })";
        let of = |markup: &str| Sample::page(markup, script).findings("P29").len();
        assert_eq!(
            of("<video src=\"https://a.example/v.mp4\" bindloadedmetadata=\"hide\"/>"),
            0
        );
        assert_eq!(
            of("<video src=\"https://a.example/v.mp4\" bindtap=\"hide\"/>"),
            1
        );
    }

    #[test]
    fn what_is_not_simulated_is_not_the_programs_fault() {
        let body = format!("wx.startHCE({{ aid_list: [], success() {{ {HIDES} }} }})");
        assert_eq!(found(&body, &[]), 0);
        assert_eq!(
            found(&format!("wx.showToast({{ title: 'done' }}); {HIDES}"), &[]),
            0
        );
    }
}
