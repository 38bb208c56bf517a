//! A payment that the user cancels leaves the program as it was before.
//!
//! Found are, after a cancelled cashier, when the program rests: a loading mark that nothing will hide; a flag that the
//! tap set on its way to the cashier (`paying`, `loading`, …) and that stays set while a button is disabled or shows
//! that it loads; and a handler that opened the cashier the first time and does nothing at all when it runs again.
//! Clients up to 6.5.2 tell a cancelled cashier to `complete` alone: what is left undone then is found in the same way.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{Cx, Judged, Root, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P26",
    name: "pay-cancel",
    weight: Weight::Error,
    title: [
        "After a cancelled payment the program goes on: no loading mark stays, the button works again",
        "取消支付后程序恢复正常：没有残留的加载提示，按钮可以再次点击",
    ],
    fix: [
        "undo in complete whatever was done before wx.requestPayment; clients up to 6.5.2 call nothing else",
        "在 complete 中恢复调用 wx.requestPayment 之前的状态；6.5.2 及以前的客户端只会触发 complete",
    ],
    source: "https://w3cschool.cn/weixinapp/uvq81qdh.html",
    official: false,
    judged: Judged::Run(|| Box::<Cancelled>::default()),
};

/// A flag of a page: the page's number and the path of its data.
type Flag = (u32, String);

/// Follows cancelled payments.
#[derive(Default)]
struct Cancelled {
    /// Flags that are set, with the gesture that set them.
    flags: BTreeMap<Flag, u32>,
    /// Handlers that led to the cashier, by its call: handler, gesture.
    cashiers: BTreeMap<u32, (String, u32)>,
    /// Cancelled calls that were not judged.
    fresh: BTreeSet<u32>,
    /// Handlers whose cashier was cancelled, with its call.
    handlers: BTreeMap<String, u32>,
    /// A handler that runs again: its gesture, the cancelled call, whether something came of it.
    again: Option<(u32, u32, bool)>,
}

impl Watcher for Cancelled {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let gesture = match cx.causes.root(entry.task) {
            Root::Gesture(number) => number,
            Root::Launch | Root::System | Root::Unknown => 0,
        };
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" => *self = Self::default(),
            Event::Call { call, api, .. } if api == "requestPayment" => {
                let handler = cx
                    .causes
                    .hooks(entry.task)
                    .last()
                    .unwrap_or_default()
                    .to_owned();
                self.cashiers.insert(*call, (handler, gesture));
                self.stir(gesture);
            }
            Event::Reply { call, api, result } if api == "requestPayment" => {
                let message = result["errMsg"].as_str().unwrap_or_default();
                if message.starts_with("requestPayment") && message.ends_with("cancel") {
                    self.fresh.insert(*call);
                }
                self.stir(gesture);
            }
            Event::SetData { page, data, .. } => {
                self.take_flags(*page, data, gesture);
                self.stir(gesture);
            }
            Event::Hook { owner, hook, .. } => {
                let handler = format!("{owner}.{hook}");
                let call = self.handlers.get(&handler).filter(|_| gesture > 0);
                let is_first = self.again.is_none_or(|(number, ..)| number != gesture);
                if let Some(call) = call.filter(|_| is_first) {
                    self.again = Some((gesture, *call, false));
                }
            }
            Event::Call { .. }
            | Event::Sync { .. }
            | Event::Console { .. }
            | Event::Question { .. }
            | Event::Error { .. }
            | Event::Unsupported { .. }
            | Event::Reply { .. } => self.stir(gesture),
            _ => {}
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        let again = self.again.take();
        if let Some((_, call, false)) = again.filter(|(gesture, ..)| !has_timer(cx, *gesture)) {
            tell(
                cx,
                call,
                "dead",
                "the button does nothing any more after a cancelled payment",
                "取消支付后，再次点击按钮没有任何反应",
            );
        }
        if !cx.rest.pending.is_empty() {
            return;
        }
        for call in std::mem::take(&mut self.fresh) {
            let gesture = self.cashiers.get(&call).map_or(0, |(_, gesture)| *gesture);
            if has_timer(cx, gesture) {
                self.fresh.insert(call);
                continue;
            }
            let (handler, _) = self.cashiers.remove(&call).unwrap_or_default();
            if !handler.is_empty() && gesture > 0 {
                self.handlers.insert(handler, call);
            }
            self.judge(call, gesture, cx);
        }
    }
}

/// Whether a timer may run yet that a gesture started.
fn has_timer(cx: &Cx<'_>, gesture: u32) -> bool {
    let mut timers = cx.causes.open_timers();
    timers.any(|(task, _)| cx.causes.root(task) == Root::Gesture(gesture))
}

impl Cancelled {
    /// Something came of a gesture.
    fn stir(&mut self, gesture: u32) {
        if let Some((number, _, has_stirred)) = &mut self.again {
            *has_stirred |= *number == gesture;
        }
    }

    fn take_flags(&mut self, page: u32, data: &Json, gesture: u32) {
        for (path, value) in data.as_object().into_iter().flatten() {
            let flag = (page, path.clone());
            if *value == Json::Bool(true) && is_busy_name(path) {
                self.flags.insert(flag, gesture);
            } else {
                self.flags.remove(&flag);
            }
        }
    }

