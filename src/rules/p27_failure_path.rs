//! Every call that can fail has somebody who hears of it.
//!
//! The events do not tell which callbacks a call has, so the place of the call is read: it is found when the call is
//! written there as `wx.name({ … })`, has `success` but neither `fail` nor `complete`, and nothing is spread into it.
//! Then its failure is delivered to nobody. A call without any callback gives a promise, whose rejection is
//! [P28](super::p28_unhandled)'s; what the user cancelled, and what wxsim does not simulate, is left out.

use std::collections::BTreeSet;

use serde_json::json;

use super::texts::members;
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::value::Frame;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P27",
    name: "failure-path",
    weight: Weight::Warning,
    title: [
        "Every call that can fail has a fail or complete callback, or a catch",
        "每个可能失败的调用都有 fail、complete 回调或 catch",
    ],
    fix: [
        "add fail (or complete): tell the user what happened and let them try again",
        "加上 fail（或 complete）回调：告诉用户发生了什么，并允许重试",
    ],
    source: "https://developers.weixin.qq.com/minigame/dev/guide/base-ability/authorize.md",
    official: true,
    judged: Judged::Run(|| Box::<Failures>::default()),
};

/// Hears failures.
#[derive(Default)]
struct Failures {
    /// Calls that wxsim has no answer to.
    unknown: BTreeSet<u32>,
    /// Names that are not simulated.
    unsupported: BTreeSet<String>,
}

impl Watcher for Failures {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" => self.unknown.clear(),
            Event::Unsupported { name, .. } => {
                self.unsupported
                    .insert(name.trim_start_matches("wx.").to_owned());
            }
            Event::Undeclared { call, .. } => {
                self.unknown.insert(*call);
            }
            Event::Reply { call, api, result } => {
                let message = result["errMsg"].as_str().unwrap_or_default();
                let is_failure = message.contains(":fail") && !message.contains("cancel");
                let is_known = !self.unknown.contains(call) && !self.unsupported.contains(api);
                if is_failure && is_known && is_unheard(*call, api, cx) {
                    let found = cx.find_call(
                        *call,
                        format!("`{message}` and nobody hears of it: the call has neither fail nor complete"),
                        format!("`{message}`，但没有人处理：该调用既没有 fail 也没有 complete"),
                    );
                    found.data = json!({ "api": api, "errMsg": message });
                }
            }
            _ => {}
        }
    }
}

/// Whether the text at a call says that nobody hears of its failure.
fn is_unheard(call: u32, api: &str, cx: &Cx<'_>) -> bool {
    let frame = cx.causes.call(call).and_then(|call| call.stack.first());
    let text = frame.and_then(|frame| (cx.rest.text)(&frame.file));
    let names = frame
        .zip(text)
        .and_then(|(frame, text)| names_at(&text, frame, api));
    names.is_some_and(|names| {
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        has("success") && !has("fail") && !has("complete")
    })
}

/// The names of the members of the object that a call at a place is given; `None` when they cannot all be told.
fn names_at(text: &str, frame: &Frame, api: &str) -> Option<Vec<String>> {
    let line = usize::try_from(frame.line).ok()?.checked_sub(1)?;
    let column = usize::try_from(frame.column).ok()?.checked_sub(1)?;
    let begin: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let own = text.get(begin..)?;
    let at = begin + own.char_indices().nth(column)?.0;
    let before = text[..at].trim_end();
    if !before.ends_with(&format!(".{api}")) {
        return None;
    }
    let inside = text[at..]
        .strip_prefix('(')?
        .trim_start()
        .strip_prefix('{')?;
    let members = members(inside)?;
    Some(members.into_iter().map(|(name, _)| name).collect())
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn count(call: &str) -> usize {
        let script = format!("Page({{ go() {{\n {call} }} }})");
        let sample = Sample::page("<button bindtap=\"go\">a</button>", &script);
        let sample = sample
            .route("* https://a.example/no = fail timeout")
            .answers("scope.record=deny");
        let found = sample
            .answers("modal=cancel")
            .answers("actionSheet=cancel")
            .steps(&["tap text=a"])
            .findings("P27");
        for found in &found {
            let at = found.at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
        found.len()
    }

    #[test]
    fn a_failure_that_nobody_hears_is_found() {
        assert_eq!(
            count(
                "wx.request({ url: 'https://a.example/no', success: (r) => { console.log(r) } })"
            ),
            1
        );
        assert_eq!(
            count(
                "wx.request({ url: 'https://a.example/unknown', success(r) { console.log(r) } })"
            ),
            1
        );
        assert_eq!(
            count("wx.authorize({ scope: 'scope.record', success() { this.go() } })"),
            1
        );
    }

    #[test]
    fn one_that_is_heard_or_cancelled_or_not_written_there_is_not() {
        for call in [
            "wx.request({ url: 'https://a.example/no', success() {}, fail() {} })",
            "wx.request({ url: 'https://a.example/no', success() {}, complete: () => {} })",
            "wx.request({ url: 'https://a.example/no' })",
            "wx.authorize({ scope: 'scope.record' }).catch(() => {})",
            "const o = { url: 'https://a.example/no', success() {} }; wx.request(o)",
            "wx.showActionSheet({ itemList: ['a'], success() {} })",
            "wx.startHCE({ aid_list: [], success() {} })",
        ] {
            assert_eq!(count(call), 0, "{call}");
        }
    }
}