    fn judge(&self, call: u32, gesture: u32, cx: &mut Cx<'_>) {
        if cx.rest.world.loading().is_some() {
            tell(
                cx,
                call,
                "loading",
                "the loading mark stays after a cancelled payment",
                "取消支付后加载提示没有消失",
            );
        }
        let flag = self
            .flags
            .iter()
            .find(|(_, by)| **by == gesture && gesture > 0);
        let is_shown = cx.rest.tree.is_some_and(has_busy_button);
        if let Some(((_, path), _)) = flag.filter(|_| is_shown) {
            tell(
                cx,
                call,
                path,
                &format!(
                    "`{path}` stays true and the button stays disabled or loading after a cancelled payment"
                ),
                &format!("取消支付后 `{path}` 仍为 true，按钮仍处于禁用或加载状态"),
            );
        }
    }
}

fn tell(cx: &mut Cx<'_>, call: u32, left: &str, en: &str, zh: &str) {
    let found = cx.find_call(call, en, zh);
    found.data = json!({ "left": left });
}

/// Whether a flag of that name says that something is under way.
fn is_busy_name(path: &str) -> bool {
    let small = path.to_lowercase();
    [
        "loading",
        "paying",
        "submitting",
        "disabled",
        "busy",
        "locked",
        "sending",
        "processing",
        "pending",
    ]
    .iter()
    .any(|word| small.contains(word))
}

/// Whether the page has a button that cannot be tapped, or that shows that it loads.
fn has_busy_button(tree: &Tree) -> bool {
    let mut left: Vec<NodeId> = vec![tree.page()];
    while let Some(id) = left.pop() {
        let element = tree.find(id).and_then(|node| node.element());
        let is_on = |name| element.is_some_and(|element| *element.current(name) == Val::Bool(true));
        if element.is_some_and(|element| &*element.tag == "button")
            && (is_on("disabled") || is_on("loading"))
        {
            return true;
        }
        left.extend(tree.drawn_children(id));
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn sample(before: &str, after: &str) -> Sample {
        let script = format!(
            "Page({{ data: {{ paying: false }}, pay() {{ {before}; wx.request({{ url: 'https://a.example/pay', success: ({{ data }}) => {{
  wx.requestPayment({{ ...data, {after} }}) }} }}) }} }})"
        );
        let sample = Sample::page(
            "<button disabled=\"{{paying}}\" bindtap=\"pay\">a</button>",
            &script,
        );
        let sample = sample
            .route(r#"* https://a.example/pay = 200 {"$pay": {"total": 1, "signType": "MD5"}}"#);
        sample.steps(&["tap text=a"])
    }

    fn cancels(before: &str, after: &str) -> Sample {
        sample(before, after).answers("pay=cancel")
    }

    fn left(sample: Sample) -> Vec<String> {
        let found = sample.findings("P26");
        for found in &found {
            let at = found.at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
        let left = found.iter().filter_map(|found| found.data["left"].as_str());
        left.map(str::to_owned).collect()
    }

    #[test]
    fn a_loading_mark_that_stays_is_found() {
        let before = "wx.showLoading({ title: 'x' })";
        assert_eq!(
            left(cancels(before, "success() { wx.hideLoading() }, fail() {}")),
            ["loading"]
        );
        assert_eq!(
            left(cancels(before, "complete() { wx.hideLoading() }")),
            [""; 0]
        );
    }

    #[test]
    fn what_a_timer_will_undo_is_waited_for() {
        let before = "wx.showLoading({ title: 'x' })";
        let later = "fail() { setTimeout(() => wx.hideLoading(), 500) }";
        assert_eq!(left(cancels(before, later)), [""; 0]);
        let never = "fail() { setTimeout(() => 1, 500) }";
        let steps = ["tap text=a", "advance 1s", "advance 1s"];
        assert_eq!(left(cancels(before, later).steps(&steps)), [""; 0]);
        assert_eq!(left(cancels(before, never).steps(&steps)), ["loading"]);
    }

    #[test]
    fn a_button_that_stays_disabled_is_found() {
        let before = "this.setData({ paying: true })";
        assert_eq!(left(cancels(before, "fail() {}")), ["paying"]);
        assert_eq!(
            left(cancels(
                before,
                "fail: () => this.setData({ paying: false })"
            )),
            [""; 0]
        );
    }

    #[test]
    fn a_handler_that_does_nothing_any_more_is_found() {
        let before = "if (this.busy) return; this.busy = true";
        let steps = ["tap text=a", "tap text=a"];
        assert_eq!(left(cancels(before, "fail() {}").steps(&steps)), ["dead"]);
        let undone = cancels(before, "fail: () => { this.busy = false }").steps(&steps);
        assert_eq!(left(undone), [""; 0]);
        let later = format!("{before}; setTimeout(() => console.log(1), 100)");
        assert_eq!(
            left(cancels(&later, "fail() {}").steps(&steps)),
            ["dead"],
            "it does nothing"
        );
        let paid = sample(before, "fail() {}").answers("pay=pay").steps(&steps);
        assert_eq!(left(paid), [""; 0], "it was paid");
    }

    #[test]
    fn an_old_client_tells_complete_alone() {
        let old = |after| {
            let sample = cancels("wx.showLoading({ title: 'x' })", after).day("2017-06-01");
            left(sample.with(|config| config.profile.client = crate::version::Version(6, 5, 2)))
        };
        assert_eq!(
            old("success() {}, fail() { wx.hideLoading() }"),
            ["loading"]
        );
        assert_eq!(
            old("success() {}, complete() { wx.hideLoading() }"),
            [""; 0]
        );
    }
}
